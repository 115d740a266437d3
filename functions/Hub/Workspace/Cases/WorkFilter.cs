using System.Globalization;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Whose cases are on a list.</summary>
public enum WorkScope
{
    /// <summary>The officer's own cases.</summary>
    Mine,

    /// <summary>The cases of the officer's team.</summary>
    Team,

    /// <summary>Cases that are not assigned to an officer.</summary>
    Unassigned,

    /// <summary>All cases of the council.</summary>
    Council,
}

/// <summary>How a list of cases is sorted.</summary>
public enum WorkOrder
{
    /// <summary>Overdue and at-risk cases first, then by the next statutory date.</summary>
    Urgency,

    /// <summary>Sorted by the next statutory date.</summary>
    NextDay,

    /// <summary>Sorted by the day on which the final plan is due.</summary>
    FinalPlan,

    /// <summary>The oldest request first.</summary>
    Received,

    /// <summary>Sorted by the officer to whom the case is assigned.</summary>
    Officer,

    /// <summary>Sorted by the stage of the case.</summary>
    Stage,
}

/// <summary>Which cases of a list are shown, and in which order. The filter does not name a child, so it may be part of a web
/// address.</summary>
public sealed record WorkFilter
{
    private const int LongestOfficer = 200;

    /// <summary>The officer whose cases are shown; null for all.</summary>
    public string? Officer { get; init; }

    /// <summary>The stage of the cases shown; null for all.</summary>
    public Stage? Stage { get; init; }

    /// <summary>The urgency of the cases shown; null for all.</summary>
    public Urgency? Urgency { get; init; }

    /// <summary>Whether only cases that need an officer's attention are shown.</summary>
    public bool Attention { get; init; }

    /// <summary>The order of the cases.</summary>
    public WorkOrder Order { get; init; }

    /// <summary>Number of the page, counted from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether all cases are shown on one page, for printing.</summary>
    public bool OnOnePage { get; init; }

    /// <summary>Whether the filter leaves out any cases.</summary>
    public bool IsFiltered => Officer is not null || Stage is not null || Urgency is not null || Attention;

    /// <summary>Reads a filter from a web address. Unknown values in the address are ignored.</summary>
    public static WorkFilter Read(IQueryCollection query)
    {
        var officer = query["officer"].ToString().Trim();
        return new WorkFilter
        {
            Officer = officer.Length is > 0 and <= LongestOfficer ? officer : null,
            Stage = Word<Stage>("stage"),
            Urgency = Word<Urgency>("urgency"),
            Attention = query["attention"] == "yes",
            Order = Word<WorkOrder>("order") ?? WorkOrder.Urgency,
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1,
            OnOnePage = query["whole"] == "yes",
        };

        T? Word<T>(string name)
            where T : struct, Enum => Enum.TryParse<T>(query[name].ToString(), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
    }

    /// <summary>The filter as part of a web address; empty if all values are the defaults.</summary>
    public string ToQuery() => QueryString.Create(new Dictionary<string, string?>
    {
        ["officer"] = Officer,
        ["stage"] = Stage?.ToString(),
        ["urgency"] = Urgency?.ToString(),
        ["attention"] = Attention ? "yes" : null,
        ["order"] = Order == WorkOrder.Urgency ? null : Order.ToString(),
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
        ["whole"] = OnOnePage ? "yes" : null,
    }.Where(part => part.Value is not null)).ToString();
}

/// <summary>The web addresses of the lists.</summary>
public static class WorkScopes
{
    /// <summary>The last part of the web address of a list; empty for the list of the officer's own cases.</summary>
    public static string Tail(this WorkScope scope) => scope == WorkScope.Mine ? "" : scope.ToString().ToLowerInvariant();

    /// <summary>The web address of a list.</summary>
    public static string Address(this WorkScope scope) => scope == WorkScope.Mine ? "/workspace" : $"/workspace/{scope.Tail()}";

    /// <summary>The list whose web address ends with this part, or null if there is no such list.</summary>
    public static WorkScope? Of(string? tail) => Enum.GetValues<WorkScope>().Where(scope => scope.Tail() == (tail ?? "")).Select(scope => (WorkScope?)scope).FirstOrDefault();
}
