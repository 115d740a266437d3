using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>What a return tells of a plan's later life, from cases that were lived here: reviews, ceasing, handing on.</summary>
public sealed class LaterLifeInReturnTests
{
    [Theory]
    [InlineData(ReviewChoice.Keep)]
    [InlineData(ReviewChoice.Amend)]
    public async Task A_review_is_told_with_its_meeting_its_proposal_and_the_day_on_which_all_were_told(ReviewChoice choice)
    {
        var life = Reviewed.Held(Reviewed.Arranged(Disputed.Issued(Disputed.ByPost), daysAfterPlan: 100));
        var held = life.Today;
        Assert.Equal($"{held:yyyy-MM-dd} - -", await ReviewAsync(life));

        if (choice == ReviewChoice.Amend)
        {
            Amended.Edited(life);
        }

        Reviewed.Decided(life, choice, 5);
        var told = life.Today;

        var draft = choice == ReviewChoice.Amend ? $"{told:yyyy-MM-dd}" : "-";
        Assert.Equal($"{held:yyyy-MM-dd} {draft} {told:yyyy-MM-dd}", await ReviewAsync(life));
    }

    [Fact]
    public async Task A_decision_after_a_review_that_was_not_sent_to_everybody_is_no_completed_review()
    {
        var life = Reviewed.Held(Reviewed.Arranged(Disputed.Issued(Disputed.ByPost), daysAfterPlan: 100));
        var held = life.Today;
        life.On(held.AddDays(5)).Do(Reviewed.Decision(ReviewChoice.Keep));

        Assert.Equal($"{held:yyyy-MM-dd} - -", await ReviewAsync(life));
    }

    [Fact]
    public async Task A_review_after_the_census_is_not_told_and_the_one_before_it_is()
    {
        var life = Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(Disputed.Issued(), daysAfterPlan: 100)), ReviewChoice.Keep, 5);
        var before = await ReviewAsync(life);
        life.On(new(2026, 12, 20)).Do(new ArrangeReview(new(2027, 1, 28), ReviewArranger.School, Reviewed.Everyone));
        Reviewed.Held(life);

        Assert.Equal(before, await ReviewAsync(life));
    }

    [Fact]
    public async Task A_plan_that_ceased_is_told_with_its_day_and_its_reason_and_is_no_longer_active()
    {
        var life = Amended.ToCease(Disputed.Issued());
        Assert.NotNull((await OwnCases.RequestOfAsync(life)).Element("ActivePlans"));

        life.On(CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value.AddDays(1)).Do(new RecordPlanCeased(life.Today));
        var request = await OwnCases.RequestOfAsync(life);

        Assert.Equal($"{life.State.FinalPlanSentOn:yyyy-MM-dd} {life.Today:yyyy-MM-dd} 3", OwnCases.Plan(request));
        Assert.Null(request.Element("ActivePlans"));
    }

    [Fact]
    public async Task After_a_death_the_reason_is_that()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(10)).Do(new RecordPlanCeased(life.Today, Died: true));

        Assert.Equal($"{life.State.FinalPlanSentOn:yyyy-MM-dd} {life.Today:yyyy-MM-dd} 8", OwnCases.Plan(await OwnCases.RequestOfAsync(life)));

        // It was another child: the plan is in force, and no end is told.
        life.Do(new CorrectRecord(MistakenRecord.Ceasing, life.Today, "Another child died."));
        var request = await OwnCases.RequestOfAsync(life);
        Assert.NotNull(request.Element("ActivePlans"));
        Assert.Equal($"{life.State.FinalPlanSentOn:yyyy-MM-dd} - -", OwnCases.Plan(request));
    }

    [Fact]
    public async Task A_request_that_was_not_withdrawn_after_all_is_told_as_under_way()
    {
        var life = Life.Assessing().On(Cases.Received.AddDays(20));
        var before = (await OwnCases.RequestOfAsync(life)).ToString();
        life.Do(new WithdrawRequest(life.Today, "We manage."));
        Assert.NotEqual(before, (await OwnCases.RequestOfAsync(life)).ToString());

        life.Do(new CorrectRecord(MistakenRecord.Withdrawal, life.Today, "It was another child's."));

        Assert.Equal(before, (await OwnCases.RequestOfAsync(life)).ToString());
    }

    [Theory]
    [InlineData(CeasingReason.MaximumAge, "1")]
    [InlineData(null, "9")]
    public async Task After_a_review_the_reason_is_the_one_that_was_given_and_none_is_taken_from_a_ceasing_that_did_not_come(CeasingReason? given, string told)
    {
        // It was considered once, for higher education, and the plan was kept.
        var life = Amended.Considered(Disputed.Issued(), daysAfterPlan: 20);
        life.On(life.Today.AddDays(22)).Do(new DecideOnCeasing(false, "The place was given up."));
        Reviewed.Decided(Reviewed.Held(Reviewed.Arranged(life, daysAfterPlan: 20)), ReviewChoice.Cease, 5);
        life.On(CeasingPlan.MaintainedUntil(life.State, life.Rules)!.Value.AddDays(1));
        life.Refused("reason-unclear", new RecordPlanCeased(life.Today, Reason: CeasingReason.Died));
        life.Refused("move-instead", new RecordPlanCeased(life.Today, Reason: CeasingReason.Transferred));
        life.Do(new RecordPlanCeased(life.Today, Reason: given));

        Assert.Equal(told, OwnCases.Items((await OwnCases.RequestOfAsync(life)).Descendants("NamedPlan").Single(), "CeaseReason"));
    }

    [Fact]
    public async Task A_plan_that_was_handed_on_to_another_council_ends_here_for_that_reason()
    {
        var life = Disputed.Issued();
        life.On(life.Today.AddDays(60)).Do(new RecordAct(Act.PlanHandedOn, life.Today, "Sent to council 331 with its advice."));
        var request = await OwnCases.RequestOfAsync(life);
        Assert.Equal($"{life.State.FinalPlanSentOn:yyyy-MM-dd} {life.Today:yyyy-MM-dd} 5", OwnCases.Plan(request));
        Assert.Null(request.Element("ActivePlans"));

        life.Do(new CorrectRecord(MistakenRecord.Act, life.Today, "It was another child's.", null, "planHandedOn"));
        Assert.NotNull((await OwnCases.RequestOfAsync(life)).Element("ActivePlans"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2027-09-01")]
    public async Task The_place_is_the_one_that_the_plan_named_on_the_day_of_the_census(string? from)
    {
        DateOnly? first = from is null ? null : DateOnly.ParseExact(from, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var life = Amended.Proposed(Disputed.Issued());
        life.Do(new ConsultInstitution(Cases.School, life.Today)).Do(new NamePlacement("Mainstream primary school", Cases.School, From: first));
        Assert.Equal("100002", await NamedAsync(life));

        Amended.Finalised(life);
        Assert.Equal(first is null ? "100001" : "100002", await NamedAsync(life));
    }

    private static async Task<string> NamedAsync(Life life) => OwnCases.Items((await OwnCases.RequestOfAsync(life)).Descendants("PlanDetail").Single(), "URN");

    private static async Task<string> ReviewAsync(Life life) =>
        OwnCases.Items((await OwnCases.RequestOfAsync(life)).Element("ActivePlans"), "ReviewMeeting", "ReviewDraft", "LastReview");
}
