using System.Net;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>Every step that an officer may send has a page, and the page says what the API says.</summary>
public sealed class StepFormsTests
{
    private static readonly StepDefinition[] OfOfficers = [.. StepCatalogue.Steps.Where(step => step.Senders.Contains(ActorRole.CouncilOfficer))];

    private static (string Page, string Api) OpeningOf(StepDefinition step) =>
        step.Type == typeof(OpenAssessment) ? ("/workspace/new", "/v1/cases") : ("/workspace/take-over", "/v1/take-over-assessment");

    [Fact]
    public async Task Every_step_has_a_page_that_takes_and_refuses_what_the_API_takes_and_refuses()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        var wrong = new List<string>();
        foreach (var step in OfOfficers)
        {
            var isOpening = step.Opens;
            var (page, api) = isOpening ? (default, default) : (await Desk.SeedAsync(hub, $"page {step.Name}"), await Desk.SeedAsync(hub, $"api {step.Name}"));
            var example = InputExamples.Of(step.Name);
            Assert.True(example is not null, $"{step.Name} has no example.");
            var form = await desk.OpenAsync(isOpening ? OpeningOf(step).Page : $"/workspace/cases/{page}/steps/{step.Name}");
            using var sent = await desk.SendAsync(form, "#form", [.. FormValues.Of(example).All.Select(typed => (typed.Key, typed.Value))]);
            var (status, detail) = await Desk.CallAsync(hub, isOpening ? OpeningOf(step).Api : $"/v1/cases/{api}/{step.Name}", example.ToJsonString(), "example");

            var expected = status is 200 or 201 ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity;
            var said = sent.StatusCode == HttpStatusCode.Redirect ? "" : (await Desk.ReadAsync(sent)).QuerySelector(".errors")?.TextContent ?? "";
            // The two senders may see different cases of the same child, so only the beginning of that refusal is compared.
            if (sent.StatusCode != expected || !said.Contains(isOpening ? detail.Split(':')[0] : detail.Replace(api.Value, page.Value, StringComparison.Ordinal), StringComparison.Ordinal))
            {
                wrong.Add($"{step.Name}: the API says {status} {detail}; the page says {(int)sent.StatusCode} {said.Trim()}");
            }
        }

        Assert.True(OfOfficers.Length > 50);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task To_take_over_an_assessment_the_facts_are_asked_for_as_in_a_new_request()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var taking = await desk.OpenAsync("/workspace/take-over");
        string[] asked = [.. (await desk.OpenAsync("/workspace/new")).QuerySelectorAll("#form h2").Select(heading => heading.TextContent)];

