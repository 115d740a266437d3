using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Search;

/// <summary>A parsed search.</summary>
public sealed record SearchRequest
{
    /// <summary>The search as a query for the store. The key of the caller who searches is added to the query later.</summary>
    public required ResourceQuery Query { get; init; }

    /// <summary>Reference parameters whose targets are included in the results (_include).</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>The parameters that were used, for the self link of the results.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Used { get; init; }

    /// <summary>Whether only the number of results is wanted (_summary=count).</summary>
    public bool OnlyCount { get; init; }

    /// <summary>Largest number of results on a page.</summary>
    public const int MaxCount = 200;

    /// <summary>Largest number of parameters of one search.</summary>
    public const int MaxParameters = 40;

    /// <summary>
    /// Largest total number of values of all parameters of one search, counting each alternative, because the number of comparisons in one
    /// database statement is limited.
    /// </summary>
    public const int MaxValues = 200;

    /// <summary>Longest value of one parameter, in characters.</summary>
    public const int MaxValueLength = 8000;

    /// <summary>The parameter for paging in links to the next page. Clients must not interpret its value.</summary>
    public const string Cursor = "_after";

    /// <summary>Reads the parameters of a search. An unknown parameter is ignored, or refused in strict mode.</summary>
    public static FhirReading<SearchRequest> Parse(string type, IEnumerable<KeyValuePair<string, string>> parameters, bool strict)
    {
        var problems = new List<FhirProblem>();
        var criteria = new List<Criterion>();
        var includes = new List<string>();
        var used = new List<KeyValuePair<string, string>>();
        var query = new ResourceQuery { Type = type };
        var onlyCount = false;
        var values = 0;
        foreach (var (name, value) in parameters)
        {
            values += 1 + value.Count(c => c == ',');
            if (used.Count >= MaxParameters || values > MaxValues || value.Length > MaxValueLength)
            {
                problems.Add(new FhirProblem(
                    name.Length > 64 ? "" : name,
                    $"a search must not have more than {MaxParameters} parameters with {MaxValues} values in total, of {MaxValueLength} characters each.",
                    OperationOutcome.IssueType.TooCostly)
                { Status = 400 });
                break;
            }

            var known = true;
            switch (name)
            {
                case "_count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                    query = query with { Count = Math.Min(count, MaxCount) };
                    break;
                case Cursor when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var after):
                    query = query with { After = after };
                    break;
                case "_count" or Cursor:
                    problems.Add(Bad(name, "must be a whole number."));
                    break;
                case "_sort" when value is "_lastUpdated" or "-_lastUpdated":
                    query = query with { Descending = value[0] == '-' };
                    break;
                case "_summary" when value is "count" or "false":
                    onlyCount = value == "count";
                    break;
                case "_total" when value is "accurate" or "estimate" or "none":
                    break;
                case "_include" when Included(type, value) is { } include:
                    includes.Add(include);
                    break;
                case "_format" or "_pretty":
                    continue;
                default:
                    known = Criterion(type, name, value, criteria, problems);
                    break;
            }

            if (known)
            {
                used.Add(new(name, value));
            }
            else if (strict)
            {
                problems.Add(new FhirProblem(name, $"this parameter is not supported for {type}.", OperationOutcome.IssueType.NotSupported) { Status = 400 });
            }
        }

