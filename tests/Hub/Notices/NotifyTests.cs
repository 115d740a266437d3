using System.Net;
using System.Text.Json.Nodes;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Letters;
using IntegrationHub.Functions.Notices.Notify;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.Configuration;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>Notices through GOV.UK Notify: nothing is sent twice, and nothing is recorded as sent, delivered or served that was not.</summary>
public sealed class NotifyTests
{
    private static readonly FamilyContact ByMail = LetterCases.Facts.Family with { Mobile = "07700900111" };
    private static readonly FamilyContact ByPost = ByMail with { ElectronicServiceAgreedOn = null };

    [Fact]
    public async Task An_email_is_sent_served_and_delivered_as_three_facts_and_names_no_child()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByMail);

        var mail = Mails(hub).Single(m => (string)m["email_address"]! == "sam@example.org");
        var text = Assert.Single(hub.Notify.Taken, t => (string)t["type"]! == "sms");
        Assert.All(hub.Notify.Taken, sent => Assert.DoesNotContain("Robin", sent.ToJsonString(), StringComparison.OrdinalIgnoreCase));
        Assert.Contains("The council has decided", (string)mail["personalisation"]!["body"]!, StringComparison.Ordinal);
        Assert.Contains("https://hub.example/letters/", (string)mail["personalisation"]!["body"]!, StringComparison.Ordinal);
        Assert.Contains("read the letter", (string)text["personalisation"]!["body"]!, StringComparison.Ordinal);

        var notice = await hub.ToFamilyAsync(id);
        Assert.Equal((hub.Today, hub.Today, NoticeChannel.Electronic, (DateOnly?)null), (notice.SentOn, notice.ServedOn, notice.Channel, notice.DeliveredOn));
        Assert.Equal((string)mail["reference"]!, notice.Sending);
        var kept = (await hub.Letters.ListAsync(id, TestContext.Current.CancellationToken)).Value!;
        Assert.Contains(kept, k => k.Sha256 == notice.Letter && k.Letter == $"willNotAssess-{notice.Id}" && k.On == hub.Today);

        hub.Notify.Deliver();
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(FakeNotify.Receipt(mail, "sending")));
        Assert.Null((await hub.ToFamilyAsync(id)).DeliveredOn);
        for (var times = 0; times < 3; times++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(FakeNotify.Receipt(mail)));
            await hub.PollAsync();
        }

        Assert.Single((await hub.EventsAsync(id)).OfType<NoticeDelivered>(), e => e.NoticeId == notice.Id);
        Assert.Equal(hub.Today, (await hub.ToFamilyAsync(id)).DeliveredOn);
    }

    [Fact]
    public async Task What_Notify_forgets_is_remembered_no_longer()
    {
        await using var hub = await NotifyHub.StartAsync();
        await hub.RefuseAsync(ByMail);
        hub.Notify.Deliver();
        await hub.PollAsync();
        Assert.NotEqual(0, hub.ReportsKnown);

        hub.Notify.Taken.Clear();
        await hub.PollAsync();

        Assert.Equal(0, hub.ReportsKnown);
    }

    [Theory]
    [InlineData("perm-fail@simulator.notify", "permanent-failure", true)]
    [InlineData("temp-fail@simulator.notify", "temporary-failure", true)]
    [InlineData("perm-fail@simulator.notify", "permanent-failure", false)]
    public async Task A_failed_notice_is_open_again_asks_a_person_and_goes_once_more_when_they_say_so(string address, string status, bool byCallback)
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByMail with { Email = address });
        var first = Mails(hub).Single(m => (string)m["email_address"]! == address);
        Assert.Equal(LimitStatus.Met, await StandingAsync(hub, id));

        hub.Notify.Deliver();
        if (byCallback)
        {
            Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(FakeNotify.Receipt(first)));
            Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(FakeNotify.Receipt(first)));
        }

        await hub.PollAsync();

        var notice = await hub.ToFamilyAsync(id);
        Assert.Equal((null, null, null), (notice.SentOn, notice.ServedOn, notice.Channel));
        Assert.Contains(status, Assert.Single(notice.Setbacks!).Evidence, StringComparison.Ordinal);
        Assert.Equal(LimitStatus.Open, await StandingAsync(hub, id));
        var state = await hub.StateAsync(id);
        Assert.Contains(state.Attention, a => a.Text.Contains("could not be delivered", StringComparison.Ordinal) && a.Since == hub.Today);
        var failed = Assert.Single(state.FailedEffects, f => f.Effect is SendNotice n && n.NoticeId == notice.Id);

        await hub.SubmitAsync(id, new CorrectFacts("A new address.", Family: ByMail));
        await hub.SubmitAsync(id, new RetryEffect(failed.EffectId, "The address is right now."));

        var again = Mails(hub).Single(m => (string)m["email_address"]! == "sam@example.org");
        Assert.NotEqual((string)first["reference"]!, (string)again["reference"]!);
        notice = await hub.ToFamilyAsync(id);
        Assert.Equal((hub.Today, (string)again["reference"]!), (notice.SentOn, notice.Sending));
        Assert.Empty((await hub.StateAsync(id)).FailedEffects);

        // What comes late about the first sending says nothing of the second.
        await hub.CallBackAsync(FakeNotify.Receipt(first, "temporary-failure"));
        await hub.CallBackAsync(FakeNotify.Receipt(first, "delivered"));
        Assert.Equal((hub.Today, (DateOnly?)null), ((await hub.ToFamilyAsync(id)).SentOn, (await hub.ToFamilyAsync(id)).DeliveredOn));
        hub.Notify.Deliver();
        await hub.CallBackAsync(FakeNotify.Receipt(again));
        Assert.Equal(hub.Today, (await hub.ToFamilyAsync(id)).DeliveredOn);
    }

    [Fact]
    public async Task A_letter_is_sent_when_it_was_posted_and_not_when_notify_took_it()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByPost);
        var letter = Assert.Single(hub.Notify.Taken, t => (string)t["type"]! == "letter");
        var places = letter["personalisation"]!;
        Assert.Equal(["Sam Example", "1 Example Road", "Exampleton", "EX1 1AA"], Enumerable.Range(1, 4).Select(n => (string)places[$"address_line_{n}"]!));
        Assert.Contains("Monday 14 September 2026", (string)places["body"]!, StringComparison.Ordinal);
        Assert.Contains("\u200B# With what it has", (string)places["body"]!, StringComparison.Ordinal);
        Assert.Null((await hub.ToFamilyAsync(id)).SentOn);
        Assert.Equal(LimitStatus.Open, await StandingAsync(hub, id));

        await hub.PassAsync(TimeSpan.FromHours(26));
        Assert.Null((await hub.ToFamilyAsync(id)).SentOn);
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));

        var notice = await hub.ToFamilyAsync(id);
        Assert.Equal((new DateOnly(2026, 7, 15), new DateOnly(2026, 7, 17), NoticeChannel.Post), (notice.SentOn, notice.ServedOn, notice.Channel));
        Assert.Single(hub.Notify.Taken, t => (string?)t["reference"] == (string?)letter["reference"]);
        var kept = (await hub.Letters.ListAsync(id, TestContext.Current.CancellationToken)).Value!;
        Assert.Equal(new DateOnly(2026, 7, 14), kept.Single(k => k.Sha256 == notice.Letter).On);

        await hub.PassAsync(TimeSpan.FromDays(3));
        var returned = new JsonObject { ["notification_id"] = (string)letter["id"]!, ["reference"] = notice.Sending, ["date_sent"] = "2026-07-15" }.ToJsonString();
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(returned, place: "returned-letters"));
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(returned, place: "returned-letters"));
        notice = await hub.ToFamilyAsync(id);
        Assert.Null(notice.SentOn);
        Assert.True(Assert.Single(notice.Setbacks!).Returned);
        Assert.Contains((await hub.StateAsync(id)).Attention, a => a.Text.Contains("was returned", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("validation-failed")]
    [InlineData("technical-failure")]
    public async Task A_letter_that_is_not_posted_is_put_before_a_person_and_not_sent_again_by_itself(string status)
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByPost);
        var letter = Assert.Single(Posted(hub));
        letter["status"] = status;

        await hub.PassAsync(TimeSpan.FromHours(5));
        Assert.Single(OfSame());
        var state = await hub.StateAsync(id);
        var failed = Assert.Single(state.FailedEffects, f => f.Effect is SendNotice { NoticeId: "willNotAssess-family" });
        Assert.Contains(status, failed.Detail, StringComparison.Ordinal);
        Assert.Contains(state.Attention, a => a.Text.Contains(status, StringComparison.Ordinal) && a.Since == hub.Today);

        await hub.SubmitAsync(id, new RetryEffect(failed.EffectId, "The letter was put right."));
        await hub.PassAsync(TimeSpan.FromHours(5));
        Assert.Equal(2, OfSame().Count);
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(2, OfSame().Count);
        Assert.Equal((hub.Today, LimitStatus.Met), ((await hub.ToFamilyAsync(id)).SentOn, await StandingAsync(hub, id)));

        List<JsonObject> OfSame() => [.. Posted(hub).Where(l => (string?)l["reference"] == (string?)letter["reference"])];
    }

    [Fact]
    public async Task A_letter_that_notify_had_before_the_family_agreed_to_email_was_posted()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByPost);
        await hub.SubmitAsync(id, new CorrectFacts("They agreed to e-mail.", Family: ByMail));
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));

        var notice = await hub.ToFamilyAsync(id);
        Assert.Equal((hub.Today, new DateOnly(2026, 7, 16), NoticeChannel.Post), (notice.SentOn, notice.ServedOn, notice.Channel));
        Assert.Contains((await hub.Letters.ListAsync(id, TestContext.Current.CancellationToken)).Value!, k => k.Sha256 == notice.Letter && k.By == NoticeChannel.Post);
    }

    [Fact]
    public async Task Who_told_meanwhile_that_they_need_another_format_is_not_sent_the_usual_letter()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await OneNoticeAsync(hub, () => hub.Notify.Next(400, "BadRequestError"));
        await hub.SubmitAsync(id, new CorrectFacts("They told us.", Family: ByMail with { AccessibleFormat = "large print" }));
        await hub.SubmitAsync(id, new RetryEffect((await hub.StateAsync(id)).FailedEffects.Single().EffectId, "Now."));

        Assert.Empty(Mails(hub));
        Assert.Contains((await hub.StateAsync(id)).FailedEffects, f => f.Detail!.Contains("cannot produce", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_on_the_third_sending_that_is_faster_than_our_own_record_is_asked_for_again()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByPost);
        for (var sending = 1; sending < 3; sending++)
        {
            hub.Notify.Print();
            await hub.PassAsync(TimeSpan.FromHours(2));
            var sent = await hub.ToFamilyAsync(id);
            await hub.CallBackAsync(new JsonObject { ["notification_id"] = (string)Posted(hub).Last(letter => (string)letter["reference"]! == sent.Sending)["id"]!, ["reference"] = sent.Sending }.ToJsonString(), place: "returned-letters");
            await hub.SubmitAsync(id, new RetryEffect((await hub.StateAsync(id)).FailedEffects.Single(f => f.Effect is SendNotice { NoticeId: "willNotAssess-family" }).EffectId, "It goes again."));
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await hub.CallBackAsync(FakeNotify.Receipt(Posted(hub)[^1], "permanent-failure")));
    }

    [Theory]
    [InlineData(429, "RateLimitError", true)]
    [InlineData(429, "TooManyRequestsError", true)]
    [InlineData(500, "Exception", true)]
    [InlineData(504, "Timeout", true)]
    [InlineData(400, "ValidationError", false)]
    [InlineData(400, "BadRequestError", false)]
    [InlineData(403, "BadRequestError", false)]
    [InlineData(404, "NoResultFound", false)]
    public async Task What_notify_refuses_is_not_sent_and_either_tried_again_or_put_before_a_person(int status, string error, bool again)
    {
        foreach (var call in (int[])[1, 2])
        {
            await using var hub = await NotifyHub.StartAsync();
            var id = await OneNoticeAsync(hub, () =>
            {
                for (var before = 1; before < call; before++)
                {
                    hub.Notify.Next(0, "");
                }

                hub.Notify.Next(status, error);
            });

            var state = await hub.StateAsync(id);
            Assert.Equal(again, state.Notices.Single(n => n.Kind == NoticeKind.ExceptionApplies).SentOn is not null);
            Assert.Equal(again ? 1 : 0, Mails(hub).Count);
            Assert.Equal(again, state.FailedEffects.Count == 0);
            Assert.All(state.FailedEffects, f => Assert.DoesNotContain("sam@example.org", f.Detail!, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_and_nothing_goes_twice()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await OneNoticeAsync(hub, hub.Notify.LoseTheNextAnswer);

        Assert.Single(Mails(hub));
        Assert.Equal((string)Mails(hub)[0]["reference"]!, (await hub.StateAsync(id)).Notices.Single(n => n.Kind == NoticeKind.ExceptionApplies).Sending);
    }

    [Fact]
    public async Task A_clock_that_differs_from_notifys_is_learnt_from_its_answer()
    {
        await using var hub = await NotifyHub.StartAsync();
        hub.Notify.Ahead = TimeSpan.FromMinutes(-10);

        var id = await hub.RefuseAsync(ByMail);

        Assert.NotNull((await hub.ToFamilyAsync(id)).SentOn);
    }

    [Fact]
    public async Task A_wrong_key_sends_nothing_and_is_put_before_a_person()
    {
        var service = NotifyHub.Service;
        service.ApiKey = FakeNotify.Key[..^1] + "1";
        await using var hub = await NotifyHub.StartAsync(service);

        var id = await hub.RefuseAsync(ByMail);

        Assert.Empty(hub.Notify.Taken);
        Assert.Contains((await hub.StateAsync(id)).FailedEffects, f => f.Detail!.Contains("403 (AuthError)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reports_need_the_councils_token_and_change_only_its_own_cases()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByMail);
        var mail = Mails(hub).Single(m => (string)m["email_address"]! == "sam@example.org");
        var receipt = FakeNotify.Receipt(mail, "permanent-failure");

        Assert.Equal(HttpStatusCode.Unauthorized, await hub.CallBackAsync(receipt, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await hub.CallBackAsync(receipt, "another-token-of-many-characters"));
        Assert.Equal(HttpStatusCode.Unauthorized, await hub.CallBackAsync(receipt, council: "331"));
        Assert.Equal(HttpStatusCode.BadRequest, await hub.CallBackAsync("{"));
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(receipt.Replace(id.Value, "330-000000000000", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(receipt.Replace(id.Value, "not a case", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync("""{"id":"x","status":"permanent-failure","reference":null}"""));
        Assert.NotNull((await hub.ToFamilyAsync(id)).SentOn);
    }

    [Fact]
    public async Task A_report_that_is_faster_than_our_own_record_is_asked_for_again()
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByPost);
        var letter = Assert.Single(hub.Notify.Taken, t => (string)t["type"]! == "letter");
        var failed = FakeNotify.Receipt(letter, "permanent-failure");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await hub.CallBackAsync(failed));
        hub.Notify.Print();
        await hub.PassAsync(TimeSpan.FromHours(2));
        Assert.NotNull((await hub.ToFamilyAsync(id)).SentOn);
        Assert.Equal(HttpStatusCode.NoContent, await hub.CallBackAsync(failed));
        Assert.Null((await hub.ToFamilyAsync(id)).SentOn);
    }

    [Theory]
    [InlineData(true, null, null, "no e-mail address")]
    [InlineData(false, "sam@example.org", null, "by post to the family")]
    [InlineData(true, "not an address", null, "400 (ValidationError)")]
    [InlineData(false, null, "One line", "3 to 7 lines")]
    public async Task Who_has_no_usable_address_becomes_a_task_the_same_day_and_no_limit_is_met(bool agreed, string? mail, string? post, string task)
    {
        await using var hub = await NotifyHub.StartAsync();
        var id = await hub.RefuseAsync(ByMail with { Email = mail, PostalAddress = post is null ? null : [post], ElectronicServiceAgreedOn = agreed ? ByMail.ElectronicServiceAgreedOn : null });

        var state = await hub.StateAsync(id);
        Assert.Contains(state.Attention, a => a.Text.Contains(task, StringComparison.Ordinal) && a.Since == hub.Today);
        Assert.Null((await hub.ToFamilyAsync(id)).SentOn);
        Assert.Equal(LimitStatus.Open, await StandingAsync(hub, id));
    }

    [Fact]
    public async Task A_letter_that_would_lack_what_reg_32_wants_is_not_sent()
    {
        await using var hub = await NotifyHub.StartAsync(council: Cases.Profile with { InformationAndAdvice = null });
        var id = IntegrationHub.Contracts.Identifiers.AssessmentId.For(Cases.Council, "lacking");
        await hub.SubmitAsync(id, new OpenAssessment(LetterCases.Facts));
        await hub.SubmitAsync(id, new ClaimException("away", Orchestrations.StatutoryClock.Ground.ExceptionalCircumstances, new(2026, 6, 10), new(2026, 7, 10), "A letter.", "Nobody could be seen."));

        // This one needs no such service; the refusal does, and Core does not even decide it.
        Assert.Single(Mails(hub));
    }

    [Theory]
    [InlineData("ApiKey", "no-key", "is not a key of GOV.UK Notify")]
    [InlineData("CallbackToken", "short", "20 characters or more")]
    [InlineData("EmailTemplate", null, "neither an EmailTemplate nor a LetterTemplate")]
    public void Settings_that_cannot_work_do_not_start(string name, string? value, string problem)
    {
        var settings = new Dictionary<string, string?> { ["ApiKey"] = FakeNotify.Key, ["EmailTemplate"] = "e", ["CallbackToken"] = NotifyHub.CallbackToken };
        settings[name] = value;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(s => s.Value is not null).ToDictionary(s => $"Notices:Notify:Councils:330:{s.Key}", s => s.Value)).Build();

        Assert.Contains(problem, Assert.Throws<RefusedStartException>(() => SettingsReader.Read<NotifyOptions>(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_reached_by_another_channel_is_reached_by_it()
    {
        var service = NotifyHub.Service;
        service.EmailTemplate = null;
        await using var graph = await FakeGraph.StartAsync();
        await using var hub = await NotifyHub.StartAsync(service, graph.Connect(TimeProvider.System));

        var mailed = await hub.RefuseAsync(ByMail);
        var posted = await hub.RefuseAsync(ByPost);

        Assert.Contains(graph.Mails, m => m.ToJsonString().Contains("sam@example.org", StringComparison.Ordinal));
        Assert.Equal(NoticeChannel.Electronic, (await hub.ToFamilyAsync(mailed)).Channel);
        Assert.Single(hub.Notify.Taken, t => (string)t["type"]! == "letter");
        Assert.Null((await hub.ToFamilyAsync(posted)).SentOn);
        Assert.All(graph.Mails, m => Assert.DoesNotContain("Robin", m.ToJsonString(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A case with one notice to the family, with trouble before it; then a day passes.</summary>
    private static async Task<IntegrationHub.Contracts.Identifiers.AssessmentId> OneNoticeAsync(NotifyHub hub, Action trouble)
    {
        var id = IntegrationHub.Contracts.Identifiers.AssessmentId.For(Cases.Council, Guid.NewGuid().ToString());
        await hub.SubmitAsync(id, new OpenAssessment(LetterCases.Facts));
        hub.Notify.Taken.Clear();
        trouble();
        await hub.SubmitAsync(id, new ClaimException("away", Orchestrations.StatutoryClock.Ground.ExceptionalCircumstances, new(2026, 6, 10), new(2026, 7, 10), "A letter.", "Nobody could be seen."));
        await hub.PassAsync(TimeSpan.FromHours(3));
        return id;
    }

    private static List<JsonObject> Mails(NotifyHub hub) => [.. hub.Notify.Taken.Where(t => (string)t["type"]! == "email" && ((string)t["email_address"]!) is not ("icb@example.org" or "school@example.org" or "social-care@example.org"))];

    private static List<JsonObject> Posted(NotifyHub hub) => [.. hub.Notify.Taken.Where(t => (string)t["type"]! == "letter")];

    private static async Task<LimitStatus> StandingAsync(NotifyHub hub, IntegrationHub.Contracts.Identifiers.AssessmentId id) =>
        Limits.Of(await hub.StateAsync(id), hub.Today, hub.Book.For(id)).Single(l => l.Limit.Key == "notifyRefusalToAssess").Standing;
}
