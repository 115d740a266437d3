using System.Globalization;
using System.Xml.Linq;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>A return as somebody else's program opens it: a file of XML, about which only what its other readers say is known.</summary>
internal sealed class ReadReturn
{
    private readonly Dictionary<XElement, int> numbers = [];

    internal ReadReturn(XDocument xml)
    {
        Root = xml.Root!;
        Persons = [.. Root.Elements("Persons").Elements("Person")];
        for (var n = 0; n < Persons.Count; n++)
        {
            numbers[Persons[n]] = n + 1;
        }

        Census = Day(Root.Element("Header")?.Element("CollectionDetails"), "ReferenceDate");
    }

    internal XElement Root { get; }

    internal IReadOnlyList<XElement> Persons { get; }

    internal DateOnly? Census { get; }

    /// <summary>Every request with an active plan.</summary>
    internal IEnumerable<XElement> Planned => All("Requests").Where(request => request.Element("ActivePlans") is not null);

    /// <summary>Every block of that name below a person.</summary>
    internal IEnumerable<XElement> All(string block) => Persons.SelectMany(person => person.Descendants(block));

    /// <summary>The number of the person in which an element stands; 0 in the header.</summary>
    internal int PersonOf(XElement element) => element.AncestorsAndSelf("Person").FirstOrDefault() is { } person ? numbers[person] : 0;

    internal static string? Text(XElement? block, string name) => block?.Element(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    internal static DateOnly? Day(XElement? block, string name) =>
        DateOnly.TryParseExact(Text(block, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
