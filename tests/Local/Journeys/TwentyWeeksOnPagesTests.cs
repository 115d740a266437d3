using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Journeys;

/// <summary>
/// The 20 weeks of the demonstration with its family, school and psychologist at the hub's pages in a real browser: the family asks, gives its
/// views, answers the draft and reads every letter; the school and the psychologist write their advice. They have links and codes that were sent to
/// them, and no token.
/// </summary>
public sealed partial class TwentyWeeksOnPagesTests
{
    private const string Family = "family@example.org";
    private const string School = "senco@millbrook.example";
    private const string Psychology = "psychologists@northbridge.example";

    private readonly ConcurrentQueue<NoticeMessage> sent = new();
    private readonly VisitorsBrowser browser;
    private Task browsing = Task.CompletedTask;
    private string family = "";
    private AssessmentId opened;
    private AssessmentState? ended;

    public TwentyWeeksOnPagesTests() => browser = new VisitorsBrowser(mail => Code().Match(sent.Last(m => m.Address?.Mail == mail && Code().IsMatch(m.Text)).Text).Groups["code"].Value);

    [Fact]
    public async Task Family_school_and_psychologist_take_part_on_pages_alone_and_the_plan_is_sent_in_time()
    {
        var stop = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("twenty-weeks-");
        var visitors = new DemoVisitors(
            new Dictionary<AgencyId, string> { [Cast.School.Id] = School, [Cast.Psychology.Id] = Psychology },
            AskAsync,
            [
                new Contributor(this, "school", School, (AdviceKind.Educational, "school", 28), (AdviceKind.PreparationForAdulthood, "adulthood", 33)),
                new Contributor(this, "psychologist", Psychology, (AdviceKind.Psychological, "psychologist", 38)),
                new Parents(this),
            ]);
        try
        {
            var ran = DemoRun.RunAsync(data, null, json: true, stop, new DemoWatch(sent, KeepAsync) { Visitors = visitors }, toFinalPlan: true);
            Assert.True(await ran, "the final plan was not sent");
        }
        finally
        {
            browser.End();
            await browsing;
            data.Delete(recursive: true);
        }

        var state = ended!;
        Assert.Equal(
            [AdviceKind.Educational, AdviceKind.Psychological, AdviceKind.PreparationForAdulthood],
            state.Advice.Where(a => a.Agency?.Id == Cast.School.Id || a.Agency?.Id == Cast.Psychology.Id).Select(a => a.Kind).Order());
        var answer = Assert.Single(state.Representations);
        Assert.Equal(("Hillside Special School", "Baking at a railway café, once a week."), (answer.PreferredPlace, Assert.Single(answer.Comments!).Proposed));
        Assert.Equal((true, true), (state.MeetingAskedOn is not null, state.BudgetAskedOn is not null));
        foreach (var name in (string[])["school", "adulthood", "psychologist"])
        {
            // Every word that they wrote on the pages is in the case.
            var written = Cast.Advice(name);
            var kept = state.Advice.Select(a => a.Content).Single(c => c.Needs.Select(n => n.Text).SequenceEqual(written.Needs.Select(n => n.Text)) && c.Outcomes.Count == written.Outcomes.Count);
            Assert.Equal(written.Outcomes.Select(o => o.Text), kept.Outcomes.Select(o => o.Text));
            Assert.Equal(written.Provision.Select(p => (p.Text, p.Who, p.HowOften, p.HowLong)), kept.Provision.Select(p => (p.Text, p.Who, p.HowOften, p.HowLong)));
        }
    }

    /// <summary>The day of the final plan is the family's last: it reads every letter, and what the case holds is kept for the end.</summary>
    private async Task KeepAsync(WebApplication hub, VirtualClock clock)
    {
        var state = (await hub.Services.GetRequiredService<IAssessmentStore>().LoadAsync(opened, TestContext.Current.CancellationToken)).State;
        if (state.Stage == Stage.PlanIssued && ended is null)
        {
            ended = state;
            var read = await browser.DoAsync("letters", "family", new { link = family, mail = Family });
            Assert.Equal(state.Notices.Count(n => n is { To: RecipientRole.Family, SentOn: not null }), read.GetArrayLength());
        }
    }

    private async Task<AssessmentId> AskAsync(WebApplication hub)
    {
        browsing = browser.RunAsync(LocalHub.AddressOf(hub).ToString().TrimEnd('/'));
        var child = Cast.Facts.Child;
        var asked = await browser.DoAsync("ask", "family", new
        {
            council = Cast.CouncilCode.Value,
            mail = Family,
            fields = new Dictionary<string, string>
            {
                ["ask.givenName"] = child.GivenName,
                ["ask.familyName"] = child.FamilyName,
                ["ask.born/day"] = "3",
                ["ask.born/month"] = "11",
                ["ask.born/year"] = "2011",
                ["ask.place"] = Cast.School.Name,
                ["ask.name"] = Cast.Facts.Family.Name,
                ["ask.who"] = nameof(RequestRoute.Parent),
                ["ask.mail"] = "true",
                ["ask.worries"] = "Alex leaves the classroom when more than two people speak.",
            },
        });
        family = asked.GetProperty("link").GetString()!;
        Assert.True(AssessmentId.TryParse(asked.GetProperty("reference").GetString(), out opened, out var problem), problem);
        return opened;
    }

