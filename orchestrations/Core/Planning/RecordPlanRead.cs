using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A version of the plan is about to be given to a reader. Only the hub itself sends this, and it shows nothing before this is recorded.
/// </summary>
/// <param name="Version">The version.</param>
/// <param name="Format">In which form, a short word: <c>json</c>, <c>html</c>, <c>docx</c>; <c>diff</c> when it was compared with another version.</param>
/// <param name="Reader">Who reads.</param>
public sealed record RecordPlanRead(int Version, string Format, Actor Reader) : AssessmentInput, IStep<RecordPlanRead>
{
    public static StepDefinition<RecordPlanRead> Definition { get; } = new("record-plan-read", "A version of the plan is given to a reader")
    {
        Senders = [ActorRole.Hub],
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(d.State.Plans.Any(p => p.Version == Version), "unknown-version", "There is no such version of the plan.")
            && Form.Id(d, Format, "The form")
            && Form.Text(d, Reader.Id, "The reader's id"))
        {
            d.Happened(new PlanRead(Version, Format, Reader));
        }
    }
}

/// <summary>A version of the plan was given to a reader, in one form.</summary>
public sealed record PlanRead(int Version, string Format, Actor Reader) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planRead", "A version of the plan was given to a reader, in one form; recorded before a byte of it is given.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override string Tell(Telling telling) => FormattableString.Invariant($"Version {Version} of the plan was given to {ReaderInWords()} to read ({Format}).");

    public override AgencyId? About(Telling telling) => Reader.Agency;

    // The event records which officer or parent it was; the timeline is read by more people than the audit trail.
    private string ReaderInWords() => Reader.Role switch
    {
        ActorRole.Agency => Reader.Agency?.Value ?? "an agency",
        ActorRole.Family => "the family",
        ActorRole.CouncilOfficer => "the council",
        _ => "those who run the hub",
    };
}
