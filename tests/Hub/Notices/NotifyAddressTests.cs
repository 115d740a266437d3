using System.Net;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Letters;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>A notice that GOV.UK Notify has for a former address is not recorded as given, and goes to the address on record.</summary>
public sealed class NotifyAddressTests
{
    private static readonly FamilyContact ByPost = LetterCases.Facts.Family with { Mobile = null, ElectronicServiceAgreedOn = null };
    private static readonly FamilyContact Moved = ByPost with { PostalAddress = ["9 New Lane", "Exampleton", "EX9 9ZZ"] };

    [Fact]
    public async Task A_letter_for_a_former_address_is_not_given_and_goes_to_the_right_one_when_an_officer_says_so()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByPost);
        var first = Letters(hub).Single();
        await hub.SubmitAsync(id, new CorrectFacts("They moved.", Family: Moved));
        await hub.PassAsync(TimeSpan.FromHours(2));

        var failed = await FailedAsync(hub, id);
        Assert.Contains("former address", failed.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Lane", failed.Detail, StringComparison.Ordinal);
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));
        Assert.Null((await hub.ToFamilyAsync(id)).SentOn);

        await hub.SubmitAsync(id, new RetryEffect(failed.EffectId, "To the new address."));
        await hub.PassAsync(TimeSpan.FromHours(2));
        var second = Assert.Single(Letters(hub), letter => letter != first);
        Assert.Equal(("9 New Lane", first["reference"]!.ToString()), ((string?)second["line_2"], second["reference"]!.ToString()));
        Assert.Null((await hub.ToFamilyAsync(id)).SentOn);
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(hub.Today, (await hub.ToFamilyAsync(id)).SentOn);

        // The first letter comes back from the former address, which says nothing about the second.
        await ReturnAsync(hub, first);
        Assert.Equal(hub.Today, (await hub.ToFamilyAsync(id)).SentOn);
        await ReturnAsync(hub, second);
        Assert.Null((await hub.ToFamilyAsync(id)).SentOn);
    }

    [Theory]
    [InlineData("1 Example Road,", "Exampleton", "ex1 1aa")]
    [InlineData("1  EXAMPLE ROAD", "Exampleton", "EX11AA")]
    public async Task The_same_address_written_otherwise_is_the_same(params string[] lines)
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByPost);
        await hub.SubmitAsync(id, new CorrectFacts("As they write it.", Family: ByPost with { PostalAddress = lines }));
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(hub.Today, (await hub.ToFamilyAsync(id)).SentOn);
        Assert.Single(Letters(hub));
    }

    [Fact]
    public async Task The_link_in_a_letter_that_was_under_way_to_a_former_contact_opens_nothing()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByPost);
        var before = hub.Links.PathOfLetter(id, await hub.ToFamilyAsync(id));
        await hub.SubmitAsync(id, new CorrectFacts("Another carer.", Family: Moved with { Name = "Kit Osgood", Relationship = "foster carer" }));
        await hub.PassAsync(TimeSpan.FromHours(2));

        Assert.Contains((await hub.StateAsync(id)).Attention, task => task.Id == "stop-letters-family");
        await hub.SubmitAsync(id, new RetryEffect((await FailedAsync(hub, id)).EffectId, "To the present carer."));
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));

        var notice = await hub.ToFamilyAsync(id);
        Assert.NotNull(notice.SentOn);
        Assert.False(hub.Links.Opens(before[(before.LastIndexOf('/') + 1)..], id, notice));
        Assert.Contains(hub.Links.PathOfLetter(id, notice), Letters(hub)[^1]["personalisation"]!["body"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_whose_answer_was_lost_and_whose_address_was_wrong_is_not_given()
    {
        var byMail = LetterCases.Facts.Family with { Mobile = null };
        await using var hub = await NotifyHub.StartAsync();
        var id = AssessmentId.For(Cases.Council, "mail");
        hub.Notify.LoseTheNextAnswerTo(byMail.Email!);
        await hub.SubmitAsync(id, new OpenAssessment(LetterCases.Facts with { Family = byMail }));
        Assert.Null((await AcknowledgedAsync()).SentOn);
        await hub.SubmitAsync(id, new CorrectFacts("Misspelt.", Family: byMail with { Email = "samantha@example.org" }));
        await hub.PassAsync(TimeSpan.FromHours(1));
        Assert.Null((await AcknowledgedAsync()).SentOn);
        await hub.SubmitAsync(id, new RetryEffect((await hub.StateAsync(id)).FailedEffects.Single().EffectId, "To the right address."));
        await hub.PassAsync(TimeSpan.FromHours(1));

        Assert.NotNull((await AcknowledgedAsync()).SentOn);
        Assert.Single(hub.Notify.Taken, taken => (string?)taken["email_address"] == "samantha@example.org");

        async Task<Notice> AcknowledgedAsync() => (await hub.StateAsync(id)).Notices.Single(n => n.To == RecipientRole.Family);
    }

    [Fact]
    public async Task A_request_whose_mail_bounced_has_not_arrived_and_an_officer_sends_it()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = AssessmentId.For(Cases.Council, "bounced");
        await hub.SubmitAsync(id, new OpenAssessment(LetterCases.Facts));
        await hub.SubmitAsync(id, new RecordConsultation(hub.Today, "They wish for it."));
        await hub.SubmitAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        var asked = (await hub.StateAsync(id)).Requests.First(request => request.Agency is not null);
        Assert.Equal(RequestStatus.Delivered, asked.Status);
        var sent = (await hub.Store.EffectsAsync(id, TestContext.Current.CancellationToken)).Single(e => e.Effect.Effect is SendAdviceRequest one && one.RequestId == asked.Id);

        var report = new JsonObject { ["id"] = "n-1", ["reference"] = sent.Effect.Id, ["status"] = "permanent-failure", ["notification_type"] = "email" }.ToJsonString();
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(report));
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(report));

        var state = await hub.StateAsync(id);
        var request = state.Requests.Single(one => one.Id == asked.Id);
        Assert.Equal((RequestStatus.Requested, null), (request.Status, request.ReceivedByBodyOn));
        Assert.Contains("could not be delivered", Assert.Single(state.Attention, task => task.Id == $"send-{asked.Id}").Text, StringComparison.Ordinal);
        Assert.Single(await hub.EventsAsync(id), happened => happened is SendingNotArrived);

        await hub.SubmitAsync(id, new SendRequestAgain(asked.Id, "To the right address."));
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(report.Replace("n-1", "n-0", StringComparison.Ordinal)));
        Assert.Equal((RequestStatus.Delivered, hub.Today), ((await hub.StateAsync(id)).Requests.Single(one => one.Id == asked.Id).Status, (await hub.StateAsync(id)).Requests.Single(one => one.Id == asked.Id).ReceivedByBodyOn));
    }

    [Fact]
    public async Task A_reminder_whose_mail_bounced_becomes_a_task_and_changes_no_record()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = AssessmentId.For(Cases.Council, "reminder");
        await hub.SubmitAsync(id, new OpenAssessment(LetterCases.Facts));
        await hub.SubmitAsync(id, new RecordConsultation(hub.Today, "They wish for it."));
        await hub.SubmitAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        var asked = (await hub.StateAsync(id)).Requests.First(request => request.Agency is not null);
        await hub.SubmitAsync(id, new RemindNow(asked.Id, "It is urgent."));
        var sent = (await hub.Store.EffectsAsync(id, TestContext.Current.CancellationToken)).Last(e => e.Effect.Effect is SendReminder one && one.RequestId == asked.Id);

        // The reminder went in one message with another item for the same person, under the other item's reference.
        var first = $"{id}/1/9";
        await hub.Notices.KeepAsync(
            new KeptNotice { Id = first, To = "school", Subject = "Two", Text = "Two", SentAt = hub.Time.GetUtcNow(), Channel = "GOV.UK Notify", Effects = [first, sent.Effect.Id], Assessments = [id] },
            TestContext.Current.CancellationToken);
        await hub.CallBackAsync(new JsonObject { ["id"] = "n-1", ["reference"] = first, ["status"] = "temporary-failure", ["notification_type"] = "email" }.ToJsonString());

        var state = await hub.StateAsync(id);
        Assert.Contains(state.Attention, task => task.Id == $"not-delivered-chase-{asked.Id}");
        Assert.Equal(RequestStatus.Delivered, state.Requests.Single(one => one.Id == asked.Id).Status);
    }

    private static List<JsonObject> Letters(NotifyHub hub) => [.. hub.Notify.Taken.Where(taken => (string)taken["type"]! == "letter" && (string?)taken["personalisation"]!["heading"] is { } heading && heading.Contains("not", StringComparison.Ordinal))];

    private static async Task<FailedEffect> FailedAsync(NotifyHub hub, AssessmentId id) =>
        (await hub.StateAsync(id)).FailedEffects.Single(failed => failed.Effect is SendNotice { NoticeId: "willNotAssess-family" });

    private static async Task ReturnAsync(NotifyHub hub, JsonObject letter) => Assert.Equal(
        HttpStatusCode.NoContent,
        await hub.CallBackAsync(new JsonObject { ["notification_id"] = (string)letter["id"]!, ["reference"] = (string)letter["reference"]! }.ToJsonString(), place: "returned-letters"));
}
