using System.Globalization;
using IntegrationHub.Functions.Returns.Stored;

namespace IntegrationHub.Functions.Figures;

/// <summary>The items that a stored SEN2 return gives for one person, read block by block.</summary>
internal sealed class PersonItems
{
    private readonly IReadOnlyDictionary<string, string> items;
    private readonly string under;

    internal PersonItems(StoredPerson person)
        : this(person.Items, "")
    {
    }

    private PersonItems(IReadOnlyDictionary<string, string> items, string under) => (this.items, this.under) = (items, under);

    internal string? this[string item] => items.GetValueOrDefault($"{under}{item}");

    internal DateOnly? Day(string item) => DateOnly.TryParseExact(this[item], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal bool Flag(string item) => this[item] == "1";

    /// <summary>The first block with the given name, or null if there is none.</summary>
    internal PersonItems? Block(string name) => Blocks(name).FirstOrDefault();

    /// <summary>The blocks with the given name, in order.</summary>
    internal IEnumerable<PersonItems> Blocks(string name)
    {
        for (var n = 1; ; n++)
        {
            var place = FormattableString.Invariant($"{under}{name} {n}/");
            if (!items.Keys.Any(key => key.StartsWith(place, StringComparison.Ordinal)))
            {
                yield break;
            }

            yield return new PersonItems(items, place);
        }
    }
}
