using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using static IntegrationHub.Functions.Returns.SuppliedContacts;

namespace IntegrationHub.Functions.Returns.UnderWay;

/// <summary>Reads the cells of one row. A cell that cannot be read, or that is missing, becomes a finding that does not repeat the cell.</summary>
internal sealed class CellReader(ContactRow row)
{
    private readonly List<Sen2Finding> findings = [];

    internal IReadOnlyList<Sen2Finding> Findings => findings;

    internal string? Text(string column) => row[column];

    internal string NeededText(string column) => Needed(column, row[column]) ?? "";

    internal DateOnly? Day(string column) => Read(column, "not-a-day", "Write the day as 2026-02-09 or 09/02/2026.", row.Day(column));

    internal DateOnly NeededDay(string column) => Needed(column, Day(column)) ?? default;

    /// <summary>A value of an enum, by the name that the HTTP API uses, in upper or lower case.</summary>
    internal T? Code<T>(string column)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        var at = Array.FindIndex(names, name => name.Equals(row[column], StringComparison.OrdinalIgnoreCase));
        return Read(column, "unknown-code", $"Use one of: {string.Join(", ", names.Select(JsonNamingPolicy.CamelCase.ConvertName))}.", at < 0 ? null : (T?)Enum.Parse<T>(names[at]));
    }

    internal T NeededCode<T>(string column)
        where T : struct, Enum => Needed(column, Code<T>(column)) ?? default;

    internal bool? Flag(string column) => Read(column, "not-a-flag", "Write yes or no.", row[column]?.ToUpperInvariant() switch { "YES" => true, "NO" => false, _ => (bool?)null });

    internal T? Number<T>(string column)
        where T : struct, IIdentifier<T> => T.TryParse(row[column], out var number, out var problem) ? number : Read<T>(column, "wrong-number", $"The value is not correct: {problem}", null);

    /// <summary>An agency, whose id and name are in two columns; null if both are empty.</summary>
    internal Agency? AgencyIn(string id, string name) =>
        row[id] is null && row[name] is null ? null
            : new Agency { Id = Needed(id, Number<AgencyId>(id)) ?? default, Name = NeededText(name) };

    /// <summary>Adds a finding for each of these cells that has a value, because the column on which it depends is empty.</summary>
    internal void OnlyWith(string column, params ReadOnlySpan<string> dependent)
    {
        foreach (var one in dependent)
        {
            if (row[column] is null && row[one] is not null)
            {
                Error(column, "missing", $"This column must have a value, because {one} has one.");
                return;
            }
        }
    }

    internal void Error(string? column, string code, string words) => findings.Add(ContactRow.Error(row.Place, column, code, words));

    internal void Add(IEnumerable<Sen2Finding> found) => findings.AddRange(found);

    private T? Read<T>(string column, string code, string words, T? value)
        where T : struct
    {
        if (row[column] is not null && value is null)
        {
            Error(column, code, words);
        }

        return value;
    }

    // If the cell has a value that could not be read, there is a finding for it already.
    private T? Needed<T>(string column, T? value)
    {
        if (row[column] is null)
        {
            Error(column, "missing", "This column must have a value.");
        }

        return value;
    }
}
