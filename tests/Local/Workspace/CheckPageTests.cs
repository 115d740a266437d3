using System.Net;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>Whatever goes out to somebody is shown first; the daily forms say what the case says.</summary>
public sealed class CheckPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_will_go_out_is_shown_before_it_does_and_nothing_typed_is_lost()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.OfAsync(hub, "officer-a", OfficerRole.CaseOfficer);
        await StepFormsTests.AdviseAsync(hub);
        var before = await EventsAsync(hub);
        var form = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/return-advice?adviceId=medical-1.1");
        var fields = Desk.FieldsOf(form.QuerySelector("#form")!);
        fields["reason"] = "Say how often the review takes place.";

        using var asked = await desk.PostAsync($"/workspace/cases/{hub.Late}/steps/return-advice", fields);
        var page = await Desk.ReadAsync(asked);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var shown = page.QuerySelector("main")!.TextContent;
        Assert.Contains("What will be sent", shown, StringComparison.Ordinal);
        Assert.Contains("Medical advice with what you wrote, back to ", shown, StringComparison.Ordinal);
        Assert.Contains("Say how often the review takes place.", shown, StringComparison.Ordinal);
        Assert.Equal(before, await EventsAsync(hub));

        // Changed once more: the form has everything still, and is asked about again.
        var check = Desk.FieldsOf(page.QuerySelector("#check")!);
        using var again = await desk.PostAsync($"/workspace/cases/{hub.Late}/steps/return-advice", check.Append(new("_change", "yes")).ToDictionary());
        var back = Desk.FieldsOf((await Desk.ReadAsync(again)).QuerySelector("#form")!);
        Assert.Equal(("medical-1.1", "Say how often the review takes place."), (back["adviceId"], back["reason"]));

        // Somebody else does something before it is confirmed: that is shown, and nothing goes out.
        await hub.SubmitAsync(hub.Late, new AssignCaseOfficer("officer-b"));
        using var stopped = await desk.PostAsync($"/workspace/cases/{hub.Late}/steps/return-advice", check.Append(new("_confirmed", "yes")).ToDictionary());
        Assert.Equal(HttpStatusCode.Conflict, stopped.StatusCode);
        Assert.False((await hub.Store.LoadAsync(hub.Late, Stop)).State.Advice[0].Returned);

        using var sent = await desk.SendAsync(await Desk.ReadAsync(stopped), "#form");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.True((await hub.Store.LoadAsync(hub.Late, Stop)).State.Advice[0].Returned);
    }

    [Fact]
    public async Task A_decision_names_every_notice_that_it_sends_and_a_step_that_tells_nobody_is_done_at_once()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        await hub.SubmitAsync(hub.Young, new RecordConsultation((await hub.Store.LoadAsync(hub.Young, Stop)).State.Facts!.ReceivedOn, "They wish for it."));
        var form = await desk.OpenAsync($"/workspace/cases/{hub.Young}/steps/decide-whether-to-assess");
        Assert.Contains("Consulted on", form.QuerySelector(".beside")!.TextContent, StringComparison.Ordinal);
        var fields = Desk.FieldsOf(form.QuerySelector("#form")!);
        (fields["assess"], fields["reasons"]) = ("true", "It may be necessary.");

        using var asked = await desk.PostAsync($"/workspace/cases/{hub.Young}/steps/decide-whether-to-assess", fields);
        var lines = (await Desk.ReadAsync(asked)).QuerySelectorAll("section[aria-labelledby=goes-out] li").Select(line => line.TextContent).ToList();
        var before = (await hub.Store.EffectsAsync(hub.Young, Stop)).Count;
        await hub.SubmitAsync(hub.Young, new DecideWhetherToAssess(true, "It may be necessary."));

        // As many as the decision really sends.
        var sends = (await hub.Store.EffectsAsync(hub.Young, Stop)).Skip(before).Count(one => one.Effect.Effect is SendNotice or SendAdviceRequest);
        Assert.Equal((sends, true), (lines.Count, lines.Any(line => line.Contains("to the family", StringComparison.Ordinal))));

        var officer = await desk.OpenAsync($"/workspace/cases/{hub.Young}/steps/assign-case-officer");
        using var taken = await desk.PostAsync($"/workspace/cases/{hub.Young}/steps/assign-case-officer", Desk.FieldsOf(officer.QuerySelector("#form")!));
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
    }

    [Fact]
    public async Task A_letter_is_read_in_full_before_it_goes_and_says_what_it_lacks()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var form = await desk.OpenAsync($"/workspace/cases/{hub.Young}/steps/write-to-family");
        var fields = Desk.FieldsOf(form.QuerySelector("#form")!);
        (fields["letter"], fields["what"], fields["place"]) = ("MeetingInvited", "The reports of the school.\n# Not a heading.", "2 pm, Example Hall");
        (fields["day/day"], fields["day/month"], fields["day/year"]) = ("14", "9", "2026");

        using var asked = await desk.PostAsync($"/workspace/cases/{hub.Young}/steps/write-to-family", fields);
        var page = await Desk.ReadAsync(asked);
        var letter = page.QuerySelector(".letter")!;
        Assert.Equal("Please come to a meeting with us", letter.QuerySelector("h3")!.TextContent);
        Assert.Contains("The reports of the school.\n# Not a heading.", letter.TextContent, StringComparison.Ordinal);
        Assert.Contains("Monday 14 September 2026", letter.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 pm, Example Hall", letter.TextContent, StringComparison.Ordinal);

        // Exactly these words are then kept and sent.
        using var sent = await desk.PostAsync($"/workspace/cases/{hub.Young}/steps/write-to-family", Desk.FieldsOf(page.QuerySelector("#check")!).Append(new("_confirmed", "yes")).ToDictionary());
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var state = (await hub.Store.LoadAsync(hub.Young, Stop)).State;
        var notice = Assert.Single(state.Notices, n => n.Kind == NoticeKind.MeetingInvited);
        var letters = hub.Services.GetRequiredService<LetterStore>();
        var layout = letters.LayOut(new LetterSubject(LetterKind.MeetingInvited, notice.Id), state, LetterSending.Expected(LondonDate.Of(hub.Time.GetUtcNow()), state, notice, LetterReader.Family)).Layout!;
        Assert.All(layout.Blocks, block => Assert.Contains(block.Words, letter.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_daily_form_asks_for_all_that_its_step_takes_and_shows_the_case_beside_it()
    {
        Assert.True(DailyForm.Steps.Count() > 10);
        foreach (var name in DailyForm.Steps)
        {
            var step = StepCatalogue.Step(name)!;
            var (daily, form) = (DailyForm.Of(step)!, StepForm.Of(step));
            Assert.Equal(form.Fields.Select(field => field.Name).Order(), daily.Fields.Select(field => field.Name).Concat(daily.HiddenReferences).Concat(daily.Others(form).Select(field => field.Name)).Order());
            Assert.All(daily.Others(form), field => Assert.False(field.IsRequired, $"{name}: {field.Name} is folded away, and must be given."));
        }

        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        foreach (var name in DailyForm.Steps)
        {
            var page = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/{name}");
            Assert.True(page.QuerySelector(".beside dl div") is not null, $"{name} says nothing of the case.");
            Assert.Equal(StepForm.Of(StepCatalogue.Step(name)!).Fields.Count == 0, page.QuerySelector("#form label") is null);
        }
    }

    private static async Task<int> EventsAsync(MonitoredHub hub) => (await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Count;
}
