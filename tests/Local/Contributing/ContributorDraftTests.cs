using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Contributing;

/// <summary>No word that was typed is lost: not by a page that was open for too long, not by a refused form, not by a hub that is killed.</summary>
public sealed class ContributorDraftTests
{
    [Fact]
    public async Task A_hub_killed_after_any_save_has_it_when_it_is_back()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("killed", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        string[] needs = ["Reading is slow.", "Reading is slow.\nSpelling too.", "Reading is slow, and spelling; and \u00e9t\u00e9 \ud83d\ude00."];
        foreach (var need in needs)
        {
            await school.SendAsync(await school.Browser.OpenAsync($"{path}/advice/needs"), "main form", ("content.needs[0].text", need));

            // What is on the disk at this instant is what a killed hub finds again.
            var copy = Directory.CreateTempSubdirectory("contribute-killed-").FullName;
            Copy(hub.DataDirectory, copy);
            await using var again = await School.HubAsync(copy, hub.Time.GetUtcNow());
            using var later = new School(again);
            await later.EnterAsync(path);
            Assert.Equal(need, (await later.Browser.OpenAsync($"{path}/advice")).QuerySelector("#content-needs-0-text")!.TextContent);
        }
    }

    [Theory]
    [InlineData("advice", "content.needs[0].text")]
    [InlineData("advice/needs", "content.needs[0].text")]
    [InlineData("say/decline", "acts.decline.reason")]
    [InlineData("say/question", "acts.question.text")]
    public async Task What_is_sent_after_the_hour_is_kept_and_shown_after_a_new_code(string tail, string field)
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("expired", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        var page = await school.Browser.OpenAsync($"{path}/{tail}");
        hub.Time.Advance(TimeSpan.FromHours(2));

        var kept = await school.SendAsync(page, "main form", (field, "Two hours of work."));
        Assert.Contains("What you typed has been saved", kept.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", kept.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Two hours", kept.Body.TextContent, StringComparison.Ordinal);

        await school.EnterAsync(path);
        Assert.Equal("Two hours of work.", (await school.Browser.OpenAsync($"{path}/{tail}")).QuerySelector($"[name='{field}']")!.TextContent);
        Assert.Equal(Orchestrations.Advice.RequestStatus.Delivered, RequestStatusOf(await hub.StateAsync(id)));
    }

    [Fact]
    public async Task A_form_whose_token_is_not_good_any_more_comes_back_as_it_was_typed()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("token", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        var page = await school.Browser.OpenAsync($"{path}/advice");

        var back = await school.SendAsync(page, "main form", ("content.needs[0].text", "Typed for long."), ("__RequestVerificationToken", "x"));
        Assert.Equal("Typed for long.", back.QuerySelector("#content-needs-0-text")!.TextContent);
        Assert.Contains("Nothing was saved", back.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        await school.SendAsync(back, "main form");
        Assert.Equal("Typed for long.", (await school.Browser.OpenAsync($"{path}/advice")).QuerySelector("#content-needs-0-text")!.TextContent);
    }

    [Fact]
    public async Task What_a_colleague_saves_meanwhile_is_not_sent_unseen()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("two", assess: true);
        using var school = new School(hub);
        var path = School.PathTo(hub, id);
        await school.EnterAsync(path);
        var check = await school.SendAsync(await school.Browser.OpenAsync($"{path}/advice"), "main form", [.. School.Short(), ("_then", "check")]);
        using var second = new School(hub);
        await second.EnterAsync(path);
        await second.SendAsync(await second.Browser.OpenAsync($"{path}/advice/more"), "main form", ("content.views[0].text", "Likes football."));

        var shown = await school.SendAsync(check, "main form");
        Assert.Contains("The draft has changed since you opened it", shown.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await hub.StateAsync(id)).Advice);
        var receipt = await school.SendAsync(shown, "main form");
        Assert.Contains("Likes football.", receipt.Body!.TextContent, StringComparison.Ordinal);

        // Sent twice by a double click, it is one.
        var again = await school.SendAsync(shown, "main form");
        Assert.Contains("Your advice was received", again.Body!.TextContent, StringComparison.Ordinal);
        Assert.Single((await hub.StateAsync(id)).Advice);
    }

    [Fact]
    public async Task What_a_colleague_wrote_meanwhile_is_not_overwritten_unseen()
    {
        await using var hub = await School.HubAsync();
        var id = await hub.DecideAsync("both", assess: true);
        var path = School.PathTo(hub, id);
        using var first = new School(hub);
        using var second = new School(hub);
        await first.EnterAsync(path);
        await second.EnterAsync(path);
        var page = await first.Browser.OpenAsync($"{path}/advice");
        await second.SendAsync(await second.Browser.OpenAsync($"{path}/advice"), "main form", ("content.needs[0].text", "Cannot sit still."), ("content.views[0].text", "Likes football."));

        var both = await first.SendAsync(page, "main form", ("content.needs[0].text", "Reading is slow."));
        Assert.Equal("Reading is slow.", both.QuerySelector("#content-needs-0-text")!.TextContent);
        Assert.Contains("Cannot sit still.", both.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Likes football.", both.QuerySelector("#content-views-0-text")!.TextContent);
        Assert.Equal("Cannot sit still.", (await second.Browser.OpenAsync($"{path}/advice")).QuerySelector("#content-needs-0-text")!.TextContent);

        await first.SendAsync(both, "main form", ("content.needs[0].text", "Reading is slow. Cannot sit still."));
        Assert.Equal("Reading is slow. Cannot sit still.", (await second.Browser.OpenAsync($"{path}/advice")).QuerySelector("#content-needs-0-text")!.TextContent);

        // Whoever goes back in the browser and writes on has nobody else's text to check.
        var own = await first.Browser.OpenAsync($"{path}/advice");
        await first.SendAsync(own, "main form", ("content.needs[0].text", "Reading is slow."));
        await first.SendAsync(own, "main form", ("content.needs[0].text", "Reading is very slow."));
        Assert.Equal("Reading is very slow.", (await second.Browser.OpenAsync($"{path}/advice")).QuerySelector("#content-needs-0-text")!.TextContent);
    }

    private static Orchestrations.Advice.RequestStatus RequestStatusOf(AssessmentState state) => state.Requests.First(r => r.Agency?.Id.Value == School.Id).Status;

    /// <summary>Copies what is on the disk at this instant.</summary>
    internal static void Copy(string from, string to)
    {
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(directory.Replace(from, to, StringComparison.Ordinal));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var made = File.Create(file.Replace(from, to, StringComparison.Ordinal));
            open.CopyTo(made);
        }
    }
}
