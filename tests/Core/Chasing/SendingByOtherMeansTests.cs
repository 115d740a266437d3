using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>What found no channel was not sent, and nothing may say that it was.</summary>
public class SendingByOtherMeansTests
{
    private const string Id = "medical-1";

    public static MatrixTheoryData<RequestStatus, string> Ends => new(
        [RequestStatus.Declined, RequestStatus.Received, RequestStatus.Withdrawn], ["request", "reminder", "escalation"]);

    [Fact]
    public void A_request_without_a_channel_stays_open_until_a_person_records_that_it_was_sent()
    {
        var life = Unsent();

        Assert.Equal((RequestStatus.Requested, (DateOnly?)null), (Request(life).Status, Request(life).ReceivedByBodyOn));
        Assert.Equal(life.Today, Request(life).NotSentOn);
        Assert.Contains("no channel", Assert.Single(life.State.Attention, a => a.Id == $"send-{Id}").Text, StringComparison.Ordinal);
        Assert.Empty(life.State.FailedEffects);

        life.Refused("text-missing", new RecordRequestSent(Id, life.Today, " "));
        life.Refused("unknown-request", new RecordRequestSent("medical-9", life.Today, "By post."));
        life.On(life.Today.AddDays(2)).Do(new RecordRequestSent(Id, life.Today.AddDays(-1), "Recorded post."));

        Assert.Equal((RequestStatus.Requested, (DateOnly?)null), (Request(life).Status, Request(life).NotSentOn));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"send-{Id}");
        life.Refused("already-sent", new RecordRequestSent(Id, life.Today, "Again."));
        life.Do(new AcknowledgeAdviceRequest(Id, life.Today), Cases.As(Cases.Hospital));
        Assert.Equal(life.Today, Request(life).ReceivedByBodyOn);
        life.Refused("request-not-there", new RecordRequestSent(Id, life.Today, "By post."));
    }

    [Fact]
    public void The_six_weeks_run_from_the_day_of_receipt_that_a_person_records()
    {
        var life = Unsent();
        var received = life.Today.AddDays(3);

        life.On(received).Do(new RecordRequestSent(Id, received.AddDays(-1), "By hand.", received));

        Assert.Equal((RequestStatus.Delivered, received), (Request(life).Status, Request(life).ReceivedByBodyOn));
        Assert.Equal(received.AddDays(42), Limits.Of(life.State, life.Today, Cases.Rules).Single(l => l.Limit.Key == $"advice:{Id}").Limit.Due);
    }

    [Theory]
    [InlineData(RequestStatus.Acknowledged)]
    [InlineData(RequestStatus.Accepted)]
    [InlineData(RequestStatus.Declined)]
    [InlineData(RequestStatus.Received)]
    [InlineData(RequestStatus.Withdrawn)]
    public void A_request_that_went_on_waits_for_nobody_to_send_it(RequestStatus to)
    {
        var life = Unsent();

        _ = to switch
        {
            RequestStatus.Acknowledged => life.Do(new AcknowledgeAdviceRequest(Id), Cases.As(Cases.Hospital)),
            RequestStatus.Accepted => life.Do(new AcceptAdviceRequest(Id), Cases.As(Cases.Hospital)),
            RequestStatus.Declined => life.Do(new DeclineAdviceRequest(Id, "No capacity."), Cases.As(Cases.Hospital)),
            RequestStatus.Received => life.Do(new SubmitAdvice(Id, Cases.Content(life.Today, Id)), Cases.As(Cases.Hospital)),
            _ => life.Do(new WithdrawAdviceRequest(Id, "No longer needed.")),
        };

        Assert.Equal(to, Request(life).Status);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"send-{Id}");
    }

    /// <summary>Every kind of news for an agency x the request never sent, or sent by a person.</summary>
    [Theory]
    [InlineData("reminder", false)]
    [InlineData("reminder", true)]
    [InlineData("escalation", false)]
    [InlineData("escalation", true)]
    [InlineData("withdrawal", false)]
    [InlineData("withdrawal", true)]
    [InlineData("correction", false)]
    [InlineData("correction", true)]
    [InlineData("return", true)]
    [InlineData("request", true)]
    public void News_without_a_channel_asks_a_person_once_and_is_no_failure(string news, bool sent)
    {
        var life = Unsent();
        if (sent)
        {
            life.Do(new RecordRequestSent(Id, life.Today, "By post."));
        }

        if (news == "withdrawal")
        {
            life.Do(new WithdrawAdviceRequest(Id, "No longer needed."));
        }

        var before = life.State.Attention.Count;
        foreach (var n in Enumerable.Range(1, 5))
        {
            Settle(life, news switch
            {
                "reminder" => new SendReminder(Id, Cases.Hospital.Id, $"remind-{n}"),
                "escalation" => new SendEscalation(Id, Cases.Hospital.Id, $"escalate-{n}", "commissioner"),
                "withdrawal" => new SendWithdrawal(Id, Cases.Hospital.Id),
                "correction" => new SendCorrection(Id, Cases.Hospital.Id),
                "return" => new ReturnAdviceToAuthor(Id, Cases.Hospital.Id),
                _ => new SendAdviceRequest(Id, Cases.Hospital.Id),
            });
        }

        // Before it was sent there is nothing to tell but that it must be sent, and that waits for a person already.
        Assert.Equal(before + (sent ? 1 : 0), life.State.Attention.Count);
        Assert.Empty(life.State.FailedEffects);
        Assert.DoesNotContain(life.Events, e => e is EffectFailed);
        Assert.Equal(news is "reminder" or "escalation" ? 5 : 0, life.Events.Count(e => e is ChaseNotSent));
        Assert.Null(Request(life).ReceivedByBodyOn);
    }

    /// <summary>Every way in which a request ends x what the hub may still have been about to say, which is found to have no channel afterwards.</summary>
    [Theory]
    [MemberData(nameof(Ends))]
    public void What_is_not_awaited_any_more_is_asked_of_nobody(RequestStatus to, string news)
    {
        var life = Life.Assessing(_ => EffectOutcome.Done);
        _ = to switch
        {
            RequestStatus.Declined => life.Do(new DeclineAdviceRequest(Id, "No capacity."), Cases.As(Cases.Hospital)),
            RequestStatus.Received => life.Do(new SubmitAdvice(Id, Cases.Content(life.Today, Id)), Cases.As(Cases.Hospital)),
            _ => life.Do(new WithdrawAdviceRequest(Id, "No longer needed.")),
        };
        var before = life.State.Attention.Select(a => a.Id).ToList();

        Settle(life, news switch
        {
            "reminder" => new SendReminder(Id, Cases.Hospital.Id, "remind-1"),
            "escalation" => new SendEscalation(Id, Cases.Hospital.Id, "escalate-1", "commissioner"),
            _ => new SendAdviceRequest(Id, Cases.Hospital.Id),
        });

        Assert.Equal(before, life.State.Attention.Select(a => a.Id));
        Assert.Null(Request(life).NotSentOn);
    }

    private static AdviceRequest Request(Life life) => life.State.Requests.Single(r => r.Id == Id);

    private static void Settle(Life life, Effect effect) =>
        life.Do(new EffectSettled("330-X/9/1", effect, EffectOutcome.NoChannel, life.Today, "No way."), Actor.TheHub);

    private static Life Unsent() => Life.Assessing(effect => effect is SendAdviceRequest { RequestId: Id } ? EffectOutcome.NoChannel : EffectOutcome.Done);
}
