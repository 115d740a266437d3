using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>A filter that decides which cases a list shows. Members that are null or empty do not filter.</summary>
public sealed record CaseFilter
{
    /// <summary>Number of cases on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Only cases of this council.</summary>
    public LocalAuthorityCode? Council { get; init; }

    /// <summary>Only cases in which this agency was asked for advice.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>Only cases at this stage.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Only cases in this week of the process, in which week 1 begins on the day of the request.</summary>
    public int? Week { get; init; }

    /// <summary>Only cases with this standing, for example overdue.</summary>
    public Standing? Standing { get; init; }

    /// <summary>Only cases with this outlook.</summary>
    public Outlook? Outlook { get; init; }

    /// <summary>Only cases in which an officer must do something.</summary>
    public bool Attention { get; init; }

    /// <summary>Whether ended cases are included.</summary>
    public bool Ended { get; init; }

    /// <summary>Number of the page, counted from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The parts of the query that could not be read; empty if there are none.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Reads the filter from the query of an address.</summary>
    public static CaseFilter Read(IQueryCollection query)
    {
        var problems = new List<string>();
        return new CaseFilter
        {
            Council = Id<LocalAuthorityCode>("council", "Council"),
            Agency = Id<AgencyId>("agency", "Agency"),
            Stage = Word<Stage>("stage"),
            Standing = Word<Standing>("standing"),
            Outlook = Word<Outlook>("outlook"),
            Week = Number("week", 1, 520),
            Attention = Yes("attention"),
            Ended = Yes("ended"),
            Page = Number("page", 1, 1_000_000) ?? 1,
            Problems = problems,
        };

        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;

        T? Id<T>(string name, string label)
            where T : struct, IIdentifier<T>
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (T.TryParse(text, out var value, out var why))
            {
                return value;
            }

            problems.Add($"{label}: {why}");
            return null;
        }

        // Unreadable filters are reported, because the list would show too many cases if they were silently ignored.
        T? Word<T>(string name)
            where T : struct, Enum
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            // Only the names of the values are accepted, although Parse would also accept numbers.
            if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
            {
                return Enum.Parse<T>(text, ignoreCase: true);
            }

            problems.Add($"{Capital(name)}: choose one of {string.Join(", ", Enum.GetNames<T>())}.");
            return null;
        }

        bool Yes(string name)
        {
            if (Text(name) is not { } text || text == "yes")
            {
                return Text(name) is not null;
            }

            problems.Add($"{Capital(name)}: the only allowed value is yes.");
            return false;
        }

        int? Number(string name, int least, int most)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            problems.Add(FormattableString.Invariant($"{Capital(name)}: give a number from {least} to {most}."));
            return null;
        }
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>
    /// Returns a function that says whether the case with a given key is shown on the given day. Members of the filter that are also in
    /// <see cref="Orchestrations.Turns.SummaryFilters"/> have the same meaning there.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="words">The board's shared strings, in which each set of agencies has a number.</param>
    internal Func<RowKey, bool> On(DateOnly day, SharedStrings words)
    {
        var today = day.DayNumber;
        var ended = Ended || Stage?.HasEnded() == true || Standing == Board.Standing.Ended;
        var council = Council is { } only ? RowKey.NumberOf(only) : (short?)null;
        var asked = Agency is { } agency ? words.GroupsWith(agency) : null;
        return key =>
            (ended || key.IsOpen || (asked is not null && key.AwaitsAdvice))
            && (council is not { } code || key.Council == code)
            && (Stage is not { } stage || key.Stage == stage)
            && (!Attention || key.NeedsAttention)
            && (Week is not { } week || ((today - key.ReceivedOn) / 7) + 1 == week)
            && (Standing is not { } standing || key.StandingOn(today) == standing)
            && (Outlook is not { } outlook || key.OutlookOn(today) == outlook)
            && (asked is null || (key.Agencies < asked.Length && asked[key.Agencies]));
    }

    /// <summary>The filter as a query string, for the address of another page of the same list.</summary>
    public string ToQuery(int page) => QueryString.Create(new Dictionary<string, string?>
    {
        ["council"] = Council?.Value,
        ["agency"] = Agency?.Value,
        ["stage"] = Stage?.ToString(),
        ["standing"] = Standing?.ToString(),
        ["outlook"] = Outlook?.ToString(),
        ["week"] = Week?.ToString(CultureInfo.InvariantCulture),
        ["attention"] = Attention ? "yes" : null,
        ["ended"] = Ended ? "yes" : null,
        ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => p.Value is not null)).ToString();
}
