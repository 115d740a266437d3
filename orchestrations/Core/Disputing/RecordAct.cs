using System.Collections.Frozen;
using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record an action that meets a limit and has no separate step.</summary>
/// <param name="Act">The kind of act that was done.</param>
/// <param name="On">Day on which the act was done.</param>
/// <param name="What">What was done, and how.</param>
/// <param name="Remedy">The remedy, if an order, an agreement or a concession was carried out.</param>
/// <param name="Appeal">Number of the appeal.</param>
public sealed record RecordAct(Act Act, DateOnly On, string What, Remedy? Remedy = null, int? Appeal = null) : AssessmentInput, IStep<RecordAct>
{
    // Acts that are not listed here have separate steps, which record more about them.
    private static readonly FrozenSet<Act> Recorded = new[]
    {
        StatutoryClock.Act.AppealAnswered, StatutoryClock.Act.RemedyCarriedOut, StatutoryClock.Act.RecommendationAnswered,
        StatutoryClock.Act.AmendmentFinished, StatutoryClock.Act.TransferPlanSent, StatutoryClock.Act.PlanHandedOn, StatutoryClock.Act.FamilyToldOfTransfer,
        StatutoryClock.Act.NewIcbTold,
        StatutoryClock.Act.PersonInChargeConsulted, StatutoryClock.Act.KeptProvisionArranged, StatutoryClock.Act.KeptHealthArranged, StatutoryClock.Act.MonitoringMeetingHeld,
    }.ToFrozenSet();

    public static StepDefinition<RecordAct> Definition { get; } = new("record-act", "Record an action that meets a time limit")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 42, 44, 45; SI 2017/1306",
        Example = """
            { "act": "remedyCarriedOut", "on": "2027-01-12", "what": "The plan is maintained; school and family were told.", "remedy": "continuePlan" }
            """,
        Days = x =>
        [
            x.Past("On", "The day on which the act was done", i => i.On, (s, _) => DatedFacts.Request(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        int? appeal = null;
        if (d.Require(Recorded.Contains(Act), "not-recorded-this-way", "This act has a separate step. Record the act with that step.")
            && d.Require((Act == StatutoryClock.Act.RemedyCarriedOut) == Remedy.HasValue, "remedy-unclear", "Name the remedy if a remedy was carried out, and only then.")
            && InputChecks.Text(d, What, "What was done")
            && d.Require(Appeal is null || Act == StatutoryClock.Act.AppealAnswered, "appeal-unclear", "Give the number of an appeal only for an answer to that appeal.")
            && d.Require(HasCause(d), "nothing-to-meet", "Nothing on record calls for this act.")
            && (Act != StatutoryClock.Act.AppealAnswered || AppealNumbers.Find(d, Appeal, On, out appeal))
            && d.Require(d.State.Acts.All(a => a.Act != Act || a.Remedy != Remedy || a.On != On || a.Appeal != appeal || (Act == StatutoryClock.Act.RecommendationAnswered && a.What != What)), "already-recorded", "This act is already on record for that day."))
        {
            d.Happened(new ActRecorded(new RecordedAct(Act, On, What, Remedy, appeal)));
            if (Act == StatutoryClock.Act.PlanHandedOn)
            {
                ReassessmentAdvice.End(d, Closing.PlanHandedOn);
                Closing.WithdrawOpenRequests(d, Closing.PlanHandedOn);
            }
        }
    }

    /// <summary>Whether the act's cause is on record. Without a cause, the act would meet no time limit, or by mistake a later
    /// one.</summary>
    private bool HasCause(Deciding d) => Act switch
    {
        StatutoryClock.Act.AppealAnswered => d.State.Appeal.Any(a => a.Step == AppealStep.Registered && a.On <= On),
        StatutoryClock.Act.RecommendationAnswered => d.State.Recommendations.Any(r => r.ReceivedOn <= On),
        StatutoryClock.Act.RemedyCarriedOut => ClockFacts.Of(d.State).Dispute is var dispute
            && dispute.Orders.Concat(dispute.Concessions).Concat(dispute.Agreements).Any(fact => fact.Remedy == Remedy && fact.On <= On),
        StatutoryClock.Act.AmendmentFinished => d.State.FinalPlanSentOn <= On && Amendments.Shown(d.State) is null && !(MaintainedPlan.HandoverDay(d.State) < On),
        StatutoryClock.Act.NewIcbTold => d.State.IcbChange?.MayBeToldOn(On) == true,
        StatutoryClock.Act.PersonInChargeConsulted => Detentions.Current(d.State)?.From <= On && d.State.Stage == Stage.Considering,
        StatutoryClock.Act.KeptProvisionArranged or StatutoryClock.Act.KeptHealthArranged or StatutoryClock.Act.MonitoringMeetingHeld => Detentions.WasKeptOn(d.State, On),
        StatutoryClock.Act.PlanHandedOn => d.State.FinalPlanSentOn <= On && MaintainedPlan.IsMaintainedHere(d.State),
        _ => d.State.FinalPlanSentOn <= On && !(MaintainedPlan.HandoverDay(d.State) < On),
    };
}

/// <summary>An action was taken to meet a limit.</summary>
/// <param name="Done">What was done, and when.</param>
public sealed record ActRecorded(RecordedAct Done) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("actRecorded", "An action was taken to meet a limit.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Acts = With(state.Acts, Done) };

    public override string Describe(TimelineContext context) => $"{Words.Of(Done.Act)}{(Done.Remedy is { } remedy ? $" ({Of(remedy)})" : Done.Appeal is { } appeal ? FormattableString.Invariant($" (appeal {appeal})") : "")} on {Day(Done.On)}.";

    public override string? Note() => Done.What;

    // What is done only while somebody is detained says so.
    public override Audience? OnlyTold() => OperationsWords.IsOrdinary(Done.Act) ? null : Audience.Council | Audience.Family;

    public override string? Settles() => Done.Act switch
    {
        Act.PlanHandedOn => MoveToAnotherCouncil.HandOver,
        Act.KeptProvisionArranged => Detentions.ProvisionTask,
        Act.MonitoringMeetingHeld => Detentions.MonitoringTask,
        _ => Disputes.RemedyId(Done.Remedy),
    };
}
