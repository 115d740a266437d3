using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>An adviser that declined, perhaps by mistake, and then says that it will answer.</summary>
public class DeclinedTests
{
    private const string Medical = "medical-1";

    [Fact]
    public void The_request_is_open_again_with_its_limit_and_an_officer_is_told()
    {
        var life = Declined();
        var limit = Limits.Of(Life.Assessing().State, life.Today, life.Rules).Single(l => l.Limit.Key == $"advice:{Medical}").Limit.Due;
        Assert.Contains(life.State.Attention, a => a.Id == $"declined-{Medical}");

        life.Do(new AcceptAdviceRequest(Medical, life.Today.AddDays(9)), Cases.As(Cases.Hospital));

        var request = Of(life, Medical);
        Assert.Equal((RequestStatus.Accepted, life.Today.AddDays(9)), (request.Status, request.ExpectedOn));
        var again = Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == $"advice:{Medical}");
        Assert.Equal((LimitStatus.Open, limit), (again.Standing, again.Limit.Due));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"declined-{Medical}");
        Assert.Contains("withdraw the request", Assert.Single(life.State.Attention, a => a.Id == $"after-all-{Medical}").Text, StringComparison.Ordinal);

        life.Do(new SubmitAdvice(Medical, Cases.Content(life.Today)), Cases.As(Cases.Hospital));
        Assert.Equal(RequestStatus.Received, Of(life, Medical).Status);
    }

    [Fact]
    public void An_officer_is_told_whom_else_the_council_asked()
    {
        var life = Declined().Do(new RequestAdvice(AdviceKind.Medical, Cases.Psychology, "The first declined.", Medical));

        life.Do(new AcceptAdviceRequest(Medical), Cases.As(Cases.Hospital));

        Assert.All([Medical, "medical-2"], id => Assert.True(Of(life, id).IsOpen));
        Assert.Contains($"{Cases.Psychology.Name} (medical-2)", Assert.Single(life.State.Attention, a => a.Id == $"after-all-{Medical}").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adviser_that_was_asked_again_answers_the_later_request()
    {
        var life = Declined().Do(new RequestAdvice(AdviceKind.Medical, Cases.Hospital, "It is known there.", Medical));

        var decision = life.Try(new AcceptAdviceRequest(Medical), Cases.As(Cases.Hospital));

        Assert.Equal("asked-again", decision.Refusal?.Code);
        Assert.Contains("medical-2", decision.Refusal!.Reason, StringComparison.Ordinal);
        Assert.Equal(RequestStatus.Declined, Of(life, Medical).Status);
    }

    [Fact]
    public void A_request_that_the_council_withdrew_is_not_opened_by_the_adviser() =>
        Declined().Do(new WithdrawAdviceRequest(Medical, "Not needed.")).Refused("request-not-there", new AcceptAdviceRequest(Medical), Cases.As(Cases.Hospital));

    private static Life Declined() =>
        Life.Assessing().On(Cases.Received.AddDays(10)).Do(new DeclineAdviceRequest(Medical, "Not known to us."), Cases.As(Cases.Hospital)).On(Cases.Received.AddDays(12));

    private static AdviceRequest Of(Life life, string id) => life.State.Requests.Single(r => r.Id == id);
}
