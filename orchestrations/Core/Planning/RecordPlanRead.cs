using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Record that a version of the plan is about to be given to a reader. Only the hub itself sends this input, and nothing is shown to the
/// reader before it is recorded.
/// </summary>
/// <param name="Version">The version.</param>
/// <param name="Format">The format as a short word, such as <c>json</c>, <c>html</c> or <c>docx</c>, or <c>diff</c> if the version was
/// compared with another version.</param>
/// <param name="Reader">Who reads the plan.</param>
public sealed record RecordPlanRead(int Version, string Format, Actor Reader) : AssessmentInput, IStep<RecordPlanRead>
{
    public static StepDefinition<RecordPlanRead> Definition { get; } = new("record-plan-read", "A version of the plan is given to a reader")
    {
        Senders = [ActorRole.Hub],
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(d.State.Plans.Any(p => p.Version == Version), "unknown-version", "There is no such version of the plan.")
            && InputChecks.Id(d, Format, "The format")
            && InputChecks.Text(d, Reader.Id, "The reader's id"))
        {
            d.Happened(new PlanRead(Version, Format, Reader));
        }
    }
}

/// <summary>A version of the plan was given to a reader, in one format.</summary>
public sealed record PlanRead(int Version, string Format, Actor Reader) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planRead", "A version of the plan was given to a reader, in one format (recorded before anything is shown).")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"Version {Version} of the plan was given to {ReaderInWords()} to read ({Format}).");

    public override AgencyId? About(TimelineContext context) => Reader.Agency;

    // The event records which officer or parent read the plan, but the timeline does not, because more people read the timeline than the
    // audit trail.
    private string ReaderInWords() => Reader.Role switch
    {
        ActorRole.Agency => Reader.Agency?.Value ?? "an agency",
        ActorRole.Family => "the family",
        ActorRole.CouncilOfficer => "the council",
        _ => "the people who run the hub",
    };
}
