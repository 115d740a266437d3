using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>What an officer sees of the tray, and what happens to a message there. None of it is lost, and none of it goes into two cases.</summary>
public sealed class MailTests
{
    private const string OfTheChild = "I write about Alex Example, NHS number 999 000 0018.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_has_day_age_sender_and_state_and_each_opening_is_on_record()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var item = await TrayOfMail.TakeAsync(hub, OfTheChild);
        var broken = await TrayOfMail.TakeRawAsync(hub, [0, 1, 2, 3], "2");
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);

        var rows = (await desk.OpenAsync("/workspace/intake")).QuerySelectorAll("main tbody tr").ToList();
        Assert.Equal(2, rows.Count);
        var row = rows.Single(one => one.TextContent.Contains("Quillmark", StringComparison.Ordinal));
        Assert.Equal(["Received", "Files", "State"], row.QuerySelectorAll("td").Select(cell => cell.GetAttribute("data-label")));
        Assert.Contains("11 August 2026", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("9 days ago", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Not scanned yet", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Quarantine", rows.Single(one => one != row).TextContent, StringComparison.Ordinal);
        Assert.Equal(TrayOfMail.Address(item), row.QuerySelector("a")!.GetAttribute("href"));

        var page = await desk.OpenAsync(TrayOfMail.Address(item));
        Assert.Contains(OfTheChild, page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Only in the message as received", page.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        await desk.OpenAsync(TrayOfMail.Address(broken));
        var readings = hub.Services.GetRequiredService<TrayAccessLog>();
        Assert.Equal(["the message"], (await readings.OfAsync(Desk.Own, item.Key, 10, Stop)).Select(one => one.What));
        Assert.Single(await readings.OfAsync(Desk.Own, TrayAccessLog.ListKey, 10, Stop));
        string[] personal = ["Quillmark", "tove@", "999 000 0018", .. MonitoredHub.OfTheChild];
        Assert.All(personal, word => Assert.All(hub.Log.Lines, line => Assert.DoesNotContain(word, line, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_served_that_is_not_known_to_be_clean()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var item = await TrayOfMail.TakeAsync(hub, OfTheChild);
        using var desk = await Desk.SignInAsync(hub, OfficerRole.Auditor);
        string[] addresses = [TrayOfMail.Address(item, "/raw"), TrayOfMail.Address(item, "/files/1"), TrayOfMail.Address(item, "/files/2")];

        foreach (var (words, status) in new[] { ("", HttpStatusCode.Conflict), ("Malicious", HttpStatusCode.Conflict), ("No threats found", HttpStatusCode.OK) })
        {
            TrayOfMail.Scan(hub, item, words);
            foreach (var address in addresses)
            {
                using var answer = await desk.GetAsync(address);
                Assert.Equal((address, words, status), (address, words, answer.StatusCode));
                Assert.Equal(status == HttpStatusCode.OK, answer.Content.Headers.ContentDisposition?.DispositionType == "attachment");
            }
        }

        // A program was not kept, so there is nothing to serve.
        using var program = await desk.GetAsync(TrayOfMail.Address(item, "/files/3"));
        Assert.Equal(HttpStatusCode.NotFound, program.StatusCode);
    }

    [Theory]
    [InlineData("Document")]
    [InlineData("Representations")]
    [InlineData("Evidence")]
    public async Task A_message_goes_into_a_case_once_with_its_day_of_receipt_and_what_is_left_out_stays(string use)
    {
        await using var hub = await MonitoredHub.StartAsync();
        var item = await TrayOfMail.TakeAsync(hub, OfTheChild);
        TrayOfMail.Scan(hub, item);
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var address = TrayOfMail.Address(item, $"/case/{hub.Late}");
        var form = await desk.OpenAsync(address);
        var fields = Desk.FieldsOf(form.QuerySelector("#put")!);
        fields.Remove("_mailParts");
        (string, string)[] sent = [.. fields.Select(field => (field.Key, field.Value)), ("_mailUse", use), ("_mailParts", "1")];

        using var put = await desk.PostAllAsync(address, sent);
        Assert.Equal(HttpStatusCode.Redirect, put.StatusCode);
        Assert.StartsWith($"/workspace/cases/{hub.Late}?done=", put.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var again = await desk.PostAllAsync(address, sent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);

        var state = (await hub.Store.LoadAsync(hub.Late, Stop)).State;
        var documents = use == "Document" ? state.Documents.Select(one => (one.ReceivedOn, one.Document)) : Assert.Single(state.FamilyEvidence) is var one ? one.Documents.Select(document => (one.ReceivedOn, document)) : [];
        Assert.Equal(["Message of 11 August 2026.txt", "hearing.pdf"], documents.Select(kept => kept.Item2.FileName).Order(StringComparer.Ordinal));
        Assert.All(documents, kept => Assert.Equal(TrayOfMail.Received, kept.ReceivedOn));
        Assert.Empty((await hub.Services.GetRequiredService<TrayStore>().WaitingAsync(Desk.Own, Stop)));
        Assert.Contains(hub.Late.Value, (await desk.OpenAsync("/workspace/intake?show=done")).QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        using var left = await desk.GetAsync(TrayOfMail.Address(item, "/files/2"));
        Assert.Equal("A covering letter.", (await left.Content.ReadAsStringAsync(Stop)).Trim());
    }

    [Theory]
    [InlineData(PersonRole.Parent, "p2")]
    [InlineData(PersonRole.Supporter, null)]
    public async Task What_another_parent_sent_is_recorded_as_that_parents_and_not_as_the_first_contacts(PersonRole role, string? expected)
    {
        await using var hub = await MonitoredHub.StartAsync();
        await hub.SubmitAsync(hub.Late, new RecordPerson(new FamilyPerson { Id = "p2", Name = "Tove Quillmark", Role = role, ParentalResponsibility = role == PersonRole.Parent, Email = "Tove@clinic.example", ConsentOn = TrayOfMail.Received }));
        var item = await TrayOfMail.TakeAsync(hub, OfTheChild);
        TrayOfMail.Scan(hub, item);
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var address = TrayOfMail.Address(item, $"/case/{hub.Late}");
        var fields = Desk.FieldsOf((await desk.OpenAsync(address)).QuerySelector("#put")!);
        fields.Remove("_mailParts");

        using var put = await desk.PostAllAsync(address, [.. fields.Select(field => (field.Key, field.Value)), ("_mailUse", "Representations"), ("_mailParts", "1")]);

        Assert.Equal(HttpStatusCode.Redirect, put.StatusCode);
        Assert.Equal(expected, Assert.Single((await hub.Store.LoadAsync(hub.Late, Stop)).State.FamilyEvidence).Person);
    }

    [Fact]
    public async Task The_form_of_an_advice_opens_with_the_files_and_the_message_goes_in_when_it_is_sent()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var item = await TrayOfMail.TakeAsync(hub, OfTheChild);
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var beside = await desk.OpenAsync(TrayOfMail.Address(item, $"/case/{hub.Late}"));
        using var opened = await desk.PostAllAsync(TrayOfMail.Address(item, $"/case/{hub.Late}"), [.. Desk.FieldsOf(beside.QuerySelector("#put")!).Where(field => field.Key != "_mailParts").Select(field => (field.Key, field.Value)), ("_mailUse", "Advice"), ("_mailParts", "1"), ("_mailParts", "2")]);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var form = await Desk.ReadAsync(opened);
        Assert.Contains("hearing.pdf", form.QuerySelector("#form")!.TextContent, StringComparison.Ordinal);

        // As long as the form is not right, the message waits.
        using var wrong = await desk.SendAsync(form, "#form", ("requestId", "medical-1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Single(await hub.Services.GetRequiredService<TrayStore>().WaitingAsync(Desk.Own, Stop));
        using var sent = await desk.SendAsync(
            await Desk.ReadAsync(wrong), "#form", ("requestId", "medical-1"), ("content.author", "Dr Tove Quillmark"), ("content.authorRole", "Audiologist"),
            ("content.writtenOn/day", "10"), ("content.writtenOn/month", "8"), ("content.writtenOn/year", "2026"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);

        var state = (await hub.Store.LoadAsync(hub.Late, Stop)).State;
        Assert.Equal(["hearing.pdf", "covering.txt"], Assert.Single(state.Advice).Content.Attachments.Select(file => file.FileName));
        Assert.Equal(3, state.Documents.Count(one => one.ReceivedOn == TrayOfMail.Received));
        Assert.Empty(await hub.Services.GetRequiredService<TrayStore>().WaitingAsync(Desk.Own, Stop));
    }

    [Fact]
    public async Task A_message_becomes_a_request_of_its_day_and_the_same_form_twice_opens_one_case()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var item = await TrayOfMail.TakeAsync(hub, "We ask for an assessment of Brindlewick Thornquist.");
        using var desk = await Desk.SignInAsync(hub, OfficerRole.BusinessSupport);
        using var opened = await desk.SendAsync(await desk.OpenAsync(TrayOfMail.Address(item)), "#request");
        var form = await Desk.ReadAsync(opened);
        var fields = Desk.FieldsOf(form.QuerySelector("#form")!);
        Assert.Equal(("11", "8", "2026"), (fields["receivedOn/day"], fields["receivedOn/month"], fields["receivedOn/year"]));

        (string, string)[] typed =
        [
            .. Functions.Workspace.Forms.FormValues.Of(Functions.Council.InputExamples.Of("open-assessment")).All.Where(one => !one.Key.StartsWith("receivedOn", StringComparison.Ordinal)).Select(one => (one.Key, one.Value)),
            ("child.givenName", "Brindlewick"), ("child.familyName", "Thornquist"), ("child.nhsNumber", ""), ("child.upn", ""),
            ("child.dateOfBirth/day", "5"), ("child.dateOfBirth/month", "5"), ("child.dateOfBirth/year", "2015"),
        ];
        using var one = await desk.SendAsync(form, "#form", typed);
        Assert.Equal(HttpStatusCode.Redirect, one.StatusCode);
        using var two = await desk.SendAsync(form, "#form", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, two.StatusCode);

        var id = AssessmentId.TryParse(one.Headers.Location!.OriginalString.Split('/')[3].Split('?')[0], out var read, out _) ? read : default;
        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        Assert.Equal(TrayOfMail.Received, state.Facts!.ReceivedOn);
        Assert.Equal(3, state.Documents.Count);
        var decision = await hub.Services.GetRequiredService<TrayStore>().DecisionAsync(Desk.Own, new TrayName(item.ReceivedOn, item.Key), Stop);
        Assert.Equal((id, "Request"), (decision!.Case!.Value, decision.As));
    }

    [Fact]
    public async Task A_name_alone_is_said_to_be_no_proof_and_another_childs_number_must_be_explained()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var named = await TrayOfMail.TakeAsync(hub, "About Alex Example at your school.");
        var other = await TrayOfMail.TakeAsync(hub, "About Alex Example, NHS number 943 476 5919.", "2");
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);

        Assert.Contains("Only the name matches", (await desk.OpenAsync(TrayOfMail.Address(named))).QuerySelector("main .card")!.TextContent, StringComparison.Ordinal);
        var page = await desk.OpenAsync(TrayOfMail.Address(other));
        Assert.Contains("not in any case that you may see", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Not this child’s: NHS number 9434765919", page.QuerySelector("main .card")!.TextContent, StringComparison.Ordinal);

        var address = TrayOfMail.Address(other, $"/case/{hub.Late}");
        using var refused = await desk.SendAsync(await desk.OpenAsync(address), "#put", ("_mailUse", "Document"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var back = await Desk.ReadAsync(refused);
        Assert.Equal("#reason", back.QuerySelector(".errors a")!.GetAttribute("href"));
        Assert.Empty((await hub.Store.LoadAsync(hub.Late, Stop)).State.Documents);
        using var put = await desk.SendAsync(back, "#put", ("_mailReason", "The number is the mother's."));
        Assert.Equal(HttpStatusCode.Redirect, put.StatusCode);
        Assert.Contains("The number is the mother's.", (await desk.OpenAsync(TrayOfMail.Address(other))).QuerySelector("main .next")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_in_a_restricted_case_is_open_to_those_who_may_see_the_case()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var item = await TrayOfMail.TakeAsync(hub, OfTheChild);
        using var named = await Desk.OfAsync(hub, "named", OfficerRole.TeamManager);
        using var other = await Desk.OfAsync(hub, "not-named", OfficerRole.TeamManager);
        using var put = await named.SendAsync(await named.OpenAsync(TrayOfMail.Address(item, $"/case/{hub.Late}")), "#put", ("_mailUse", "Document"));
        Assert.Equal(HttpStatusCode.Redirect, put.StatusCode);
        await RestrictedCaseTests.RestrictAsync(hub, hub.Late, "named");

        Assert.Contains("Quillmark", (await named.OpenAsync("/workspace/intake?show=done")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Quillmark", (await other.OpenAsync("/workspace/intake?show=done")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var closed = await other.GetAsync(TrayOfMail.Address(item));
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);

        // Nor is it suggested to them for another message.
        var next = await TrayOfMail.TakeAsync(hub, OfTheChild, "2");
        Assert.DoesNotContain(hub.Late.Value, (await other.OpenAsync(TrayOfMail.Address(next))).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var beside = await other.GetAsync(TrayOfMail.Address(next, $"/case/{hub.Late}"));
        Assert.Equal(HttpStatusCode.NotFound, beside.StatusCode);
    }

    [Fact]
    public async Task A_message_is_dismissed_with_a_reason_and_can_be_fetched_afterwards()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var item = await TrayOfMail.TakeAsync(hub, "An offer of paper.");
        TrayOfMail.Scan(hub, item);
        using var desk = await Desk.SignInAsync(hub, OfficerRole.BusinessSupport);
        var page = await desk.OpenAsync(TrayOfMail.Address(item));

        using var without = await desk.SendAsync(page, "#dismiss");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var dismissed = await desk.SendAsync(page, "#dismiss", ("reason", "Advertising"));
        using var again = await desk.SendAsync(page, "#dismiss", ("reason", "Something else"));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (dismissed.StatusCode, again.StatusCode));
        Assert.Empty((await desk.OpenAsync("/workspace/intake")).QuerySelectorAll("main tbody tr"));
        Assert.Contains("Dismissed: Advertising", (await desk.OpenAsync("/workspace/intake?show=done")).QuerySelector("main tbody")!.TextContent, StringComparison.Ordinal);
        using var raw = await desk.GetAsync(TrayOfMail.Address(item, "/raw"));
        Assert.Equal(item.RawSize, (await raw.Content.ReadAsByteArrayAsync(Stop)).LongLength);
    }

    [Fact]
    public async Task Two_officers_do_not_put_one_message_into_two_cases()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var item = await TrayOfMail.TakeAsync(hub, OfTheChild);
        var tray = hub.Services.GetRequiredService<TrayStore>();
        await tray.ClaimAsync(item, new TrayClaim("first", hub.Time.GetUtcNow(), hub.Failing, "Document"), Stop);
        using var desk = await Desk.OfAsync(hub, "second", OfficerRole.CaseOfficer);
        var form = await desk.OpenAsync(TrayOfMail.Address(item, $"/case/{hub.Late}"));

        using var refused = await desk.SendAsync(form, "#put", ("_mailUse", "Document"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("first began to put the message into case", (await desk.OpenAsync(TrayOfMail.Address(item))).QuerySelector("#acts")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await hub.Store.LoadAsync(hub.Late, Stop)).State.Documents);

        // The first was broken off after the message was in the case, before that was on record.
        await hub.SubmitAsync(hub.Failing, new RecordDocument($"mail-{item.Key}", "A report", TrayOfMail.Received, (await DocumentTests.KeepAsync(hub, hub.Failing)).Value!));
        hub.Time.Advance(TimeSpan.FromMinutes(11));
        using var late = await desk.SendAsync(form, "#put", ("_mailUse", "Document"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Equal(hub.Failing, (await tray.DecisionAsync(Desk.Own, new TrayName(item.ReceivedOn, item.Key), Stop))!.Case);
        Assert.Empty((await hub.Store.LoadAsync(hub.Late, Stop)).State.Documents);
    }
}
