using System.Globalization;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Whose cases a list shows.</summary>
public enum WorkScope
{
    /// <summary>The officer's own cases.</summary>
    Mine,

    /// <summary>The officer's team's cases.</summary>
    Team,

    /// <summary>Cases that nobody holds.</summary>
    Unassigned,

    /// <summary>All cases of the council.</summary>
    Council,
}

/// <summary>How a list is ordered.</summary>
public enum WorkOrder
{
    /// <summary>Overdue and at risk first, then by the next day that the law sets.</summary>
    Urgency,

    /// <summary>By the next day that the law sets.</summary>
    NextDay,

    /// <summary>By the day on which the final plan is due.</summary>
    FinalPlan,

    /// <summary>The oldest request first.</summary>
    Received,

    /// <summary>By officer.</summary>
    Officer,

    /// <summary>By stage.</summary>
    Stage,
}

/// <summary>Which cases of a list are shown, and how. It names no child, so it may be part of an address.</summary>
public sealed record WorkFilter
{
    private const int LongestOfficer = 200;

    /// <summary>Only this officer's; null for all.</summary>
    public string? Officer { get; init; }

    /// <summary>Only this stage; null for all.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Only cases of this urgency; null for all.</summary>
    public Urgency? Urgency { get; init; }

    /// <summary>Only cases in which an officer must look at something.</summary>
    public bool Attention { get; init; }

    /// <summary>The order.</summary>
    public WorkOrder Order { get; init; }

    /// <summary>Page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>All cases on one page, for printing.</summary>
    public bool Whole { get; init; }

    /// <summary>Whether it leaves anything out.</summary>
    public bool IsFiltered => Officer is not null || Stage is not null || Urgency is not null || Attention;

    /// <summary>Reads a filter from an address. Unknown values are ignored.</summary>
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
            Whole = query["whole"] == "yes",
        };

        T? Word<T>(string name)
            where T : struct, Enum => Enum.TryParse<T>(query[name].ToString(), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
    }

    /// <summary>The filter as part of an address; empty where it has its default values.</summary>
    public string ToQuery() => QueryString.Create(new Dictionary<string, string?>
    {
        ["officer"] = Officer,
        ["stage"] = Stage?.ToString(),
        ["urgency"] = Urgency?.ToString(),
        ["attention"] = Attention ? "yes" : null,
        ["order"] = Order == WorkOrder.Urgency ? null : Order.ToString(),
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
        ["whole"] = Whole ? "yes" : null,
    }.Where(part => part.Value is not null)).ToString();
}

/// <summary>The addresses of the lists.</summary>
public static class WorkScopes
{
    /// <summary>The last part of the address of a list; empty for the officer's own.</summary>
    public static string Tail(this WorkScope scope) => scope == WorkScope.Mine ? "" : scope.ToString().ToLowerInvariant();

    /// <summary>The address of a list.</summary>
    public static string Address(this WorkScope scope) => scope == WorkScope.Mine ? "/workspace" : $"/workspace/{scope.Tail()}";

    /// <summary>The list with this last part of its address; null where there is none.</summary>
    public static WorkScope? Of(string? tail) => Enum.GetValues<WorkScope>().Where(scope => scope.Tail() == (tail ?? "")).Select(scope => (WorkScope?)scope).FirstOrDefault();
}
