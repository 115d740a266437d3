using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.PersonalData.Retention;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.PersonalData;

/// <summary>Why a case must not be erased yet.</summary>
public sealed class RetentionHoldTests
{
    [Theory]
    [InlineData(true, AppealStep.Registered)]
    [InlineData(true, AppealStep.Registered, AppealStep.Registered, AppealStep.Dismissed)]
    [InlineData(false, AppealStep.Registered, AppealStep.Withdrawn)]
    [InlineData(false, AppealStep.Registered, AppealStep.Conceded, AppealStep.Ordered)]
    public async Task A_case_is_kept_while_one_of_its_appeals_is_not_decided(bool kept, params AppealStep[] steps)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var day = new DateOnly(2026, 6, 10);
        var state = (await hub.Store.LoadAsync(id, TestContext.Current.CancellationToken)).State with { Appeal = [.. steps.Select(step => new RecordedAppealStep(step, day))] };

        var row = RetentionList.Requested(state, hub.Part<RuleBook>().For(id), null, day);

        Assert.Equal(kept, row.HeldBy.Contains("an appeal has not been decided"));
    }

    [Fact]
    public void The_time_until_a_case_is_erased_does_not_run_from_an_end_that_was_taken_back()
    {
        var withdrawn = Life.Assessing().Do(new WithdrawRequest(Cases.Received, "We manage."));
        Assert.Equal(Cases.Received, RetentionList.EndedOn(withdrawn.State));
        withdrawn.Do(new CorrectRecord(MistakenRecord.Withdrawal, Cases.Received, "It was another child's."));
        Assert.Null(RetentionList.EndedOn(withdrawn.State));
        Assert.Contains("the case is open", RetentionList.Requested(withdrawn.State, withdrawn.Rules, null, withdrawn.Today).HeldBy);

        var ceased = Disputed.Issued();
        ceased.Do(new RecordPlanCeased(ceased.Today, Died: true));
        Assert.Equal(ceased.Today, RetentionList.EndedOn(ceased.State));
        ceased.Do(new CorrectRecord(MistakenRecord.Ceasing, ceased.Today, "It was another child's."));
        Assert.Null(RetentionList.EndedOn(ceased.State));
    }
}
