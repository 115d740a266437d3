using System.Globalization;
using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Families.Forms;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>What a family answers on its page once its plan was issued: proposed changes, and which institution it prefers after a phase transfer.</summary>
public sealed class FamilyPlanTests
{
    private static readonly FamilyPerson Father = new()
    {
        Id = "p2",
        Name = "Alaric Example",
        Role = PersonRole.Parent,
        ParentalResponsibility = true,
        Email = "alaric@example.net",
        ElectronicServiceAgreedOn = new DateOnly(2026, 6, 10),
        PostalAddress = ["9 Other Road", "EX9 9ZZ"],
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proposed_changes_are_shown_with_their_sources_and_answered_line_by_line()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.ProposedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        var home = await parent.EnterAsync(path);
        Assert.NotNull(home.QuerySelector($"a.action[href='{path}/changes']"));
        var change = Assert.Single((await hub.StateAsync(id)).Amendments[^1].Changes);

        var form = await parent.Browser.OpenAsync($"{path}/changes");
        var last = (await LimitAsync(hub, id)).ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
        Assert.Contains($"The last day for your answer is {last}.", form.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal((change.Before, change.After), (form.QuerySelector("details del")!.TextContent, form.QuerySelector("details ins")!.TextContent));
        Assert.Contains($"Source: {change.Source}", form.QuerySelector("details summary")!.TextContent, StringComparison.Ordinal);

        var check = await parent.SendAsync(
            form, "main form", ("changes.agrees", "false"), ("changes.text", "It is too little."), ("changes.place", "Foxglove Hill School, Exampleton"),
            ($"changes.{PlanAnswerPart.NameOf(change.Line)}", "Every day, please."), ($"changes.{PlanAnswerPart.NameOf(change.Line)}words", "A reading programme, daily."), ("_then", "check"));
        Assert.Contains("The line should read: A reading programme, daily.", check.Body!.TextContent, StringComparison.Ordinal);
        var done = await parent.SendAsync(check, "main form");
        Assert.Contains("Your answer to the proposed changes was received", done.Body!.TextContent, StringComparison.Ordinal);
        await parent.SendAsync(check, "main form");

        var state = await hub.StateAsync(id);
        var said = Assert.Single(state.Representations);
        Assert.Equal((3, "It is too little.", "Foxglove Hill School, Exampleton", false, null), (said.Version, said.Text, said.PreferredPlace, said.Agrees, said.LateAfter));
        Assert.Equal(new LineComment(change.Line, "Every day, please.", "A reading programme, daily."), Assert.Single(said.Comments!));
        Assert.Contains(state.Attention, a => a.Id.StartsWith("comments-3", StringComparison.Ordinal));
        Assert.Contains(state.Attention, a => a.Id.StartsWith("preferred-3", StringComparison.Ordinal));

        await parent.SendAsync(await parent.Browser.OpenAsync($"{path}/say/meeting"), "main form");
        Assert.NotNull((await hub.StateAsync(id)).MeetingAskedOn);
    }

    [Fact]
    public async Task An_answer_after_the_last_day_is_taken_and_both_sides_read_that_it_is_late()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.ProposedAsync(hub);
        var last = await LimitAsync(hub, id);
        await hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddDays(16), hub.Time.SetUtcNow, Stop);
        await hub.SubmitAsync(id, new DecideNotToAmend("It stays as it is."));
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);

        var form = await parent.Browser.OpenAsync($"{path}/changes");
        Assert.Contains("You can still answer, but the council will see that your answer was late", form.Body!.TextContent, StringComparison.Ordinal);
        var home = await parent.SendAsync(await parent.SendAsync(form, "main form", ("changes.text", "Please do not."), ("_then", "check")), "main form");

        Assert.Contains("These representations came late", home.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(last, Assert.Single((await hub.StateAsync(id)).Representations).LateAfter);
        Assert.Contains((await hub.StateAsync(id)).Attention, a => a.Id.StartsWith("late-answer-3", StringComparison.Ordinal));
        using var gone = await parent.Browser.GetAsync($"{path}/say/meeting");
        Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);
    }

    [Fact]
    public async Task The_letter_that_asks_for_a_preference_is_answered_by_each_parent_and_both_answers_stand()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await AskedAsync(hub);
        using var mother = new Parent(hub);
        using var father = new Parent(hub);
        var (hers, his) = (await Parent.LinkAsync(hub, id), await Parent.LinkAsync(hub, id, "link-2", "p2"));
        var home = await mother.EnterAsync(hers);
        await father.EnterAsync(his, "alaric@example.net");
        Assert.NotNull(home.QuerySelector($"a.action[href='{hers}/preference']"));

        var form = await mother.Browser.OpenAsync($"{hers}/preference");
        var empty = await mother.SendAsync(form, "main form", ("_then", "check"));
        Assert.NotEmpty(empty.QuerySelectorAll("main form .error"));
        var check = await mother.SendAsync(form, "main form", ("preference.place", "foxglove hill school"), ("preference.text", "She knows it."), ("_then", "check"));
        Assert.Contains("In the register of schools: Foxglove Hill School, Exampleton (URN 100005)", check.Body!.TextContent, StringComparison.Ordinal);
        var done = await mother.SendAsync(check, "main form");
        Assert.Contains("Your answer about the school or college was received", done.Body!.TextContent, StringComparison.Ordinal);
        await mother.SendAsync(check, "main form");
        await father.SendAsync(await father.SendAsync(await father.Browser.OpenAsync($"{his}/preference"), "main form", ("preference.place", "The school by the river"), ("_then", "check")), "main form");

        var state = await hub.StateAsync(id);
        var answers = PhaseTransfers.Current(state)!.Answers!;
        Assert.Equal(
            [(null, "urn:100005", "foxglove hill school", "She knows it."), ("p2", null, "The school by the river", null)],
            answers.Select(a => (a.Person, a.Institution?.Id.Value, a.Place, a.Text)));
        Assert.Contains(state.Attention, a => a.Text.StartsWith("The people who speak for the child prefer different institutions", StringComparison.Ordinal));
        Assert.DoesNotContain("by the river", (await mother.Browser.OpenAsync(hers)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Foxglove Hill School", (await mother.Browser.OpenAsync(hers)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preference_is_asked_only_while_its_letter_is_open_and_a_late_one_is_said_to_be_late()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.IssuedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        using (var early = await parent.Browser.GetAsync($"{path}/preference"))
        {
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        }

        await Parent.AskPreferenceAsync(hub, id);
        await hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddDays(30), hub.Time.SetUtcNow, Stop);
        await parent.EnterAsync(path);
        var form = await parent.Browser.OpenAsync($"{path}/preference");
        Assert.Contains("You can still answer", form.Body!.TextContent, StringComparison.Ordinal);
        await parent.SendAsync(await parent.SendAsync(form, "main form", ("preference.text", "We have not decided."), ("_then", "check")), "main form");
        Assert.NotNull(Assert.Single(PhaseTransfers.Current(await hub.StateAsync(id))!.Answers!).LateAfter);
    }

    [Fact]
    public async Task A_budget_of_the_plan_is_asked_for_and_a_refusal_is_disputed_on_the_page()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.IssuedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        Assert.NotNull((await parent.EnterAsync(path)).QuerySelector($"a[href='{path}/plan-budget']"));
        using (var early = await parent.Browser.GetAsync($"{path}/budget-review"))
        {
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        }

        var form = await parent.Browser.OpenAsync($"{path}/plan-budget");
        Assert.NotEmpty((await parent.SendAsync(form, "main form", ("_then", "check"))).QuerySelectorAll("main form .error"));
        var asked = await parent.SendAsync(await parent.SendAsync(form, "main form", ("plan-budget.text", "We know somebody."), ("plan-budget.line0", "true"), ("_then", "check")), "main form");
        Assert.Contains("The council has been told that you want a personal budget", asked.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("the council has not answered yet", asked.Body!.TextContent, StringComparison.Ordinal);
        var request = Assert.Single(BudgetRequests.All(await hub.StateAsync(id)));
        Assert.Equal("We know somebody.", request.Text);

        var today = LondonDate.Of(hub.Time.GetUtcNow());
        await hub.SubmitAsync(id, new DecideOnBudgetLine(Assert.Single(request.Lines).Line, false, today, "The school provides it to everybody."));
        await hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddDays(2), hub.Time.SetUtcNow, Stop);
        await parent.EnterAsync(path);
        var home = await parent.Browser.OpenAsync(path);
        Assert.Contains("The school provides it to everybody.", home.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("the council has not answered yet", home.Body!.TextContent, StringComparison.Ordinal);

        var dispute = await parent.Browser.OpenAsync($"{path}/budget-review");
        var sent = await parent.SendAsync(
            await parent.SendAsync(dispute, "main form", ("budget-review.decision", "1"), ("budget-review.text", "It does not."), ("_then", "check")), "main form");
        Assert.Contains("review its decision", sent.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal((1, "It does not."), (BudgetRequests.Waiting(await hub.StateAsync(id))!.About, BudgetRequests.Waiting(await hub.StateAsync(id))!.Text));

        // Each kind of decision is read on the page, with its sum and its day.
        var line = request.Lines[0].Line;
        var first = today.AddDays(30);
        await hub.SubmitAsync(id, new DecideOnBudgetLine(line, true, today, "Paid each month.", PersonalBudgetForm.Notional, 2400.5m, first));
        await hub.SubmitAsync(id, new ChangeBudgetLine(line, 1200, first.AddDays(60), "It is less often needed."));
        await hub.SubmitAsync(id, new ChangeBudgetLine(line, 0, first.AddDays(90), "It is not needed any more."));
        await hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddDays(2), hub.Time.SetUtcNow, Stop);
        await parent.EnterAsync(path);
        var decided = (await parent.Browser.OpenAsync(path)).Body!.TextContent;
        Assert.Contains($"Agreed: £2,400.50 a year from {Words.Day(first, withYear: true)}", decided, StringComparison.Ordinal);
        Assert.Contains($"Changed to £1,200 a year from {Words.Day(first.AddDays(60), withYear: true)}", decided, StringComparison.Ordinal);
        Assert.Contains($"Stopped from {Words.Day(first.AddDays(90), withYear: true)}", decided, StringComparison.Ordinal);
    }

    private static async Task<AssessmentId> AskedAsync(LetterHub hub)
    {
        var id = await Parent.IssuedAsync(hub);
        await Parent.WriteRegisterAsync(hub);
        await hub.SubmitAsync(id, new RecordPerson(Father));
        await Parent.AskPreferenceAsync(hub, id);
        return id;
    }

    private static async Task<DateOnly> LimitAsync(LetterHub hub, AssessmentId id)
    {
        var state = await hub.StateAsync(id);
        var rules = hub.Services.GetRequiredService<RuleBook>().For(id);
        return Limits.Of(state, LondonDate.Of(hub.Time.GetUtcNow()), rules).Single(l => l.Limit.RuleKey == "reviewRepresentations").Limit.Due!.Value;
    }
}
