using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>
/// The first decision stays in a return; what overturned it sets the flag of that decision, and no other. The refusals of these cases are ten days after the
/// request: 15 January 2026; "no plan" comes on 4 February.
/// </summary>
public sealed class DisputesInReturnTests
{
    private const string Refused = "N 2026-01-15";
    private const string NoPlan = "N 2026-02-04";

    [Theory]
    [InlineData(StartEvent.TribunalOrder, "0 1")]
    [InlineData(StartEvent.AppealConceded, "0 1")]
    [InlineData(StartEvent.AgreementReached, "1 0")]
    public async Task A_refusal_to_assess_that_was_overturned_stays_and_is_flagged(StartEvent by, string flags)
    {
        var request = await OwnCases.RequestOfAsync(Disputed.Obliged(Disputed.Refused(), by, Remedy.Assess));

        Assert.Equal($"{Refused} {flags}", OwnCases.Request(request));
        Assert.Equal("A - 0 0 0 0", OwnCases.Assessment(request));
    }

    [Theory]
    [InlineData(StartEvent.TribunalOrder, "0 1")]
    [InlineData(StartEvent.AppealConceded, "0 1")]
    [InlineData(StartEvent.AgreementReached, "1 0")]
    public async Task A_refusal_of_a_plan_that_was_overturned_stays_and_the_plan_follows_it(StartEvent by, string flags)
    {
        var life = Issue(Disputed.Obliged(Disputed.NoPlan(), by, Remedy.MakePlan));

        var request = await OwnCases.RequestOfAsync(life);

        Assert.Equal("Y 2026-01-05 0 0", OwnCases.Request(request));
        Assert.Equal($"{NoPlan} {flags} 0 0", OwnCases.Assessment(request));
        Assert.Equal($"{life.State.FinalPlanSentOn:yyyy-MM-dd} - -", OwnCases.Plan(request));
        Assert.NotNull(request.Element("ActivePlans"));
    }

    [Fact]
    public async Task What_comes_of_a_dispute_later_belongs_to_the_decision_that_it_was_about()
    {
        var conceded = Disputed.Obliged(Disputed.Refused(), StartEvent.AppealConceded, Remedy.Assess);
        conceded.On(conceded.Today.AddDays(10)).Do(new NoteAppeal(AppealStep.Ordered, conceded.Today, Remedy.Assess));
        Assert.Equal("A - 0 0 0 0", OwnCases.Assessment(await OwnCases.RequestOfAsync(conceded)));

        var agreed = Issue(Disputed.Obliged(Disputed.NoPlan(), StartEvent.AgreementReached, Remedy.MakePlan));
        agreed.Do(new NoteMediation(MediationStep.CarriedOut, agreed.Today));
        Assert.Equal($"{NoPlan} 1 0 0 0", OwnCases.Assessment(await OwnCases.RequestOfAsync(agreed)));
    }

    [Theory]
    [InlineData(StartEvent.TribunalOrder, "0 1")]
    [InlineData(StartEvent.AgreementReached, "1 0")]
    public async Task A_dispute_about_the_plan_itself_is_one_about_something_else(StartEvent by, string flags)
    {
        var request = await OwnCases.RequestOfAsync(Disputed.Obliged(Disputed.Issued(), by, Remedy.AmendContents));

        Assert.Equal("Y 2026-01-05 0 0", OwnCases.Request(request));
        Assert.Equal(flags, OwnCases.Items(request.Element("Assessment"), "OtherMediation", "OtherTribunal"));
        Assert.Equal("0 0", OwnCases.Items(request.Element("Assessment"), "AssessmentMediation", "AssessmentTribunal"));
    }

