using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A step of an appeal was taken.</summary>
/// <param name="Step">The step.</param>
/// <param name="On">Its day; for an order the day it was sent out.</param>
/// <param name="Remedy">For an order or a concession: what it requires.</param>
/// <param name="OtherDate">The day that the Tribunal directed.</param>
/// <param name="BeforeResponse">For a concession: whether the Tribunal was told before the council's response; null: as the record says.</param>
/// <param name="Another">For a dismissal or a withdrawal: it ended another appeal than the one that ended in this way on the same day.</param>
public sealed record NoteAppeal(AppealStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null, bool? BeforeResponse = null, bool? Another = null)
    : AssessmentInput, IStep<NoteAppeal>
{
    public static StepDefinition<NoteAppeal> Definition { get; } = new("note-appeal", "Note a step of an appeal")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s51",
        Example = """{ "step": "ordered", "on": "2027-01-11", "remedy": "assess" }""",
        Days = x => [
            x.Past(
                "On", "The day of this step of the appeal", i => i.On,
                (s, _) => DatedFacts.Registered(s),
                (s, i) => i.Step == AppealStep.Registered ? DatedFacts.Appealable(s) : default),
            x.Planned(
                "OtherDate", "The day that the Tribunal directed", i => i.OtherDate,
                (_, i) => new(i.On, "the order")),
        ],
    };

    internal override void Decide(Deciding d) => Disputes.Note(d, this);
}
