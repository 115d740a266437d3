using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IntegrationHub.Architecture.Tests;

/// <summary>One name for one thing, and .NET's own name where it has one: <c>cancellationToken</c>, <c>Async</c>, <c>Options</c>.</summary>
public class NamingTests
{
    private static readonly string[] Shipped = ["contracts", "orchestrations", "functions"];

    private static readonly Lazy<IReadOnlyList<(string File, SyntaxNodes Nodes)>> Sources = new(() => [.. Shipped.Append("tests")
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceGraph.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(SourceGraph.Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "obj" or "bin" or "node_modules"))
        .AsParallel()
        .Select(file => (file, SyntaxNodes.Of(File.ReadAllText(Path.Combine(SourceGraph.Root, file)))))]);

    [Fact]
    public void A_cancellation_token_is_called_cancellationToken() =>
        Assert.Empty(Sources.Value.SelectMany(source => source.Nodes.OddTokens().Select(odd => $"{source.File}: {odd}")));

    [Fact]
    public void What_can_be_awaited_ends_in_Async() =>
        Assert.Empty(Sources.Value.Where(source => IsShipped(source.File)).SelectMany(source => source.Nodes.NotAsync().Select(odd => $"{source.File}: {odd}")));

    [Fact]
    public void What_is_bound_from_configuration_is_called_Options() =>
        Assert.Empty(Sources.Value.SelectMany(source => source.Nodes.Types().Where(type => type.EndsWith("Settings", StringComparison.Ordinal)).Select(odd => $"{source.File}: {odd}")));

    [Fact]
    public void Each_rule_finds_what_breaks_it()
    {
        var broken = SyntaxNodes.Of("class StoreSettings { Task Save(CancellationToken cancel) => Each(async (one, CancellationToken stop) => { }); }");

        Assert.Equal(["Save: cancel", "Save: stop"], broken.OddTokens());
        Assert.Equal(["Save"], broken.NotAsync());
        Assert.Equal(["StoreSettings"], broken.Types());
    }

    private static bool IsShipped(string file) => Shipped.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>The names in one source file.</summary>
    private sealed record SyntaxNodes(CompilationUnitSyntax Root)
    {
        internal static SyntaxNodes Of(string text) => new(CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot());

        /// <summary>Tokens with another name. A background service has the framework's own, and where there are two each needs its own.</summary>
        internal IEnumerable<string> OddTokens() => Root.DescendantNodes().OfType<ParameterSyntax>()
            .Where(parameter => IsToken(parameter) && parameter.Identifier.ValueText is not ("cancellationToken" or "stoppingToken" or "_"))
            .Where(parameter => parameter.Parent is not BaseParameterListSyntax list || list.Parameters.Count(IsToken) == 1)
            .Select(parameter => $"{parameter.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()?.Identifier.ValueText}: {parameter.Identifier.ValueText}");

        /// <summary>Methods that return a task. The name of an override is that of its base.</summary>
        internal IEnumerable<string> NotAsync() => Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => Name(method.ReturnType) is "Task" or "ValueTask" or "IAsyncEnumerable")
            .Where(method => !method.Modifiers.Any(SyntaxKind.OverrideKeyword) && method.ExplicitInterfaceSpecifier is null)
            .Select(method => method.Identifier.ValueText)
            .Where(name => !name.EndsWith("Async", StringComparison.Ordinal) && name != "Main");

        /// <summary>Types that are declared here.</summary>
        internal IEnumerable<string> Types() => Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText);

        private static bool IsToken(ParameterSyntax parameter) => Name(parameter.Type) == "CancellationToken";

        private static string? Name(TypeSyntax? type) => type switch
        {
            NullableTypeSyntax nullable => Name(nullable.ElementType),
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            _ => null,
        };
    }
}
