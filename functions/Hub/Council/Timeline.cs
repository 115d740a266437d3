using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>One line of a timeline.</summary>
/// <param name="Sequence">Number of the event.</param>
/// <param name="At">When the event was recorded, in UTC.</param>
/// <param name="Text">What happened, in plain English, without the child's details.</param>
/// <param name="By">Who caused the event: a role or an agency.</param>
/// <param name="OnBehalfOf">The party on whose behalf the event was caused.</param>
/// <param name="Note">Reasons in the writer's own words; shown to the council only.</param>
public sealed record TimelineEntry(long Sequence, DateTimeOffset At, string Text, string By, string? OnBehalfOf, string? Note);

/// <summary>What happened in an assessment, in plain English, from its events. Each kind of event defines its own line in the timeline and
/// who is allowed to read it.</summary>
public static class Timeline
{
    /// <summary>Describes one event in a line, without the child's name or any free text and with dates like "14 July 2026".</summary>
    public static string Describe(RecordedEvent recorded)
    {
        var context = new TimelineContext();
        context.Read(recorded);
        return recorded.What.Describe(context);
    }

    /// <summary>The lines that operators of the hub may read: without any reasons in free text, and without what would tell them that somebody is
    /// detained.</summary>
    public static IReadOnlyList<TimelineEntry> ForOperations(IReadOnlyList<RecordedEvent> events) => Lines(events, CaseVisibility.Operations, null);

    /// <summary>The lines that a caller may read.</summary>
    internal static IReadOnlyList<TimelineEntry> Lines(IReadOnlyList<RecordedEvent> events, CaseVisibility visibility, AgencyId? agency)
    {
        var operations = visibility == CaseVisibility.Operations ? OperationsSight.Of(events) : null;
        var context = new TimelineContext { IsForOperations = operations is not null };
        var lines = new List<TimelineEntry>(events.Count);
        foreach (var recorded in events)
        {
            context.Read(recorded);
            if (Shows(recorded.What, visibility, agency, context))
            {
                lines.Add(new TimelineEntry(
                    recorded.Sequence,
                    recorded.At,
                    operations?.Text(recorded.What.Describe(context)) ?? recorded.What.Describe(context),
                    operations?.Text(TimelineWords.Who(recorded.By)) ?? TimelineWords.Who(recorded.By),
                    recorded.By.OnBehalfOf,
                    visibility == CaseVisibility.Council ? recorded.What.Note() : null));
            }
        }

        return lines;
    }

    /// <summary>
    /// Whether a caller may read about an event. The caller's role must be one of the roles that the kind of event lists, and an agency may
    /// read only about events that concern it.
    /// </summary>
    private static bool Shows(AssessmentEvent happened, CaseVisibility visibility, AgencyId? agency, TimelineContext context) =>
        AudienceOf(visibility) != Audience.Nobody
        && (happened.OnlyTold() ?? StepCatalogue.Fact(happened.GetType())?.Told)?.HasFlag(AudienceOf(visibility)) == true
        && (visibility != CaseVisibility.Agency || (agency is not null && happened.About(context) == agency));

    private static Audience AudienceOf(CaseVisibility visibility) => visibility switch
    {
        CaseVisibility.Council => Audience.Council,
        CaseVisibility.Agency => Audience.Agency,
        CaseVisibility.Family => Audience.Family,
        CaseVisibility.Operations => Audience.Operations,
        _ => Audience.Nobody,
    };
}
