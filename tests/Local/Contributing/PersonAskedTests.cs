using System.Net;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Contributing;

/// <summary>Somebody who works for no organisation is asked for advice: they are in no directory, and answer on the same page as a school.</summary>
public sealed class PersonAskedTests
{
    private const string Mail = "jo@practice.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_asks_a_private_psychologist_in_the_workspace_who_answers_by_the_link_in_the_message()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("private", assess: true);
        using var officer = Desk.Of(hub.Browser());
        using var signedIn = await officer.SendAsync(await officer.OpenAsync("/workspace/sign-in"), "main form", ("role", OfficerRoles.Name(OfficerRole.CaseOfficer)), ("council", Desk.Own.Value));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var advice = await officer.OpenAsync($"/workspace/cases/{id}/advice");
        var link = Assert.Single(advice.QuerySelectorAll("main a"), a => a.TextContent.StartsWith("Ask a person who works for no organisation", StringComparison.Ordinal));
        var form = await officer.OpenAsync(link.GetAttribute("href")!);

        using var unregistered = await officer.SendAsync(form, "main form", Psychologist(""));
        var refused = await Desk.ReadAsync(unregistered);
        Assert.Contains("PYL12345", refused.Body!.TextContent, StringComparison.Ordinal);

        using var checking = await officer.SendAsync(refused, "main form", Psychologist("PYL12345"));
        var check = await Desk.ReadAsync(checking);
        if (checking.StatusCode == HttpStatusCode.OK)
        {
            using var sent = await officer.SendAsync(check, "main form");
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }

        await hub.Engine.RunDueAsync(Stop);
        var asked = await AskedAsync(hub, id);
        Assert.Equal((RequestStatus.Delivered, AnswerDuty.Invited, "Jo Example, educational psychologist (PYL12345)"), (asked.Status, asked.Duty, asked.Agency!.Name));
        Assert.Contains(Mail, (await officer.OpenAsync($"/workspace/cases/{id}/advice")).Body!.TextContent, StringComparison.Ordinal);

        var message = Assert.Single(hub.Post.Sent, m => m.Address?.Mail == Mail);
        Assert.All(MonitoredHub.OfTheChild, personal => Assert.DoesNotContain(personal, message.Subject + message.Text, StringComparison.Ordinal));
        using var person = new School(hub);
        var path = School.PathTo(hub, id, Mail);
        var page = await person.EnterAsync(path, Mail);
        Assert.Contains("Alex", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Pass the request on", page.Body.TextContent, StringComparison.Ordinal);
        using var passing = await person.Browser.GetAsync($"{path}/say/pass-on");
        Assert.NotEqual(HttpStatusCode.OK, passing.StatusCode);

        var receipt = await person.AnswerAsync(path);
        Assert.Contains("Your advice was received", receipt.Body!.TextContent, StringComparison.Ordinal);
        var state = await hub.StateAsync(id);
        Assert.Equal(asked.Agency, Assert.Single(state.Advice, a => a.RequestId == asked.Id).Agency);
        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains(Mail, StringComparison.Ordinal) || line.Contains("Jo Example", StringComparison.Ordinal) || line.Contains("PYL12345", StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_are_reminded_at_their_own_address_and_then_the_councils_SEND_lead_is_told()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("tutor", assess: true);
        await hub.SubmitAsync(id, new AskPersonForAdvice(AdviceKind.Other, "Jo Example", "tutor", Mail, "Jo has taught the child for a year."));
        await hub.Engine.RunDueAsync(Stop);
        var asked = await AskedAsync(hub, id);
        var path = School.PathTo(hub, id, Mail);
        await hub.Engine.AdvanceToAsync(new DateTimeOffset(2026, 8, 20, 9, 0, 0, TimeSpan.Zero), hub.Time.SetUtcNow, Stop);

        // The request, and a reminder two weeks before, three days before and the day after.
        Assert.Equal(4, hub.Post.Sent.Count(m => m.Address?.Mail == Mail && m.To == NoticeDirectory.Contributor && m.Text.Contains(path, StringComparison.Ordinal)));
        Assert.Equal(["remind-2-weeks-before", "remind-3-days-before", "remind-overdue", "escalate-send-lead"], (await AskedAsync(hub, id)).ChaseSteps);
        Assert.DoesNotContain(hub.Services.GetRequiredService<INoticeStore>().Of(id), n => n.To.Contains("manager", StringComparison.Ordinal) && n.To.Contains(asked.Agency!.Id.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_link_of_one_person_opens_nobody_elses_request()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("two", assess: true);
        await hub.SubmitAsync(id, new AskPersonForAdvice(AdviceKind.Other, "Jo Example", "tutor", Mail, "Jo has taught the child for a year."));
        await hub.SubmitAsync(id, new AskPersonForAdvice(AdviceKind.Other, "Kim Example", "childminder", "kim@home.example", "Kim minds the child."));
        await hub.Engine.RunDueAsync(Stop);
        var both = (await hub.StateAsync(id)).Requests.Where(r => r.Person is not null).ToList();
        Assert.Equal(2, both.Select(r => r.Agency!.Id).Distinct().Count());
        Assert.All(both, r => Assert.Equal(AgencyScheme.Person, r.Agency!.Id.Scheme));

        using var jo = new School(hub);
        Assert.Contains("Jo Example", (await jo.EnterAsync(School.PathTo(hub, id, Mail), Mail)).Body!.TextContent, StringComparison.Ordinal);
        using var kims = await jo.Browser.GetAsync($"{School.PathTo(hub, id, "kim@home.example")}/advice");
        Assert.NotEqual(HttpStatusCode.OK, kims.StatusCode);
    }

    private static (string Name, string Value)[] Psychologist(string registration) =>
    [
        ("kind", "Psychological"), ("name", "Jo Example"), ("profession", "educational psychologist"), ("registration", registration), ("mail", Mail),
        ("reason", "The council's own service has nobody free."),
    ];

    private static async Task<AdviceRequest> AskedAsync(LetterHub hub, AssessmentId id) => (await hub.StateAsync(id)).Requests.Last(r => r.Person is not null);
}