        Assert.Equal([.. asked, "What has already been done"], taking.QuerySelectorAll("#form h2").Select(heading => heading.TextContent));
        Assert.NotNull(taking.QuerySelector("#form details:not([open]) #facts-child-nhsNumberStatus"));
        Assert.Null(taking.QuerySelector("#form details #facts-child-nhsNumber"));
        Assert.NotNull(taking.QuerySelector("#decidedOn-day, #decidedOn"));
    }

    [Fact]
    public async Task Every_form_that_was_open_too_long_comes_back_as_it_was_filled_in()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        foreach (var step in OfOfficers)
        {
            var address = step.Opens ? OpeningOf(step).Page : $"/workspace/cases/{hub.Late}/steps/{step.Name}";
            var typed = Typed(step);
            using var answer = await desk.PostAsync(address, typed.Append(new("__RequestVerificationToken", "old")).ToDictionary());

            Assert.Equal((step.Name, HttpStatusCode.UnprocessableEntity), (step.Name, answer.StatusCode));
            var back = Desk.FieldsOf((await Desk.ReadAsync(answer)).QuerySelector("#form")!);
            var words = Leaves(StepForm.Of(step).Fields).Where(field => (field.Element ?? field).Kind == FieldKind.Choice).Select(field => field.Name).ToHashSet();
            Assert.All(typed, one => Assert.True(
                string.Equals(one.Value, back.GetValueOrDefault(one.Key), words.Contains(one.Key.Split('.')[^1].Split('[')[0]) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal),
                $"{step.Name}, {one.Key}: \"{one.Value}\" came back as \"{back.GetValueOrDefault(one.Key)}\""));
        }
    }

    [Fact]
    public async Task Whoever_was_signed_out_meanwhile_gets_every_word_back()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var gone = Desk.SignedOut(hub);
        foreach (var step in OfOfficers.Where(step => !step.Opens))
        {
            var typed = Typed(step);
            using var answer = await gone.PostAsync($"/workspace/cases/{hub.Late}/steps/{step.Name}", typed);

            Assert.Equal((step.Name, HttpStatusCode.Unauthorized), (step.Name, answer.StatusCode));
            var page = await Desk.ReadAsync(answer);
            Assert.Equal(typed.OrderBy(f => f.Key, StringComparer.Ordinal), Desk.FieldsOf(page.QuerySelector("main form")!).OrderBy(f => f.Key, StringComparer.Ordinal));
            Assert.DoesNotContain("Alex", page.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_in_the_summary()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        var form = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/claim-exception");

        using var sent = await desk.SendAsync(form, "#form", ("ground", "SchoolClosed"), ("from/day", "31"), ("from/month", "2"), ("from/year", "2026"), ("evidence", "Term dates"));

        var page = await Desk.ReadAsync(sent);
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        string[] links = [.. page.QuerySelectorAll(".errors a").Select(a => a.GetAttribute("href")!)];
        Assert.Equal(["#from", "#to", "#whyImpractical"], links);
        Assert.All(links, link => Assert.NotNull(page.QuerySelector(link)));
        Assert.Equal(3, page.QuerySelectorAll("#form .error").Length);
        Assert.Equal("Term dates", Desk.FieldsOf(page.QuerySelector("#form")!)["evidence"]);
    }

    [Fact]
    public async Task A_form_shows_what_it_is_about_and_what_the_checks_find()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        await AdviseAsync(hub);

        var returned = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/return-advice?adviceId=medical-1.1");
        var edited = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/edit-plan?lineId=medical-1.1/p1");
        var draft = await desk.OpenAsync($"/workspace/cases/{hub.Late}/steps/prepare-draft");

        Assert.Contains("Moderate bilateral hearing loss.", returned.QuerySelector("main .card")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Audiology review.", edited.QuerySelector("main .next")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("medical-1.1/p1", Desk.FieldsOf(edited.QuerySelector("#form")!)["lineId"]);
        Assert.Contains("Stops the plan", draft.QuerySelector("main .next")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_of_every_form_is_explained()
    {
        var silent = OfOfficers.SelectMany(step => Leaves(StepForm.Of(step).Fields).Select(field => (step.Name, field)))
            .Where(one => one.field is { Hint: "", Name: not "" }).Select(one => $"{one.Name}: {one.field.Name}").ToList();

        Assert.True(silent.Count == 0, string.Join("\n", silent));
    }

    [Fact]
    public async Task An_advice_stands_beside_the_lines_of_the_plan_that_it_fills_and_is_returned_from_there()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        await AdviseAsync(hub);

        var page = await desk.OpenAsync($"/workspace/cases/{hub.Late}/advice/medical-1.1");
        var (advice, fills) = (page.QuerySelector("section[aria-labelledby=advice-words]")!.TextContent, page.QuerySelector("section[aria-labelledby=advice-fills]")!.TextContent);
        Assert.Contains("Audiology review.", advice, StringComparison.Ordinal);
        Assert.Contains("Audiology review.", fills, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("section[aria-labelledby=advice-fills] a[href$='edit-plan?lineId=medical-1.1%2Fp1']"));

        // A return without a reason comes back on its own form, with what it is about; with one it is sent.
        using var refused = await desk.SendAsync(page, "#return");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("medical-1.1", Desk.FieldsOf((await Desk.ReadAsync(refused)).QuerySelector("#form")!)["adviceId"]);
        using var returned = await desk.SendAsync(page, "#return", ("reason", "How often is missing."));
        Assert.Equal(HttpStatusCode.Redirect, returned.StatusCode);
        Assert.True((await hub.Store.LoadAsync(hub.Late, TestContext.Current.CancellationToken)).State.Advice[0].Returned);
        Assert.Contains("no line of the plan is based on this advice", (await desk.OpenAsync($"/workspace/cases/{hub.Late}/advice/medical-1.1")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var absent = await desk.GetAsync($"/workspace/cases/{hub.Late}/advice/medical-1.2");
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    /// <summary>The advice of the example, as answer to the medical request of the late case.</summary>
    internal static Task AdviseAsync(MonitoredHub hub) =>
        hub.SubmitAsync(hub.Late, ((SubmitAdvice)InputReading.Read(StepCatalogue.Step("submit-advice")!, System.Text.Encoding.UTF8.GetBytes(InputExamples.Of("submit-advice")!.ToJsonString())).Input!) with { RequestId = "medical-1" });

    private static Dictionary<string, string> Typed(StepDefinition step)
    {
        // A day is typed as its three parts.
        var all = FormValues.Of(InputExamples.Of(step.Name)).All;
        return all.Where(typed => !all.ContainsKey(typed.Key + "/day")).ToDictionary();
    }

    private static IEnumerable<FormField> Leaves(IEnumerable<FormField> fields) =>
        fields.SelectMany(field => Leaves(field.Members).Concat(field.Element is { } element ? Leaves([element]) : []).Append(field));
}
