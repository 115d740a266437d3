using System.Globalization;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Simulation.Doors;

/// <summary>Advice as somebody types it into the form: the fields as the page names them.</summary>
internal static class AdviceTyping
{
    /// <summary>Each field with the part of the form that it is in.</summary>
    internal static IReadOnlyList<(string Part, string Name, string Value)> Of(AdviceContent advice) =>
    [
        ("about", "content.author", advice.Author),
        ("about", "content.authorRole", advice.AuthorRole),
        .. WebDoor.Day("content.writtenOn", advice.WrittenOn).Select(f => ("about", f.Key, f.Value)),
        .. Rows("needs", "needs", advice.Needs, n => [("text", n.Text), ("area", n.Area.ToString())]),
        .. Rows("outcomes", "outcomes", advice.Outcomes, o => [("text", o.Text), ("needs", Numbers(o.Needs))]),
        .. Rows("provision", "provision", advice.Provision, p =>
        [
            ("text", p.Text), ("kind", p.Kind.ToString()), ("who", p.Who ?? ""), ("howOften", p.HowOften ?? ""), ("howLong", p.HowLong ?? ""), ("outcomes", Numbers(p.Outcomes)),
            .. p.PreparesForAdulthood ? [("preparesForAdulthood", "true")] : Array.Empty<(string, string)>(),
        ]),
        .. Rows("more", "views", advice.Views, v => [("text", v.Text)]),
        .. Rows("more", "notes", advice.Notes, n => [("heading", n.Heading), ("text", n.Text)]),
    ];

    /// <summary>The fields with one more.</summary>
    internal static Dictionary<string, string> Then(this Dictionary<string, string> fields, string name, string value)
    {
        fields[name] = value;
        return fields;
    }

    private static IEnumerable<(string, string, string)> Rows<T>(string part, string list, IReadOnlyList<T> rows, Func<T, IEnumerable<(string Name, string Value)>> members) =>
        rows.SelectMany((row, n) => members(row).Select(m => (part, FormattableString.Invariant($"content.{list}[{n}].{m.Name}"), m.Value)));

    /// <summary>Lines are called n1, n2 and o1, o2 by their authors here, and 1, 2 on the page.</summary>
    private static string Numbers(IReadOnlyList<string> lines) => string.Join(", ", lines.Select(id => int.Parse(id[1..], CultureInfo.InvariantCulture)));
}
