using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Returns;

/// <summary>The kind of case that a request in a return would become in the hub.</summary>
public enum TakeoverKind
{
    /// <summary>A request on which the council has not decided yet.</summary>
    OpenRequest,

    /// <summary>An assessment under way.</summary>
    Assessment,

    /// <summary>A plan that is being made.</summary>
    PlanBeingMade,

    /// <summary>A plan in force.</summary>
    PlanInForce,

    /// <summary>A plan that has ceased.</summary>
    CeasedPlan,

    /// <summary>A request that was refused.</summary>
    Refusal,

    /// <summary>An assessment that did not lead to a plan.</summary>
    NoPlan,

    /// <summary>A request that was withdrawn, or that ended before it was decided.</summary>
    Withdrawn,

    /// <summary>A request or an assessment that another council continues.</summary>
    PassedOn,
}

/// <summary>
/// One request in a return: the kind of case that it would become, what an officer must find out, and any reason why it cannot be imported.
/// </summary>
/// <param name="Place">Where the request is in the return.</param>
/// <param name="Kind">What kind of case the request would become.</param>
/// <param name="Since">The date of the event that made it this kind of case (for example, the start of the plan), or null if the
/// return does not give a date.</param>
/// <param name="Unknown">The details that the hub must know but the return does not contain. An officer is asked for details that are not
/// known; the import does not guess them.</param>
/// <param name="Missed">Time limits that had expired by the day of the import, recorded as they were found on that day.</param>
/// <param name="Findings">Errors and doubts about the request and the person.</param>
public sealed record TakeoverRow(string Place, TakeoverKind Kind, DateOnly? Since, IReadOnlyList<string> Unknown, IReadOnlyList<string> Missed, IReadOnlyList<Sen2Finding> Findings)
{
    /// <summary>Whether the request can be imported.</summary>
    public bool IsTaken => Findings.All(finding => finding.Severity != Sen2Severity.Error);
}

/// <summary>
/// Works out, row by row, which cases a return would become in the hub. If the calculation is repeated on the same day, it gives an
/// identical result.
/// </summary>
public static class Takeover
{
    internal const string WhoSpeaks = "the contact for the child, with an address";

    /// <summary>Details that every case must have, but that the SEN2 return does not contain.</summary>
    private static readonly string[] Always = [WhoSpeaks, "the NHS number", "the integrated care board"];

    /// <summary>Works out what the import would do with each request in a return, and everything that is wrong with the return.</summary>
    /// <param name="file">The return.</param>
    /// <param name="today">Day of the import.</param>
    /// <param name="law">The statutory rules for the time limits.</param>
    /// <param name="practice">How the council counts periods that run from the receipt of a request.</param>
    /// <param name="schools">The numbers (URNs) in the register of schools, or null if no register was given.</param>
    public static (IReadOnlyList<TakeoverRow> Rows, IReadOnlyList<Sen2Finding> Findings) Of(
        Sen2File file, DateOnly today, RuleSet law, CountingPractice practice, IReadOnlySet<string>? schools = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var findings = file.Findings.Concat(Sen2Forms.Check(file)).Concat(new Sen2Rules(file, schools).Check()).Concat(Sen2Duplicates.Check(file.Persons)).ToList();
        var byPerson = findings.ToLookup(finding => finding.Place.Split('/')[0], StringComparer.Ordinal);
        var rows = new List<TakeoverRow>();
        foreach (var person in file.Persons)
        {
            foreach (var request in person.All("Requests"))
            {
                // An error in a person's data prevents the import of all that person's requests. An error in one request does not affect
                // the others.
                var own = byPerson[person.Place].Where(f => f.Place == person.Place || f.Place == request.Place || f.Place.StartsWith(request.Place + "/", StringComparison.Ordinal)).ToList();
                var kind = KindOf(request);
                rows.Add(new(request.Place, kind, Since(request, kind), [.. Always, .. Unknown(request, kind)], Missed(request, kind, today, law, practice), own));
            }
        }

        return (rows, findings);
    }

    private static TakeoverKind KindOf(Sen2Item request)
    {
        var assessment = request.First("Assessment");
        var plan = assessment?.First("NamedPlan");
        return plan?["CeaseDate"] is not null || plan?["CeaseReason"] is not null ? TakeoverKind.CeasedPlan
            : plan is not null || request.First("ActivePlans") is not null ? TakeoverKind.PlanInForce
            : request["Exported"] is not null ? TakeoverKind.PassedOn
            : (request["RequestOutcome"], assessment?["AssessmentOutcome"]) switch
            {
                ("N", _) => TakeoverKind.Refusal,
                ("W", _) or (_, "W") => TakeoverKind.Withdrawn,
                (_, "N") => TakeoverKind.NoPlan,
                (_, "Y" or "H") => TakeoverKind.PlanBeingMade,
                ("Y" or "H", _) => TakeoverKind.Assessment,
                _ => TakeoverKind.OpenRequest,
            };
    }

    private static DateOnly? Since(Sen2Item request, TakeoverKind kind) => kind switch
    {
        TakeoverKind.OpenRequest => request.Date("ReceivedDate"),
        TakeoverKind.Assessment or TakeoverKind.Refusal => request.Date("RequestOutcomeDate"),
        TakeoverKind.NoPlan => request.First("Assessment")?.Date("AssessmentOutcomeDate"),
        TakeoverKind.PlanInForce => request.First("Assessment")?.First("NamedPlan")?.Date("StartDate"),
        TakeoverKind.CeasedPlan => request.First("Assessment")?.First("NamedPlan")?.Date("CeaseDate"),
        _ => null,
    };

    private static IEnumerable<string> Unknown(Sen2Item request, TakeoverKind kind)
    {
        if (kind is TakeoverKind.Assessment or TakeoverKind.PlanBeingMade)
        {
            yield return "who was asked for advice, on which day, and what has been received";
            yield return "the exceptions that apply, each with its dates";
        }

        if (kind is TakeoverKind.PlanBeingMade)
        {
            yield return "the draft, and the day on which it was served on the family";
        }

        if (kind is TakeoverKind.PlanInForce)
        {
            yield return "the plan itself, sections A to K";
            if (request.First("ActivePlans")?["LastReview"] is null)
            {
                yield return "the day of the last review, which determines when the next review is due";
            }
        }

        if (kind is TakeoverKind.OpenRequest or TakeoverKind.Assessment or TakeoverKind.PlanBeingMade)
        {
            yield return "the school or other setting";
            yield return "whether the family was told that an assessment is being considered";
        }
    }

    /// <summary>
    /// Time limits that have expired and that, according to the return, have not been met. Time limits that were met late are not included;
    /// they are in the council's own records.
    /// </summary>
    private static List<string> Missed(Sen2Item request, TakeoverKind kind, DateOnly today, RuleSet law, CountingPractice practice)
    {
        string[] owed = kind switch
        {
            TakeoverKind.OpenRequest => ["decideWhetherToAssess", "finalPlan"],
            TakeoverKind.Assessment or TakeoverKind.PlanBeingMade => ["finalPlan"],
            _ => [],
        };
        return owed.Length == 0 || request.Date("ReceivedDate") is not { } received
            ? []
            : [.. Clock.Limits(new CaseFacts { Received = received }, law, practice).Where(limit => owed.Contains(limit.RuleKey) && limit.Due < today)
                .Select(limit => FormattableString.Invariant($"{limit.RuleKey}, due {limit.Due:yyyy-MM-dd}"))];
    }
}
