using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A period that a child spends at one school or other place.</summary>
/// <param name="Place">The institution, or null if only a type or a setting is known.</param>
/// <param name="Name">Name of the place, or the type of institution in words.</param>
/// <param name="From">First day at the place.</param>
/// <param name="To">Last day at the place, or null while the placement continues.</param>
/// <param name="Rank">1 for the main place, 2 for an additional second place.</param>
/// <param name="IsFromPlan">Whether the first day is the day of the plan that names the place, because no other day was recorded.</param>
public sealed record PlacementSpan(AgencyId? Place, string Name, DateOnly From, DateOnly? To, int Rank = 1, bool IsFromPlan = false);

/// <summary>A period in which the recorded placements conflict or are missing.</summary>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period, or null if the period continues.</param>
/// <param name="IsOverlap">True if two places are on record for the same days, false if none is.</param>
public sealed record PlacementAnomaly(DateOnly From, DateOnly? To, bool IsOverlap);

/// <summary>
/// Where a child was placed by the plans that were issued, and which places the child actually attended, with first and last days. Nothing
/// here is stored, because the places are calculated from the events and so follow every correction.
/// </summary>
public static class PlacementHistory
{
    /// <summary>
    /// The schools and other places that plans named, in order. The period at a place begins on the day that was recorded for it, or else on
    /// the day of the first plan that names the place. The period ends when the period at another place begins, when the plan
    /// ceases, or when another council takes the plan over.
    /// </summary>
    /// <param name="events">Everything that happened in the case, in order.</param>
    /// <param name="state">The current state of the case.</param>
    public static IReadOnlyList<PlacementSpan> Named(IEnumerable<AssessmentEvent> events, AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(state);
        var spans = new List<PlacementSpan>();
        Placement? named = null;
        foreach (var what in events)
        {
            switch (what)
            {
                case PlacementNamed e:
                    named = new Placement(e.InstitutionType, e.Institution, e.Reasons, e.From);
                    break;
                case PlanTakenOver { Plan: { Placement: { } taken } plan }:
                    named = taken;
                    Begin(taken, plan.IssuedOn);
                    break;
                case PlanPrepared { Document: { Kind: not PlanKind.Draft, PreparedOn: var on } } when named is not null:
                    Begin(named, on);
                    break;
            }
        }

        return Closed(spans, Ended(state));

        void Begin(Placement placement, DateOnly planOf)
        {
            var span = new PlacementSpan(placement.Institution?.Id, placement.Institution?.Name ?? placement.InstitutionType, placement.From ?? planOf, null, IsFromPlan: placement.From is null);
            if (spans.Count == 0 || (spans[^1].Place, spans[^1].Name) != (span.Place, span.Name))
            {
                spans.Add(span);
            }
            else if (!span.IsFromPlan && spans[^1].From != span.From)
            {
                // If the next plan gives the same place a different first day, the earlier plan had the wrong day.
                spans[^1] = span;
            }
        }
    }

    /// <summary>Where the child was actually educated according to the records, in order of the first days.</summary>
    /// <param name="state">The current state of the case.</param>
    /// <param name="nameOf">Returns the name of an institution, or null if it is not known.</param>
    public static IReadOnlyList<PlacementSpan> Attended(AssessmentState state, Func<AgencyId, string?> nameOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(nameOf);
        return
        [
            .. state.SchoolPlaces.OrderBy(one => one.From).ThenBy(one => one.Place.Rank).Select(one => new PlacementSpan(
                one.Place.Institution, one.Place.Institution is { } id ? nameOf(id) ?? id.Value : one.Place.OtherSetting ?? Of(one.Place.Setting), one.From, one.To, one.Place.Rank)),
        ];
    }

    /// <summary>
    /// The gaps and overlaps in the given periods: days on which no main place, or two main places, are on record. Second places are in
    /// addition to the main place and are left out.
    /// </summary>
    public static IReadOnlyList<PlacementAnomaly> Anomalies(IReadOnlyList<PlacementSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        var doubts = new List<PlacementAnomaly>();
        DateOnly? covered = null;
        var begun = false;
        foreach (var span in spans.Where(one => one.Rank == 1).OrderBy(one => one.From))
        {
            if (begun && (covered is null || covered >= span.From))
            {
                doubts.Add(new PlacementAnomaly(span.From, Earlier(covered, span.To), IsOverlap: true));
            }
            else if (begun && covered!.Value.AddDays(1) < span.From)
            {
                doubts.Add(new PlacementAnomaly(covered.Value.AddDays(1), span.From.AddDays(-1), IsOverlap: false));
            }

            covered = !begun ? span.To : covered is null || span.To is null ? null : covered > span.To ? covered : span.To;
            begun = true;
        }

        return doubts;
    }

    private static string Of(SenSetting? setting) => setting switch
    {
        SenSetting.Ola => "Education otherwise than at school, arranged by the council",
        SenSetting.Opa => "Education otherwise than at school, arranged by the family",
        SenSetting.Ehe => "Elective home education",
        SenSetting.Eyp => "An early years provider without a number",
        SenSetting.Neet => "Not in education, employment or training",
        SenSetting.Niec => "Notice was given that the plan will cease",
        SenSetting.Nieo => "Not in education for another reason",
        _ => "Another setting",
    };

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null ? other : other is null || one < other ? one : other;

    // The last day on which this council maintained the plan, or null while it maintains the plan.
    private static DateOnly? Ended(AssessmentState state) =>
        state.Ceasing?.CeasedOn is { } ceased ? ceased.AddDays(-1) : MaintainedPlan.HandoverDay(state) is { } handedOn ? handedOn.AddDays(-1) : null;

    // If a place was replaced on or before its own first day, that first day is left unchanged, so that the overlap is shown.
    private static List<PlacementSpan> Closed(List<PlacementSpan> spans, DateOnly? ended)
    {
        for (var n = 0; n < spans.Count; n++)
        {
            var to = n + 1 < spans.Count ? spans[n + 1].From.AddDays(-1) : ended;
            spans[n] = spans[n] with { To = to < spans[n].From ? spans[n].From : to };
        }

        return spans;
    }
}
