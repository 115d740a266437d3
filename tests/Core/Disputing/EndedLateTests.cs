using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Disputing;

/// <summary>
/// Whatever takes a limit away after its last day leaves the miss on record, even when the hub stood still on the morning after. Each act in
/// a case that is open to it, once on a day after the limit and in a twin case on the limit's own last day.
/// </summary>
public class EndedLateTests
{
    /// <summary>By name: the case, the limit, and the act on a day. A dated act is entered days later, so that its own day counts.</summary>
    private static readonly Dictionary<string, (Func<Life> Case, string Limit, Func<DateOnly, AssessmentInput> Act, bool Dated)> Acts = new()
    {
        ["an order after a late concession"] = (ConcededLate, "finalPlan", on => new NoteAppeal(AppealStep.Ordered, on, Remedy.Assess), true),
        ["an agreement after a late concession"] = (ConcededLate, "finalPlan", on => new NoteMediation(MediationStep.Agreed, on, Remedy.Assess), true),
        ["a second concession, in time"] = (
            Reversed, "finalPlan", on => new NoteAppeal(AppealStep.Conceded, on, Remedy.Assess, BeforeResponse: true), true),
        ["an order after a refusal was taken back"] = (
            Reversed, "reversalFinalPlan", on => new NoteAppeal(AppealStep.Ordered, on, Remedy.Assess), true),
        ["an order after an agreement to amend"] = (Agreed(Remedy.AmendContents), "agreementAmendedPlan", on => new NoteAppeal(AppealStep.Ordered, on, Remedy.AmendContents), true),
        ["an order after an agreement to name"] = (Agreed(Remedy.NameInstitution), "agreementNameInstitution", on => new NoteAppeal(AppealStep.Ordered, on, Remedy.NameInstitution), true),
        ["an order after an agreement to make a plan"] = (Agreed(Remedy.MakePlan), "agreementDraftPlan", on => new NoteAppeal(AppealStep.Ordered, on, Remedy.MakePlan), true),
        ["an order after an agreement to continue"] = (
            Agreed(Remedy.ContinueAndAmend), "agreementAmendContinuedPlan", on => new NoteAppeal(AppealStep.Ordered, on, Remedy.ContinueAndAmend), true),
        ["the end of an appeal"] = (Appealed, "appealResponse", on => new NoteAppeal(AppealStep.Withdrawn, on), true),
        ["the plan is amended after a re-assessment"] = (
            () => Disputed.Sent(Disputed.Obliged(Disputed.Issued(), StartEvent.TribunalOrder, Remedy.Reassess)), "orderNoPlanAfterReassessment", _ => new DecideOnPlan(true, "New needs.", "Not waited for."), false),
        ["the request is withdrawn"] = (() => Life.Assessing(), "finalPlan", on => new WithdrawRequest(on, "We manage."), true),
        ["a request for advice is withdrawn"] = (() => Life.Assessing(), "advice:medical-1", _ => new WithdrawAdviceRequest("medical-1", "Not needed."), false),
        ["a plan is agreed"] = (Answered, "notifyNoPlan", _ => new DecideWhetherToIssuePlan(true, "Necessary."), false),
        ["no plan is agreed"] = (Answered, "finalPlan", _ => new DecideWhetherToIssuePlan(false, "Not necessary."), false),
        ["the request is refused"] = (
            () => Life.Opened().Do(new RecordConsultation(Cases.Received, "Wants one.")), "finalPlan", _ => new DecideWhetherToAssess(false, "Not necessary."), false),
    };

    public static TheoryData<string> Names => [.. Acts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void After_its_last_day_the_miss_is_on_record_before_the_act(string act)
    {
        var (life, limit) = Done(act, daysLate: 1);

        Assert.Contains(life.State.MissedLimits, missed => missed.StartsWith(limit + "@", StringComparison.Ordinal));
        Assert.Single(life.Events.OfType<LimitMissed>(), e => e.Limit.StartsWith(limit + "@", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void On_its_last_day_nothing_was_missed(string act)
    {
        var (life, limit) = Done(act, daysLate: 0);

        Assert.DoesNotContain(life.State.MissedLimits, missed => missed.StartsWith(limit + "@", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_superseded_late_stands_as_missed_and_is_not_chased_any_more()
    {
        var (life, limit) = Done("an order after a late concession", daysLate: 1);
        life.On(life.Today.AddDays(60));

        Assert.Equal(LimitStatus.Missed, Disputed.Limit(life, limit).Standing);
        Assert.DoesNotContain(life.Events.OfType<DutyChased>(), e => e.Limit.StartsWith(limit + "@", StringComparison.Ordinal) && e.Due.AddDays(1) < life.Today && e.Step.Contains("overdue", StringComparison.Ordinal));
        Assert.Null(Limits.OpenLimit(life.State, life.State.MissedLimits.Single(m => m.StartsWith(limit + "@", StringComparison.Ordinal)), life.Today, life.Rules));
    }

    [Fact]
    public void A_correction_says_that_the_limit_never_ran_so()
    {
        var life = Life.Opened().StoodStillUntil(Cases.Received.AddDays(45));
        life.Do(new CorrectFacts("It had come earlier.", Cases.Received.AddDays(-2))).On(life.Today);
        Assert.Equal([$"decideWhetherToAssess@{Cases.Received.AddDays(40):yyyy-MM-dd}"], life.State.MissedLimits);

        var ordered = Disputed.Obliged(Disputed.Issued(), StartEvent.TribunalOrder, Remedy.AmendContents);
        var on = ordered.Today;
        ordered.StoodStillUntil(on.AddDays(50)).Do(new CorrectRecord(MistakenRecord.Appeal, on, "Another child's.", null, "ordered"));
        Assert.DoesNotContain(ordered.State.MissedLimits, missed => missed.StartsWith("orderAmendedPlan@", StringComparison.Ordinal));
    }

    private static (Life Life, string Limit) Done(string name, int daysLate)
    {
        var (make, limit, act, dated) = Acts[name];
        var life = make();
        var due = Disputed.Limit(life, limit).Limit.Due!.Value;
        var on = due.AddDays(daysLate);
        Assert.Equal(LimitStatus.Open, Disputed.Limit(life, limit).Standing);
        life.StoodStillUntil(dated ? on.AddDays(3) : on).Do(act(on)).On(life.Today);
        return (life, limit);
    }

    private static Life ConcededLate()
    {
        var life = Appealed();
        life.Do(new NoteMediation(MediationStep.Wanted, life.Today));
        return life.Do(new NoteAppeal(AppealStep.Conceded, life.Today, Remedy.Assess, BeforeResponse: false));
    }

    private static Life Appealed()
    {
        var life = Disputed.Refused();
        return life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
    }

    private static Life Reversed()
    {
        var life = Appealed();
        return life.On(life.Today.AddDays(10)).Do(new ReverseRefusal(life.Today, "New evidence."));
    }

    private static Func<Life> Agreed(Remedy remedy) => () =>
    {
        var life = Disputed.Obliged(Disputed.For(remedy), StartEvent.AgreementReached, remedy);
        return life.Do(new NoteAppeal(AppealStep.Registered, life.Today));
    };

    private static Life Answered()
    {
        var life = Life.Assessing();
        life.On(Cases.Received.AddDays(30)).AnswerAll();
        return life;
    }
}
