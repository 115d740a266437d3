using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Hub.Tests.Plans.Reading;
using IntegrationHub.Messages.Tests.Bus;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>What happens to each kind of message.</summary>
public sealed class ReceivingTests
{
    private static readonly BusDecision Complete = new(Settlement.Complete);
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
    public async Task An_answer_to_a_re_assessment_enters_its_round_and_one_to_a_round_that_has_ended_is_refused()
    {
        var id = await hub.AskedAgainAsync("a");
        var social = new AdviceSubmitted { Assessment = id, Request = "socialCare-1", Agency = Receiver.SocialCare, Advice = Advice };

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Submitted(id), "school")));
        Assert.Equal(("educational-1", 1), Assert.Single((await hub.StateAsync(id)).Advice) is var first ? (first.RequestId, first.Reassessment!.Value) : default);

        await hub.DoAsync(id, new DecideOnPlan(false, "The plan still fits.", "Social care did not answer."));
        foreach (var letter in (await hub.StateAsync(id)).Notices.Where(n => n.SentOn is null).ToList())
        {
            await hub.DoAsync(id, new RecordNoticeSent(letter.Id, new DateOnly(2026, 6, 10), NoticeChannel.ByHand));
        }

        hub.Time.Advance(TimeSpan.FromDays(1));
        await hub.DoAsync(id, new AgreeReassessment("More has changed."));
        var late = await hub.ReceiveAsync(Receiver.Arrival(social, "late"));
        Assert.Equal(Settlement.DeadLetter, late.Settlement);
        Assert.StartsWith("The re-assessment for which the advice was requested has ended.", late.Description, StringComparison.Ordinal);
        Assert.Single((await hub.StateAsync(id)).Advice);

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(social with { Request = "socialCare-2" }, "now")));
        Assert.Equal(["educational-1", "socialCare-2"], (await hub.StateAsync(id)).Advice.Select(a => a.RequestId!));
        Assert.Equal(2, (await hub.StateAsync(id)).Advice[1].Reassessment);
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
    public async Task Two_bad_messages_without_a_usable_id_are_told_of_twice_and_one_that_comes_again_once()
    {
        var none = AssessmentId.For(Receiver.Council, "none");
        var first = Receiver.Arrival(Acknowledged(none), new string('x', 129)) with { MessageId = null };
        var second = Receiver.Arrival(Acknowledged(none), new string('y', 129)) with { MessageId = null };
        var third = Receiver.Arrival(Acknowledged(none) with { ReceivedAt = Acknowledged(none).ReceivedAt.AddMinutes(1) }, new string('y', 129)) with { MessageId = null };

        foreach (var bad in (ReceivedBusMessage[])[first, second, third, first with { DeliveryCount = 2 }])
        {
            Assert.Equal(Settlement.DeadLetter, (await hub.ReceiveAsync(bad with { SentBy = BusEntities.SubscriptionName(Receiver.School) })).Settlement);
        }

        var ids = hub.Told.Select(told => told.Event.Id).ToList();
        Assert.Equal(4, ids.Count);
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[0], ids[3]);
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
    public async Task At_its_last_delivery_what_cannot_be_taken_in_is_a_dead_letter_of_which_its_sender_hears()
    {
        hub.Documents.IsAway = true;
        var push = Receiver.Arrival(UnsolicitedTests.Pushed(), "push");

        Assert.Equal(Settlement.Abandon, (await hub.ReceiveAsync(push with { DeliveryCount = BusEntities.AssessmentsPushed.MaxDeliveryCount - 1 })).Settlement);
        Assert.Empty(hub.Told);
        var last = await hub.ReceiveAsync(push with { DeliveryCount = BusEntities.AssessmentsPushed.MaxDeliveryCount });

        Assert.Equal((Settlement.DeadLetter, "MaxDeliveryCountExceeded"), (last.Settlement, last.Reason));
        Assert.StartsWith("MaxDeliveryCountExceeded: ", Assert.IsType<MessageRejected>(MessageReader.Read(Assert.Single(hub.Told).Event).Value).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_what_lapsed_on_the_bus_its_sender_hears_once()
    {
        hub.Lapsed.Add(new ExpiredMessage(7, Receiver.Arrival(UnsolicitedTests.Pushed(), "late") with { SentBy = BusEntities.SubscriptionName(Receiver.SocialCare) }));
        hub.Sending = EffectResult.Transient("the line is down");
        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);
        hub.Sending = EffectResult.Done();

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);
        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, hub.Told.Count);
        var told = Assert.IsType<MessageRejected>(MessageReader.Read(hub.Told.Last().Event).Value);
        Assert.Equal((Receiver.SocialCare, "late", BusEntities.AssessmentsPushed.Name), (told.Agency, told.MessageId, told.Entity));
        Assert.StartsWith("TTLExpiredException: ", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_takes_every_text_at_the_length_that_the_schemas_allow()
    {
        var id = await hub.AskedAsync("a");
        var longest = new string('x', AdviceFaults.MaxTextLength);
        var emoji = string.Concat(Enumerable.Repeat("😀", 10_001));
        var advice = new AdviceContent
        {
            Author = longest,
            AuthorRole = emoji,
            WrittenOn = Advice.WrittenOn,
            Needs = [new AdviceNeed(new string('n', AdviceFaults.MaxIdLength), NeedArea.Health, emoji)],
            Notes = [new AdviceNote("Seen", longest)],
        };
        object[] messages =
        [
            Submitted(id) with { Advice = advice },
            Submitted(id) with { Advice = advice with { AuthorRole = "Head teacher" }, Correction = longest },
            new AdviceReported { Assessment = id, Request = "educational-1", Agency = Receiver.School, Report = ReportKind.Note, Text = longest },
            new Contracts.Bus.AdviceRetracted { Assessment = id, Request = "educational-1", Agency = Receiver.School, Reason = longest },
            new AdviceDeclined { Assessment = id, Request = "educational-1", Agency = Receiver.School, Reason = DeclineReason.OtherService, Explanation = new string('x', AdviceDeclined.MaxExplanationLength) },
        ];

        foreach (var (number, message) in messages.Index())
        {
            Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(message, $"{number}")));
        }

        Assert.Equal(2, (await hub.StateAsync(id)).Advice.Count);
    }

    [Fact]
    public async Task An_agency_that_declined_and_then_accepts_is_heard()
    {
        var id = await hub.AskedAsync("after-all");
        var decline = new AdviceDeclined { Assessment = id, Request = "educational-1", Agency = Receiver.School, Reason = DeclineReason.NotKnown, Explanation = "Not on roll." };
        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(decline, "declined")));

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(new AdviceAccepted { Assessment = id, Request = "educational-1", Agency = Receiver.School }, "accepted")));

        var state = await hub.StateAsync(id);
        Assert.True(state.Requests.Single(r => r.Id == "educational-1").IsOpen);
        Assert.Contains(state.Attention, a => a.Id == "after-all-educational-1");
    }

    [Fact]
    public async Task Nothing_is_taken_that_names_a_document_otherwise_than_its_upload_answered()
    {
        var (id, other) = (await hub.AskedAsync("a"), await hub.AskedAsync("b"));
        var (own, elsewhere) = (await KeepAsync(id, "own"), await KeepAsync(other, "elsewhere"));

        foreach (var (what, named, code) in WrongDocuments.Of(own, elsewhere))
        {
            var verdict = await hub.ReceiveAsync(Receiver.Arrival(Submitted(id) with { Advice = Advice with { Attachments = [own, named] } }, what.Replace(' ', '-')));

            // What the published schema already refuses never comes to the check.
            Assert.Equal((what, Settlement.DeadLetter), (what, verdict.Settlement));
            Assert.Contains(verdict.Reason, (string?[])["NotOfTheSchema", code == "document-missing" ? "AttachmentMissing" : "AttachmentMismatch"]);
            Assert.Empty((await hub.StateAsync(id)).Advice);
        }

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Submitted(id) with { Advice = Advice with { Attachments = [own] } }, "right")));
    }

    [Fact]
    public async Task Documents_are_checked_against_what_was_uploaded()
    {
        var id = await hub.AskedAsync("a");
        var reference = await KeepAsync(id, "");

        Assert.Equal("AttachmentMissing", (await Send(reference with { Sha256 = new string('a', 64) }, "1")).Reason);
        Assert.Equal("AttachmentMismatch", (await Send(reference with { Size = 1 }, "2")).Reason);
        hub.Documents.IsAway = true;
        Assert.Equal(Settlement.Abandon, (await Send(reference, "3")).Settlement);
        hub.Documents.IsAway = false;
        Assert.Equal(Complete, await Send(reference, "3"));

        Task<BusDecision> Send(AttachmentRef attachment, string messageId) =>
            hub.ReceiveAsync(Receiver.Arrival(Submitted(id) with { Advice = Advice with { Attachments = [attachment] } }, messageId));
    }

    private static AdviceAcknowledged Acknowledged(AssessmentId id) =>
        new() { Assessment = id, Request = "educational-1", Agency = Receiver.School, ReceivedAt = new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero) };

    private static AdviceSubmitted Submitted(AssessmentId id) => new() { Assessment = id, Request = "educational-1", Agency = Receiver.School, Advice = Advice };

    private async Task<AttachmentRef> KeepAsync(AssessmentId id, string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n" + text));
        var school = Functions.Plans.Keeping.DocumentSender.Of(new Actor { Role = ActorRole.Agency, Id = "school", Agency = Receiver.School })!.Value;
        var kept = await new Functions.Plans.Keeping.AttachmentStore(hub.Documents, new Functions.Plans.Keeping.KeepingRules())
            .KeepAsync(id, school, "report.pdf", "application/pdf", stream, TestContext.Current.CancellationToken);
        return kept.Value!;
    }
}
