using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>
/// The comments on the members of steps, taken from the source; the compiler writes them to a file next to each assembly. A form uses these
/// comments as hints, so that every new step has hints from the start.
/// </summary>
internal static partial class StepDocs
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = new();

    // The comments speak of values such as null and true, whereas a form has empty fields and answers such as yes, so these words are
    // replaced.
    private static readonly (string Source, string Form)[] Plainer =
    [
        ("Id chosen by the sender, unique in the assessment", "A reference that is unique in this case; the hub suggests one"),
        ("chosen by the sender and unique in the assessment", "which is unique in this case; the hub suggests one"),
        ("Id chosen by the sender", "A reference; the hub suggests one"),
        ("True: ", "Yes: "), ("False: ", "No: "), ("True when ", "Yes when "), ("True where ", "Yes where "),
    ];

    /// <summary>The comment on a member of a record; empty if there is none.</summary>
    internal static string Of(Type type, string member)
    {
        var file = Files.GetOrAdd(type.Assembly, Read);
        var parameter = file.GetValueOrDefault($"T:{type.FullName}")?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == member);
        var said = Text(parameter ?? file.GetValueOrDefault($"P:{type.FullName}.{member}")?.Element("summary"));
        return said.Length > 0 ? said : FieldWords.Of(member);
    }

    /// <summary>The comment on a value of an enumeration; empty if there is none.</summary>
    internal static string Of(Type type, Enum value) =>
        Text(Files.GetOrAdd(type.Assembly, Read).GetValueOrDefault($"F:{type.FullName}.{value}")?.Element("summary"));

    private static IReadOnlyDictionary<string, XElement> Read(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants("member").DistinctBy(m => m.Attribute("name")!.Value).ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal)
            : new Dictionary<string, XElement>();
    }

    private static string Text(XElement? said)
    {
        if (said is null)
        {
            return "";
        }

        var text = Spaces().Replace(string.Concat(said.DescendantNodes().Select(Text)), " ").Trim();

        text = NullWord().Replace(text, found => found.Value == "Null" ? "Empty" : "empty");
        return Plainer.Aggregate(text, (said, word) => said.Replace(word.Source, word.Form, StringComparison.Ordinal));
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } name => NameOf(name),
        _ => "",
    };

    private static string NameOf(XElement see) =>
        Labels.Of((see.Attribute("cref") ?? see.Attribute("name"))?.Value.Split('.')[^1] ?? "").ToLowerInvariant();

    [GeneratedRegex(@"\b[Nn]ull\b")]
    private static partial Regex NullWord();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