    [Fact]
    public async Task An_appeal_against_a_refusal_and_a_later_one_about_the_plan_set_each_its_own_flag()
    {
        var life = Issue(Disputed.Obliged(Disputed.NoPlan(), StartEvent.TribunalOrder, Remedy.MakePlan));
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));

        Assert.Equal($"{NoPlan} 0 1 0 1", OwnCases.Assessment(await OwnCases.RequestOfAsync(life)));
    }

    [Fact]
    public async Task A_re_assessment_leaves_the_decisions_and_the_first_day_of_the_plan_as_they_were()
    {
        var issued = Disputed.Issued();
        var before = await OwnCases.RequestOfAsync(issued);
        var life = Disputed.Obliged(issued, StartEvent.TribunalOrder, Remedy.Reassess);
        life.On(life.Today.AddDays(60)).Do(new DecideOnPlan(true, "The new advice shows further needs.", "Not waited for.")).HandOverAll();

        var after = await OwnCases.RequestOfAsync(life);

        Assert.Equal((OwnCases.Request(before), OwnCases.Plan(before)), (OwnCases.Request(after), OwnCases.Plan(after)));
        Assert.Equal("Y", OwnCases.Items(after.Element("Assessment"), "AssessmentOutcome"));
        Assert.Equal("0 1", OwnCases.Items(after.Element("Assessment"), "AssessmentTribunal", "OtherTribunal"));
        Assert.Single(after.Elements("Assessment"));
    }

    [Fact]
    public async Task A_decision_that_was_referred_back_and_made_again_is_told_as_it_was_made_first()
    {
        var life = Disputed.Obliged(Disputed.Refused(), StartEvent.TribunalOrder, Remedy.Reconsider);
        var open = await OwnCases.RequestOfAsync(life);
        Assert.Equal(($"{Refused} 0 1", null), (OwnCases.Request(open), open.Element("Assessment")));

        life.On(life.Today.AddDays(5)).Do(new DecideWhetherToAssess(false, "Still not necessary.")).HandOverAll();
        var refused = await OwnCases.RequestOfAsync(life);
        Assert.Equal(($"{Refused} 0 1", null), (OwnCases.Request(refused), refused.Element("Assessment")));
    }

    [Fact]
    public async Task A_request_that_is_withdrawn_while_its_refusal_is_reconsidered_tells_of_no_assessment()
    {
        var life = Disputed.Obliged(Disputed.Refused(), StartEvent.TribunalOrder, Remedy.Reconsider);
        life.On(life.Today.AddDays(5)).Do(new WithdrawRequest(life.Today, "They will wait."));

        var request = await OwnCases.RequestOfAsync(life);

        Assert.Equal(($"{Refused} 0 1", null), (OwnCases.Request(request), request.Element("Assessment")));
        Assert.DoesNotContain(await OwnCases.FaultsOfAsync(life), fault => fault.Finding.Code == Sen2Rules.AfterTheEndCode);
    }

    [Fact]
    public async Task A_refusal_that_the_council_took_back_itself_has_no_flag_and_is_a_doubt_that_nobody_needs_to_mend()
    {
        var life = Disputed.Refused();
        life.On(life.Today.AddDays(20)).Do(new ReverseRefusal(life.Today, "New advice."));

        var request = await OwnCases.RequestOfAsync(life);
        Assert.Equal(($"{Refused} 0 0", "A - 0 0 0 0"), (OwnCases.Request(request), OwnCases.Assessment(request)));

        var fault = Assert.Single(await OwnCases.FaultsOfAsync(life), fault => fault.Finding.Code == Sen2Rules.AfterTheEndCode);
        Assert.Equal(Sen2Severity.Doubt, fault.Finding.Severity);
        Assert.Contains("The council withdrew its refusal", fault.Finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_was_recorded_by_mistake_sets_no_flag_and_one_of_another_day_counts_in_the_year_of_that_day()
    {
        var life = Disputed.Refused();
        var on = life.On(life.Today.AddDays(20)).Today;
        life.Do(new NoteAppeal(AppealStep.Registered, on));
        Assert.Equal($"{Refused} 0 1", OwnCases.Request(await OwnCases.RequestOfAsync(life)));

        life.Do(new CorrectRecord(MistakenRecord.Appeal, on, "It was another child's.", null, "registered"));
        Assert.Equal($"{Refused} 0 0", OwnCases.Request(await OwnCases.RequestOfAsync(life)));

        var late = Disputed.Refused();
        late.On(new DateOnly(2027, 1, 12)).Do(new NoteMediation(MediationStep.Ended, new DateOnly(2026, 12, 30)));
        Assert.Equal($"{Refused} 1 0", OwnCases.Request(await OwnCases.RequestOfAsync(late)));
        late.Do(new CorrectRecord(MistakenRecord.Mediation, new DateOnly(2026, 12, 30), "It was in January.", new DateOnly(2027, 1, 11), "ended"));
        Assert.Equal($"{Refused} 0 0", OwnCases.Request(await OwnCases.RequestOfAsync(late)));
    }

    /// <summary>The draft is made, and its final plan is sent to everybody.</summary>
    private static Life Issue(Life life)
    {
        life.Do(new PrepareDraft()).HandOverAll();
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        return life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One")).HandOverAll();
    }
}
