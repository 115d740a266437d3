using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Reads the filters of a list and narrows them to what the caller may see. An unknown filter is refused: if it were silently ignored, the list
/// would show too much.
/// </summary>
internal static class ListQuery
{
    internal static readonly string[] Filters =
        ["council", "stage", "open", "caseOfficer", "waitingDueBefore", "finalPlanDueBefore", "needsAttention", "after", "limit"];

    internal static (SummaryQuery? Query, ProblemResult? Problem) Read(IQueryCollection query, Caller caller, DateOnly today)
    {
        var wrong = new List<ProblemPlace>();
        foreach (var (name, values) in query)
        {
            if (!Filters.Contains(name, StringComparer.Ordinal))
            {
                wrong.Add(new ProblemPlace(name, $"is not a filter; the filters are {string.Join(", ", Filters)}"));
            }
            else if (values.Count != 1 || string.IsNullOrEmpty(values[0]))
            {
                wrong.Add(new ProblemPlace(name, "must have exactly one value"));
            }
        }

        // Empty values were refused above, so an empty text means an absent filter here.
        var filter = new SummaryQuery
        {
            Council = Identifier<LocalAuthorityCode>("council"),
            Stage = Word<Stage>("stage"),
            Open = Truth("open"),
            CaseOfficer = Text("caseOfficer") is { Length: > 0 } officer ? officer : null,
            OnDay = today,
            WaitingDueBefore = Day("waitingDueBefore"),
            FinalPlanDueBefore = Day("finalPlanDueBefore"),
            NeedsAttention = Truth("needsAttention"),
            After = Identifier<AssessmentId>("after"),
            Limit = Number("limit") ?? new SummaryQuery().Limit,
        };
        if (filter.CaseOfficer is not null && caller.Role != CallerRole.CouncilOfficer)
        {
            wrong.Add(new ProblemPlace("caseOfficer", "is a filter that only council officers may use"));
        }

        if (filter.NeedsAttention is not null && caller.Role == CallerRole.Agency)
        {
            wrong.Add(new ProblemPlace("needsAttention", "is a filter that agencies may not use"));
        }

        if (caller.Council is { } own && filter.Council is { } asked && asked != own)
        {
            wrong.Add(new ProblemPlace("council", "is not your council"));
        }

        return wrong.Count > 0
            ? (null, Problem.Of(StatusCodes.Status400BadRequest, "filter", "The list cannot be filtered like this.", errors: wrong))
            : (filter with { Council = caller.Council ?? filter.Council, Agency = caller.Agency, VisibleTo = caller.Role == CallerRole.CouncilOfficer ? caller.Subject : null }, null);

        string Text(string name) => query.TryGetValue(name, out var values) && values.Count == 1 ? values[0] ?? "" : "";

        T? Parsed<T>(string name, Func<string, T?> parse, string expected)
            where T : struct
        {
            if (Text(name) is not { Length: > 0 } text)
            {
                return null;
            }

            var value = parse(text);
            if (value is null)
            {
                wrong.Add(new ProblemPlace(name, expected));
            }

            return value;
        }

        T? Identifier<T>(string name)
            where T : struct, IIdentifier<T>
        {
            if (Text(name) is not { Length: > 0 } text)
            {
                return null;
            }

            if (T.TryParse(text, out var value, out var problem))
            {
                return value;
            }

            wrong.Add(new ProblemPlace(name, problem));
            return null;
        }

        T? Word<T>(string name)
            where T : struct, Enum =>
            Parsed<T>(
                name,
                text => Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true) : null,
                $"is not one of {string.Join(", ", Enum.GetNames<T>().Select(Wire.Word))}");

        bool? Truth(string name) => Parsed<bool>(name, text => text is "true" ? true : text is "false" ? false : null, "must be true or false");

        DateOnly? Day(string name) => Parsed<DateOnly>(
            name,
            text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            "is not a date in the form yyyy-MM-dd");

        int? Number(string name) => Parsed<int>(
            name,
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 500 ? number : null,
            "is not a whole number from 1 to 500");
    }

    /// <summary>The address of the next page: the same filters with another cursor.</summary>
    internal static string Next(HttpRequest request, AssessmentId cursor) =>
        $"{request.PathBase}{request.Path}{QueryString.Create(request.Query.Where(q => q.Key != "after").Append(new("after", cursor.Value)))}";
}