    /// <summary>The links that an address was sent, oldest first.</summary>
    private IEnumerable<string> LinksTo(string mail) => sent.Where(m => m.Address?.Mail == mail)
        .SelectMany(m => LetterHub.LinksIn(m.Text)).Where(l => l.Contains("/contribute/", StringComparison.Ordinal)).Select(l => new Uri(l).PathAndQuery).Distinct();

    [GeneratedRegex("Your code is (?<code>[0-9]{6})")]
    private static partial Regex Code();

    /// <summary>Somebody of an agency who opens each link that is sent, and writes what the story gives them on its day.</summary>
    private sealed class Contributor(TwentyWeeksOnPagesTests test, string who, string mail, params (AdviceKind Kind, string Advice, int AfterDays)[] story) : IDemoPartner
    {
        private readonly Dictionary<string, DateOnly> opened = [];
        private int answered;

        public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken)
        {
            foreach (var link in test.LinksTo(mail).Where(l => !opened.ContainsKey(l)).ToList())
            {
                await test.browser.DoAsync("acknowledge", who, new { link, mail });
                opened[link] = today;
            }

            // Each agency was asked for its kinds in the order of its story.
            foreach (var (link, day) in opened.Skip(answered).ToList())
            {
                var (_, advice, after) = story[answered];
                if (today < day.AddDays(after))
                {
                    return;
                }

                await test.browser.DoAsync("advice", who, new { link, mail, parts = PartsOf(Cast.Advice(advice)) });
                answered++;
            }
        }

        private static object[] PartsOf(AdviceContent advice) =>
        [
            Part("about", new Dictionary<string, string> { ["content.author"] = advice.Author, ["content.authorRole"] = advice.AuthorRole }),
            Part("needs", [.. advice.Needs.Select((n, i) => new Dictionary<string, string> { [$"content.needs[{i}].text"] = n.Text, [$"content.needs[{i}].area"] = n.Area.ToString() })]),
            Part("outcomes", [.. advice.Outcomes.Select((o, i) => new Dictionary<string, string> { [$"content.outcomes[{i}].text"] = o.Text })]),
            Part("provision", [.. advice.Provision.Select((p, i) => new Dictionary<string, string>
            {
                [$"content.provision[{i}].text"] = p.Text, [$"content.provision[{i}].kind"] = p.Kind.ToString(), [$"content.provision[{i}].who"] = p.Who ?? "",
                [$"content.provision[{i}].howOften"] = p.HowOften ?? "", [$"content.provision[{i}].howLong"] = p.HowLong ?? "",
            })]),
        ];

        private static object[] Part(string name, params Dictionary<string, string>[] rows) => [name, rows];
    }

    /// <summary>What the family does by its story, on its own pages.</summary>
    private sealed class Parents(TwentyWeeksOnPagesTests test) : IDemoPartner
    {
        public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken)
        {
            var own = new { link = test.family, mail = Family };
            switch (today.DayNumber - Cast.Start.DayNumber)
            {
                case 24:
                    var views = Cast.Advice("family").Views;
                    await test.browser.DoAsync("write", "family", new
                    {
                        own.link,
                        own.mail,
                        part = "views",
                        said = "Your views were received",
                        fields = new Dictionary<string, string> { ["views.own"] = $"{views[0].Text} {views[2].Text}", ["views.hopes"] = views[1].Text, ["views.child"] = "I like the museum." },
                    });
                    break;
                case 106:
                    await test.browser.DoAsync("say", "family", new { own.link, own.mail, what = "meeting" });
                    await test.browser.DoAsync("say", "family", new { own.link, own.mail, what = "budget" });
                    break;
                case 112:
                    await test.browser.DoAsync("write", "family", new
                    {
                        own.link,
                        own.mail,
                        part = "draft",
                        said = "Your answer to the draft plan was received",
                        fields = new Dictionary<string, string>
                        {
                            ["draft.agrees"] = "false",
                            ["draft.text"] = "We agree with the needs.",
                            ["draft.place"] = Cast.College.Name,
                            ["draft.line0"] = "Say where.",
                            ["draft.line0words"] = "Baking at a railway café, once a week.",
                        },
                    });
                    break;
            }
        }
    }
}
