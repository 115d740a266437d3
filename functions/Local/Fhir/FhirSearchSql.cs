using System.Text;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Local.Fhir;

/// <summary>Writes a query as SQL that finds the matching current resources. Every value is passed as a parameter.</summary>
internal sealed class FhirSearchSql
{
    private readonly StringBuilder where = new("c.type = $0 AND c.deleted = 0");
    private readonly List<object?> values;

    internal FhirSearchSql(ResourceQuery query)
    {
        values = [query.Type];
        if (query.Reader is { } reader)
        {
            where.Append($" AND c.id IN (SELECT r.id FROM readers r WHERE r.type = $0 AND r.reader IN ({Value(reader)}, {Value(StoredResource.Everyone)}))");
        }

        foreach (var criterion in query.All)
        {
            Add(criterion);
        }
    }

    internal string Where => where.ToString();

    internal IReadOnlyList<object?> Values => values;

    internal string Value(object? value)
    {
        values.Add(value);
        return $"${values.Count - 1}";
    }

    private void Add(Criterion criterion)
    {
        var parameter = Value(criterion.Parameter);
        var found = $"SELECT e.id FROM entries e WHERE e.type = $0 AND e.parameter = {parameter}";
        var alternatives = criterion.Any.Select(alternative => alternative.Match == Match.Missing
            ? $"c.id {(alternative.Value == "true" ? "NOT IN" : "IN")} ({found})"
            : $"c.id IN ({found} AND {Holds(alternative)})");
        where.Append($" AND ({string.Join(" OR ", alternatives)})");
    }

    private string Holds(Alternative wanted) => wanted.Match switch
    {
        Match.Same => (wanted.Value.Length == 0 ? "1" : $"e.value = {Value(wanted.Value)}") + (wanted.System is { } system ? $" AND e.system = {Value(system)}" : ""),
        Match.StartsWith => $"substr(e.value, 1, {Value(wanted.Value.Length)}) = {Value(wanted.Value)}",
        Match.Contains => $"instr(e.value, {Value(wanted.Value)}) > 0",
        Match.Overlaps => $"e.low <= {Value(wanted.To)} AND e.high >= {Value(wanted.From)}",
        Match.Within => $"e.low >= {Value(wanted.From)} AND e.high <= {Value(wanted.To)}",
        Match.NotWithin => $"(e.low < {Value(wanted.From)} OR e.high > {Value(wanted.To)})",
        _ => throw new InvalidOperationException($"{wanted.Match} is not a comparison of values."),
    };
}
