using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IntegrationHub.Architecture.Tests;

/// <summary>
/// Which source file uses which, as the compiler sees names: every identifier is bound, so that constants, inlined in the assembly, and
/// members reached through an inferred type count as well. Paths are relative to the root of the repository.
/// </summary>
internal sealed class SourceGraph
{
    private static readonly string[] Implicit =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging", "Xunit",
    ];

    // Read once for all graphs: each holds every assembly of the platform.
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Known = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("IntegrationHub", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file))]);

    private static readonly Lazy<CSharpCompilation> ShippedCompiled = new(() => Compile("Shipped", ["contracts", "orchestrations", "functions"], []));
    private static readonly Lazy<SourceGraph> ShippedGraph = new(() => new SourceGraph(ShippedCompiled.Value));

    private SourceGraph(CSharpCompilation compiled)
    {
        Files = [.. compiled.SyntaxTrees.Select(t => t.FilePath).Where(f => f.Length > 0).Order(StringComparer.Ordinal)];
        Uses = compiled.SyntaxTrees.Where(t => t.FilePath.Length > 0).AsParallel()
            .ToDictionary(t => t.FilePath, t => (IReadOnlySet<string>)UsedBy(compiled.GetSemanticModel(t)).Where(f => f != t.FilePath).ToHashSet());
    }

    /// <summary>The folder that holds the solution.</summary>
    internal static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>Everything that is shipped.</summary>
    internal static SourceGraph Shipped => ShippedGraph.Value;

    /// <summary>All files.</summary>
    internal IReadOnlyList<string> Files { get; }

    /// <summary>The files that each uses.</summary>
    internal IReadOnlyDictionary<string, IReadOnlySet<string>> Uses { get; }

    /// <summary>The tests of one folder of tests/.</summary>
    internal static SourceGraph OfTests(string folder) => new(Compile(folder, [Path.Combine("tests", folder)], [ShippedCompiled.Value.ToMetadataReference()]));

    /// <summary>The graph of one text for each name, to try the graph itself.</summary>
    internal static SourceGraph Of(params (string Name, string Text)[] files) => new(Compile("Tried", files.Select(f => Parse(f.Text, f.Name)), []));

    /// <summary>Groups of files, each of which uses every other of its group, at least through others; largest first.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Knots(Func<string, bool> which) => Knots(Files.Where(which).ToDictionary(f => f, f => Uses[f].Where(which)));

    /// <summary>The same for folders.</summary>
    /// <param name="folderOf">The folder of a file; null where it counts for nothing.</param>
    internal IReadOnlyList<IReadOnlyList<string>> FolderKnots(Func<string, string?> folderOf) => Knots(Files
        .Select(f => (From: folderOf(f), To: Uses[f].Select(folderOf)))
        .Where(f => f.From is not null)
        .GroupBy(f => f.From!)
        .ToDictionary(g => g.Key, g => g.SelectMany(f => f.To).OfType<string>().Where(to => to != g.Key).Distinct()));

    private static IReadOnlyList<IReadOnlyList<string>> Knots(IReadOnlyDictionary<string, IEnumerable<string>> uses)
    {
        // Tarjan's algorithm: strongly connected components in one walk.
        var (order, low, stack, onStack, knots) = (new Dictionary<string, int>(), new Dictionary<string, int>(), new Stack<string>(), new HashSet<string>(), new List<IReadOnlyList<string>>());
        foreach (var one in uses.Keys.Where(one => !order.ContainsKey(one)))
        {
            Walk(one);
        }

        return [.. knots.Where(k => k.Count > 1).OrderByDescending(k => k.Count)];

        void Walk(string one)
        {
            order[one] = low[one] = order.Count;
            stack.Push(one);
            onStack.Add(one);
            foreach (var used in uses.GetValueOrDefault(one, []))
            {
                if (!order.ContainsKey(used))
                {
                    Walk(used);
                    low[one] = Math.Min(low[one], low[used]);
                }
                else if (onStack.Contains(used))
                {
                    low[one] = Math.Min(low[one], order[used]);
                }
            }

            if (low[one] == order[one])
            {
                var knot = new List<string>();
                string member;
                do
                {
                    member = stack.Pop();
                    onStack.Remove(member);
                    knot.Add(member);
                }
                while (member != one);
                knots.Add([.. knot.Order(StringComparer.Ordinal)]);
            }
        }
    }

    private static HashSet<string> UsedBy(SemanticModel model)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            if (node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax)
            {
                var info = model.GetSymbolInfo(node);
                foreach (var symbol in info.Symbol is { } bound ? [bound] : info.CandidateSymbols)
                {
                    var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
                    used.UnionWith((type?.OriginalDefinition.DeclaringSyntaxReferences ?? []).Select(r => r.SyntaxTree.FilePath).Where(f => f.Length > 0));
                }
            }
        }

        return used;
    }

    private static CSharpCompilation Compile(string name, IEnumerable<string> folders, IEnumerable<MetadataReference> more) => Compile(
        name,
        folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "obj" or "bin" or "node_modules"))
            .Select(file => Parse(File.ReadAllText(Path.Combine(Root, file)), file)),
        more);

    private static CSharpCompilation Compile(string name, IEnumerable<SyntaxTree> trees, IEnumerable<MetadataReference> more)
    {
        var usings = Parse(string.Concat(Implicit.Select(u => $"global using {u};")), "");
        return CSharpCompilation.Create(name, [usings, .. trees], [.. Known.Value, .. more], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    private static SyntaxTree Parse(string text, string file) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), file);

    private static string Here([CallerFilePath] string here = "") => here;
}
