using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Core.Tests.Plans;

/// <summary>A plan is judged by the checks of the step that lies ahead of it, so that an officer reads of everything that the step will refuse.</summary>
public sealed class StepAheadTests
{
    [Fact]
    public void A_draft_is_sent_first_then_finalised_and_an_issued_plan_is_amended_by_another_final()
    {
        var drafting = Life.Assessing();
        drafting.On(drafting.Today.AddDays(30)).AnswerAll();
        drafting.Do(new DecideWhetherToIssuePlan(true, "Necessary."));

        Assert.Equal(PlanStep.BeforeDraft, PlanReading.NextStep(drafting.State));
        Assert.Equal(PlanStep.BeforeFinal, PlanReading.NextStep(Life.Consulting().State));
        Assert.Equal(PlanStep.BeforeFinal, PlanReading.NextStep(Disputed.Issued().State));
    }

    [Fact]
    public void What_an_amended_plan_is_refused_for_is_read_before()
    {
        var life = Amended.WithHealth(Disputed.Issued()).Do(new ProposeAmendments("The trust's report.", "Weekly.")).HandOverAll();
        life.On(life.Today.AddDays(16)).Refused("plan-not-ready", new FinaliseAmendedPlan("Officer One"));

        Assert.True(PlanChecks.Refuses(Findings(life)));
        life.Do(new RecordIcbAgreement(true, "Designated clinical officer", life.Today), Cases.As(Cases.Icb));
        Assert.False(PlanChecks.Refuses(Findings(life)));
        life.Do(new FinaliseAmendedPlan("Officer One"));
    }

    private static IReadOnlyList<PlanFinding> Findings(Life life) => PlanReading.Findings(life.State, PlanReading.NextStep(life.State), Cases.Officer, life.Now, life.Rules);
}
