using IntegrationHub.Contracts.Parties;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that another ICB has become responsible for a child who has a plan. The new ICB is sent the plan with a letter, and from
/// then on all notices and requests for the ICB.</summary>
/// <param name="Icb">The new ICB.</param>
/// <param name="ChangedOn">Day of the change or, if the family moved between councils, the day of that move.</param>
/// <param name="BecameAwareOn">Day on which the former ICB became aware of the change.</param>
public sealed record RecordIcbChange(Agency Icb, DateOnly ChangedOn, DateOnly BecameAwareOn) : AssessmentInput, IStep<RecordIcbChange>
{
    public static StepDefinition<RecordIcbChange> Definition { get; } = new("record-icb-change", "Record that another ICB is responsible")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 16",
        Example = """{ "icb": { "id": "ods:QXX", "name": "Southbridge ICB" }, "changedOn": "2027-04-01", "becameAwareOn": "2027-03-20" }""",
        Days = x =>
        [
            x.Past("ChangedOn", "The day of the change", i => i.ChangedOn, (s, _) => DatedFacts.PlanSent(s), (s, _) => new(s.IcbChange?.On, "the day of the last change of ICB")),
            x.Past("BecameAwareOn", "The day on which the former ICB became aware of the change", i => i.BecameAwareOn, (s, _) => DatedFacts.Birth(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Recording a change of ICB")
            && InputChecks.Text(d, Icb.Name, "The ICB's name")
            && d.Require(Icb.Id != d.Facts.Icb.Id, "nothing-changed", "This ICB is already responsible. To correct its name, use correct-facts.")
            && d.Require(IcbRequests.Open(d.State) is null, "request-open", "The council has not yet done what the ICB asked for after the last change. Carry out that request first."))
        {
            var byMove = ChangedOn == d.State.MovingTo?.On || ChangedOn == d.State.TakenOver?.Plan.TransferredOn;
            d.Happened(new IcbChanged(d.Facts.Icb, Icb, ChangedOn, BecameAwareOn, byMove));
            WorkingLetters.Plan(d, WorkingLetters.Next(d, NoticeKind.IcbChanged, RecipientRole.Icb) with { Agency = Icb, PlanVersion = d.State.NewestPlan?.Version });
            if (d.State.Requests.Any(r => r.IsOpen && r.Agency?.Id == d.State.IcbChange!.Before.Id))
            {
                d.AskAttention("icb-changed", "The former ICB still has a request for advice. Withdraw the request and ask the new ICB, or agree with both who answers.");
            }
        }
    }
}

/// <summary>Another ICB became responsible.</summary>
/// <param name="Before">The former ICB.</param>
/// <param name="Icb">The new ICB.</param>
/// <param name="On">Day of the change.</param>
/// <param name="AwareOn">Day on which the former ICB became aware of the change.</param>
/// <param name="ByMove">Whether the family moved between councils on that day.</param>
public sealed record IcbChanged(Agency Before, Agency Icb, DateOnly On, DateOnly AwareOn, bool ByMove) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("icbChanged", "Another ICB became responsible for a child who has a plan.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Facts = state.Facts! with { Icb = Icb },
        IcbChange = new IcbChange { Before = Before, Now = Icb, On = On, AwareOn = AwareOn, ByMove = ByMove, ActsBefore = state.Acts.Count },
    };

    public override string Describe(TimelineContext context) => $"{Icb.Name} has been responsible in place of {Before.Name} since {Day(On)}.";
}