        return FhirReading<SearchRequest>.Of(problems, () => new SearchRequest
        {
            Query = query with { All = criteria, Count = onlyCount ? 0 : query.Count },
            Includes = includes,
            Used = used,
            OnlyCount = onlyCount,
        });
    }

    private static string? Included(string type, string value)
    {
        var parts = value.Split(':');
        return parts.Length is 2 or 3 && parts[0] == type
            && SearchParameters.Of(type).Any(parameter => parameter.Name == parts[1] && parameter.Kind == SearchParamType.Reference) ? parts[1] : null;
    }

    // The result is false for an unknown parameter. A known parameter with an unknown modifier or value is always refused (R4
    // search.html#modifiers: "servers SHALL reject any search request that contains a modifier that the server does not support").
    private static bool Criterion(string type, string name, string value, List<Criterion> criteria, List<FhirProblem> problems)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var (bare, modifier) = colon < 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
        var parameter = SearchParameters.Of(type).FirstOrDefault(parameter => parameter.Name == bare);
        if (parameter is null)
        {
            return false;
        }

        if (modifier == "missing")
        {
            if (value is not ("true" or "false"))
            {
                problems.Add(Bad(name, "must be true or false."));
            }

            criteria.Add(new Criterion(bare, [new Alternative(Match.Missing, value)]));
            return true;
        }

        var indexed = parameter.Kind == SearchParamType.Reference && modifier == "identifier" ? $"{bare}:identifier" : bare;
        var alternatives = new List<Alternative>();
        foreach (var part in Split(value))
        {
            if (Alternative(parameter, modifier, part) is { } alternative)
            {
                alternatives.Add(alternative);
            }
            else
            {
                problems.Add(Bad(name, $"the modifier or the value is not valid for a {parameter.Kind.ToString().ToLowerInvariant()} parameter."));
                return true;
            }
        }

        criteria.Add(new Criterion(indexed, alternatives));
        return true;
    }

    private static Alternative? Alternative(FhirSearchParameter parameter, string modifier, string value) => (parameter.Kind, modifier) switch
    {
        _ when value.Length == 0 => null,
        (SearchParamType.Token, "") => Token(value),
        (SearchParamType.Reference, "identifier") => Token(value),
        (SearchParamType.Reference, "") => Reference(parameter.Name, value),
        (SearchParamType.Reference, _) when SearchParameters.Supports(modifier) && !value.Contains('/', StringComparison.Ordinal) => new Alternative(Match.Same, $"{modifier}/{value}"),
        (SearchParamType.String, "") => new Alternative(Match.StartsWith, Indexing.Plain(value)),
        (SearchParamType.String, "contains") => new Alternative(Match.Contains, Indexing.Plain(value)),
        (SearchParamType.String, "exact") => new Alternative(Match.Same, Indexing.Plain(value)),
        (SearchParamType.Uri, "") => new Alternative(Match.Same, value),
        (SearchParamType.Date, "") => Dated(value),
        _ => null,
    };

    private static Alternative Token(string value)
    {
        var bar = value.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? new Alternative(Match.Same, value) : new Alternative(Match.Same, value[(bar + 1)..], value[..bar]);
    }

    // "patient=123" means Patient/123. For other parameters an id alone would be ambiguous, so the type is needed.
    private static Alternative? Reference(string name, string value)
    {
        if (value.Contains('/', StringComparison.Ordinal) || value.StartsWith("urn:", StringComparison.Ordinal))
        {
            var known = value.StartsWith("http", StringComparison.Ordinal) ? string.Join('/', value.Split('/')[^2..]) : value;
            return new Alternative(Match.Same, known);
        }

        return name switch
        {
            "patient" or "subject" => new Alternative(Match.Same, $"Patient/{value}"),
            "focus" or "based-on" => new Alternative(Match.Same, $"ServiceRequest/{value}"),
            "owner" or "requester" or "performer" => new Alternative(Match.Same, $"Organization/{value}"),
            _ => null,
        };
    }

    private static Alternative? Dated(string value)
    {
        var prefix = value.Length > 2 && char.IsAsciiLetter(value[0]) ? value[..2] : "eq";
        if (FhirInstants.Range(prefix.Length == 2 && value.StartsWith(prefix, StringComparison.Ordinal) ? value[2..] : value) is not { } range)
        {
            return null;
        }

        return prefix switch
        {
            "eq" => new Alternative(Match.Within, From: range.From, To: range.To),
            "ne" => new Alternative(Match.NotWithin, From: range.From, To: range.To),
            "gt" => new Alternative(Match.Overlaps, From: range.To + 1),
            "ge" => new Alternative(Match.Overlaps, From: range.From),
            "lt" => new Alternative(Match.Overlaps, To: range.From - 1),
            "le" => new Alternative(Match.Overlaps, To: range.To),
            "sa" => new Alternative(Match.Within, From: range.To + 1),
            "eb" => new Alternative(Match.Within, To: range.From - 1),
            _ => null,
        };
    }

    private static IEnumerable<string> Split(string value)
    {
        var part = new System.Text.StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                part.Append(value[++i]);
            }
            else if (value[i] == ',')
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(value[i]);
            }
        }

        yield return part.ToString();
    }

    private static FhirProblem Bad(string parameter, string reason) => new(parameter, reason, OperationOutcome.IssueType.Value) { Status = 400 };
}
