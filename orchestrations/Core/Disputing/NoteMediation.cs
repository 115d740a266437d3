using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A step of mediation was taken.</summary>
/// <param name="Step">The step.</param>
/// <param name="On">Day of the step.</param>
/// <param name="Remedy">For an agreement, the remedy that it requires.</param>
/// <param name="OtherDate">For an agreement, the day agreed in writing under reg 42.</param>
public sealed record NoteMediation(MediationStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null) : AssessmentInput, IStep<NoteMediation>
{
    public static StepDefinition<NoteMediation> Definition { get; } = new("note-mediation", "Note a step of mediation")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss52 to 56",
        Example = """{ "step": "agreed", "on": "2026-11-02", "remedy": "amendContents" }""",
        Days = x => [
            x.Past(
                "On", "The day of this step of mediation", i => i.On,
                (s, _) => DatedFacts.Appealable(s),
                (s, i) => DatedFacts.Before(s, i.Step)),
            x.Planned(
                "OtherDate", "The day agreed in place of the day in the rules", i => i.OtherDate,
                (_, i) => new(i.On, "the day of the agreement")),
        ],
    };

    internal override void Decide(Deciding d) => Disputes.Note(d, this);
}
