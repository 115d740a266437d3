using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Messages.Tests.Bus;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>What becomes of each kind of message.</summary>
public sealed class ReceivingTests
{
    private static readonly BusVerdict Complete = new(Settlement.Complete);
    private static readonly AdviceContent Advice = SampleMessages.Advice with { Attachments = [] };

    private readonly Receiver hub = new();

    [Fact]
    public async Task Answers_become_inputs_once_however_often_they_come()
    {
        var id = await hub.AskedAsync("a");
        for (var times = 0; times < 3; times++)
        {
            Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Acknowledged(id), "ack")));
            Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Submitted(id), "submit")));
            hub.Time.Advance(TimeSpan.FromDays(15));
        }

        var state = await hub.StateAsync(id);
        Assert.Single(state.Advice);
        Assert.Equal(RequestStatus.Received, state.Requests.Single(request => request.Id == "educational-1").Status);
        Assert.Empty(hub.Told);
    }

    [Fact]
    public async Task A_step_that_was_overtaken_is_no_fault_of_the_sender()
    {
        var id = await hub.AskedAsync("a");

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Submitted(id), "submit")));
        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Acknowledged(id), "ack")));

        Assert.Equal(RequestStatus.Received, (await hub.StateAsync(id)).Requests.Single(request => request.Id == "educational-1").Status);
    }

    [Fact]
    public async Task Another_message_under_a_used_id_is_refused()
    {
        var id = await hub.AskedAsync("a");
        await hub.ReceiveAsync(Receiver.Arrival(Acknowledged(id), "one"));

        Assert.Equal("EventIdReused", (await hub.ReceiveAsync(Receiver.Arrival(Submitted(id), "one"))).Reason);
    }

    [Theory]
    [InlineData("medical-1", "urn:100001", "NotAsked")]
    [InlineData("socialCare-1", "urn:100001", "NotAsked")]
    [InlineData("educational-1", "ods:RX1", "NotABusAgency")]
    public async Task Whoever_was_not_asked_learns_nothing(string request, string agency, string reason)
    {
        var id = await hub.AskedAsync("a");
        var message = Acknowledged(id) with { Request = request, Agency = SampleMessages.Parse<AgencyId>(agency) };
        var elsewhere = message with { Assessment = AssessmentId.For(Receiver.Council, "no such assessment") };

        var here = await hub.ReceiveAsync(Receiver.Arrival(message, "here"));

        Assert.Equal(reason, here.Reason);
        Assert.Equal(here, await hub.ReceiveAsync(Receiver.Arrival(elsewhere, "elsewhere")));
    }

    [Fact]
    public async Task The_key_that_a_message_came_with_decides_who_speaks_and_who_is_told()
    {
        var id = await hub.AskedAsync("a");
        var arrival = Receiver.Arrival(Acknowledged(id), "one") with { SentBy = BusEntities.SubscriptionName(Receiver.SocialCare) };

        Assert.Equal("NotTheSender", (await hub.ReceiveAsync(arrival)).Reason);
        Assert.Equal(Complete, await hub.ReceiveAsync(arrival with { SentBy = BusEntities.SubscriptionName(Receiver.School) }));

        var (entity, told) = Assert.Single(hub.Told);
        Assert.Equal((BusEntities.AssessmentStatus.Name, Receiver.SocialCare.Value), (entity, told.Extensions[CloudEvent.AgencyAttribute]));
        var rejected = Assert.IsType<MessageRejected>(MessageReader.Read(told).Value);
        Assert.Equal(("one", BusEntities.AdviceResponses.Name), (rejected.MessageId, rejected.Entity));
        Assert.StartsWith("NotTheSender: ", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_that_cannot_be_told_now_is_told_later_and_in_the_end_not()
    {
        hub.Sending = EffectResult.Transient("the line is down");
        var bad = Receiver.Arrival(Acknowledged(AssessmentId.For(Receiver.Council, "none")), "bad");

        Assert.Equal(Settlement.Abandon, (await hub.ReceiveAsync(bad)).Settlement);
        Assert.Equal(Settlement.DeadLetter, (await hub.ReceiveAsync(bad with { DeliveryCount = 6 })).Settlement);
        Assert.Single(hub.Told.Select(told => told.Event.Id).Distinct());
    }

    [Fact]
    public async Task Documents_are_checked_against_what_was_uploaded()
    {
        var id = await hub.AskedAsync("a");
        var bytes = Encoding.UTF8.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
        using var stream = new MemoryStream(bytes);
        var kept = await new Functions.Plans.Keeping.AttachmentStore(hub.Documents, new Functions.Plans.Keeping.KeepingRules())
            .KeepAsync(id, "report.pdf", "application/pdf", stream, TestContext.Current.CancellationToken);
        var reference = kept.Value!;

        Assert.Equal("AttachmentMissing", (await Send(reference with { Sha256 = new string('a', 64) }, "1")).Reason);
        Assert.Equal("AttachmentMismatch", (await Send(reference with { Size = 1 }, "2")).Reason);
        hub.Documents.IsAway = true;
        Assert.Equal(Settlement.Abandon, (await Send(reference, "3")).Settlement);
        hub.Documents.IsAway = false;
        Assert.Equal(Complete, await Send(reference, "3"));

        Task<BusVerdict> Send(AttachmentRef attachment, string messageId) =>
            hub.ReceiveAsync(Receiver.Arrival(Submitted(id) with { Advice = Advice with { Attachments = [attachment] } }, messageId));
    }

    [Fact]
    public async Task A_pushed_assessment_with_one_certain_match_is_attached_as_existing_advice()
    {
        var id = await hub.AskedAsync("a");
        await hub.AskedAsync("b", child => child with { NhsNumber = SampleMessages.Parse<NhsNumber>("9000000009"), GivenName = "Bea" });

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));
        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));

        var existing = Assert.Single((await hub.StateAsync(id)).Existing);
        Assert.Equal((Receiver.SocialCare, false), (existing.Agency.Id, existing.ReliedOn));
        Assert.Empty(hub.Told);
        Assert.Contains("\"end\":\"attached\"", await RecordAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_or_doubtful_matches_wait_for_a_person()
    {
        var first = await hub.AskedAsync("a");
        var second = await hub.AskedAsync("b");

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));

        foreach (var id in new[] { first, second })
        {
            var state = await hub.StateAsync(id);
            Assert.Empty(state.Existing);
            Assert.Contains(state.Attention, attention => attention.Id.StartsWith("pushed-", StringComparison.Ordinal));
        }

        Assert.Single(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_birthday_under_the_same_number_is_a_doubt()
    {
        var id = await hub.AskedAsync("a");

        await hub.ReceiveAsync(Receiver.Arrival(Pushed() with { Child = SampleMessages.Child with { DateOfBirth = new DateOnly(2016, 5, 4) } }, "push"));

        var state = await hub.StateAsync(id);
        Assert.Empty(state.Existing);
        Assert.Single(state.Attention, attention => attention.Id.StartsWith("pushed-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_without_a_case_waits_for_the_request_that_may_follow()
    {
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push"));
        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);
        var id = await hub.AskedAsync("later");

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.Single((await hub.StateAsync(id)).Existing);
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_nobody_claims_is_deleted_in_time_and_that_is_on_record()
    {
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push"));
        hub.Time.Advance(TimeSpan.FromDays(28));

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
        var record = await RecordAsync();
        Assert.Contains("\"end\":\"deleted\"", record, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", record, StringComparison.Ordinal);

        // A repeat after that is one, however late.
        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closure_that_meets_the_window_is_proposed_and_never_claimed()
    {
        // Asked on 10 June; a closure of four weeks counts when the advice was asked for from one week before it on (reg 10(4)(a), 13(3)(a)).
        var id = await hub.AskedAsync("a");

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Closed(new DateOnly(2026, 6, 15), new DateOnly(2026, 8, 3)), "long")));
        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Closed(new DateOnly(2026, 6, 15), new DateOnly(2026, 6, 19)), "short")));

        var state = await hub.StateAsync(id);
        Assert.Empty(state.Exceptions);
        Assert.Single(state.Attention, attention => attention.Id.StartsWith("closure-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closure_published_before_the_school_was_asked_reaches_the_assessment_all_the_same()
    {
        await hub.ReceiveAsync(Receiver.Arrival(Closed(new DateOnly(2026, 6, 15), new DateOnly(2026, 8, 3)), "early"));
        var id = await hub.AskedAsync("a");

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);
        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.Single((await hub.StateAsync(id)).Attention, attention => attention.Id.StartsWith("closure-", StringComparison.Ordinal));
    }

    private async Task<string> RecordAsync()
    {
        var name = Assert.Single(hub.Documents.Names, name => name.StartsWith("held/ended/", StringComparison.Ordinal));
        return Encoding.UTF8.GetString((await hub.Documents.ReadAsync(name, TestContext.Current.CancellationToken)).Value!.Bytes);
    }

    private static AdviceAcknowledged Acknowledged(AssessmentId id) =>
        new() { Assessment = id, Request = "educational-1", Agency = Receiver.School, ReceivedAt = new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero) };

    private static AdviceSubmitted Submitted(AssessmentId id) => new() { Assessment = id, Request = "educational-1", Agency = Receiver.School, Advice = Advice };

    private static AssessmentPushed Pushed() =>
        new() { Agency = Receiver.SocialCare, Reference = "S-17", Kind = AdviceKind.SocialCare, Child = SampleMessages.Child, CompletedOn = new DateOnly(2026, 1, 5), Advice = Advice };

    private static SchoolClosurePublished Closed(DateOnly from, DateOnly reopens) =>
        new() { School = Receiver.School, Reference = "C-3", ClosedFrom = from, ReopensOn = reopens, Reason = "building works" };
}
