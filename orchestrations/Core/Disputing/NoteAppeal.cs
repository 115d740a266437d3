using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A step of an appeal was taken.</summary>
/// <param name="Step">The step.</param>
/// <param name="On">Day of the step; for an order, the day on which the order was sent out.</param>
/// <param name="Remedy">For an order or a concession, the remedy that it requires.</param>
/// <param name="OtherDate">Last day set by the Tribunal, if any.</param>
/// <param name="BeforeResponse">Whether a concession came before the council's response, or null to decide this from the record.</param>
/// <param name="Another">Whether a second appeal ended in the same way on the same day.</param>
/// <param name="Appeal">Number of the appeal, if several are under way.</param>
public sealed record NoteAppeal(AppealStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null, bool? BeforeResponse = null, bool? Another = null, int? Appeal = null)
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
                (s, i) => i is { Step: AppealStep.Registered, Appeal: not null } ? default : DatedFacts.Registered(s, i.Appeal),
                (s, i) => i.Step == AppealStep.Registered ? DatedFacts.Appealable(s) : default),
            x.Planned(
                "OtherDate", "The day that the Tribunal directed", i => i.OtherDate,
                (_, i) => new(i.On, "the day of the order")),
        ],
    };

    internal override void Decide(Deciding d) => Disputes.Note(d, this);
}
