using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace IntegrationHub.Architecture.Tests;

/// <summary>
/// Loads the C# compiler that built these tests. The package holds intermediate code only: binding the whole source with it spends more time on
/// compiling the compiler than on the source.
/// </summary>
internal static class SdkCompiler
{
    [ModuleInitializer]
    internal static void Find() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name is "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp" ? context.LoadFromAssemblyPath(Path.Combine(Folder, $"{name.Name}.dll")) : null;

    private static string Folder => typeof(SdkCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "CompilerFolder").Value!;
}
