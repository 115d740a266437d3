using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>
/// Every link in every message of the demonstration is followed in headless Chromium as the one it was sent to, on the day on which it
/// was sent: it opens on the right letter, or on how to answer. At the end each is revoked, and answers 404. Pictures and PDFs of the
/// letters go to SCREENSHOTS where that is set.
/// </summary>
public sealed partial class DemoLinksTests
{
    private static readonly string[] Born = ["3", "11", "2011"];

    [Fact]
    public async Task Every_link_of_the_demonstration_opens_for_the_one_it_was_sent_to()
    {
        await using var browser = LinkBrowser.Start();
        var data = Directory.CreateTempSubdirectory("demo-links-");
        var sent = new ConcurrentQueue<NoticeMessage>();
        var (done, letters, answers, monitor, kinds) = (0, new List<(Uri At, string Notice)>(), 0, 0, new SortedSet<string>(StringComparer.Ordinal));

        async Task AfterDayAsync(WebApplication hub, VirtualClock clock)
        {
            var root = LocalHub.AddressOf(hub);
            var messages = sent.ToList();
            foreach (var message in messages.Skip(done).Where(m => !m.Id.Contains("/code/", StringComparison.Ordinal)))
            {
                var links = LetterHub.LinksIn(message.Text).Select(l => new Uri(root, new Uri(l).PathAndQuery)).ToList();
                Assert.True(links.Count > 0, $"{message.Subject}: no link.");
                foreach (var link in links)
                {
                    var place = link.AbsolutePath.Split('/')[1];
                    var id = AssessmentId.TryParse(link.AbsolutePath.Split('/')[place == "workspace" ? 3 : 2], out var parsed, out _) ? parsed : default;
                    var state = (await hub.Services.GetRequiredService<IAssessmentStore>().LoadAsync(id, TestContext.Current.CancellationToken)).State;
                    switch (place)
                    {
                        case "letters":
                            var notice = Assert.Single(state.Notices, n => n.Sending == message.Id || message.Id.StartsWith($"{n.Sending}~", StringComparison.Ordinal));
                            await OpenAsync(browser, link, notice, sent, closely: kinds.Add($"{notice.Kind} to {notice.To}") && (notice.To == RecipientRole.Family || kinds.Count < 4));
                            letters.Add((link, notice.Id));
                            break;
                        case "answering":
                            var maker = hub.Services.GetRequiredService<ReaderLinks>();
                            var asked = state.Requests.Single(r => r.Agency is { } a && maker.Opens(link.AbsolutePath.Split('/')[^1], id, r.Id, a.Id.Value));
                            var page = await browser.FollowAsync(link, message.To, name: answers == 0 ? "how-to-answer" : null);

                            // What was answered later on the same day has no page any more.
                            var waits = asked.IsOpen || asked.Status == RequestStatus.Declined;
                            Assert.True(page.Status == (waits ? 200 : 404) && page.H1.StartsWith(waits ? "How to answer" : "This link", StringComparison.Ordinal), $"{message.Subject}: {page.Status} {page.Text}");
                            Assert.Empty(page.Axe);
                            answers += waits ? 1 : 0;
                            break;
                        default:
                            monitor++;
                            Assert.Contains(message.To, (string[])["case officer", "council's SEND lead", "Head of SEND", "key worker"]);
                            using (var officer = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = root })
                            using (var shown = await officer.GetAsync(link, TestContext.Current.CancellationToken))
                            {
                                // The officer signs in there; nobody sees it without.
                                Assert.Equal(("workspace", HttpStatusCode.Redirect), (place, shown.StatusCode));
                            }

                            break;
                    }
                }
            }

            done = sent.Count;
            if (clock.GetUtcNow() >= new DateTimeOffset(2026, 5, 18, 9, 0, 0, TimeSpan.Zero) && kinds.Any(k => k.StartsWith("FinalPlan", StringComparison.Ordinal)))
            {
                await EndAllAsync(hub, clock, browser, letters);
            }
        }

        try
        {
            await DemoRun.RunAsync(data, null, json: true, TestContext.Current.CancellationToken, new DemoWatch(sent, AfterDayAsync), toFinalPlan: true);
        }
        finally
        {
            data.Delete(recursive: true);
        }

        Assert.Equal(
            [
                "AssessmentConsidered to Icb", "AssessmentConsidered to Setting", "AssessmentConsidered to SocialCare", "DraftPlan to Family", "ExceptionApplies to Family",
                "FinalPlan to Family", "FinalPlan to Icb", "FinalPlan to NamedInstitution", "InstitutionConsulted to NamedInstitution", "RequestAcknowledged to Family", "WillAssess to Family", "WillAssess to Icb", "WillAssess to Setting", "WillAssess to SocialCare",
            ],
            kinds);
        Assert.True(answers > 0 && letters.Count >= kinds.Count, $"{answers} reminders, {letters.Count} letters, {monitor} to officers.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{letters.Count} letters, {answers} reminders to agencies, {monitor} messages to officers.");
    }

    /// <summary>Opens a letter as its reader, in a browser of the reader's own; a stranger's browser with the same code gets the question and nothing else.</summary>
    private static async Task OpenAsync(LinkBrowser browser, Uri link, Notice notice, ConcurrentQueue<NoticeMessage> sent, bool closely)
    {
        var reader = notice.Agency?.Name ?? "family";
        LinkPage page;
        if (notice.To == RecipientRole.Family)
        {
            page = await browser.FollowAsync(link, reader, born: Born, name: closely ? notice.Id : null);
        }
        else
        {
            page = await browser.FollowAsync(link, reader, send: true);
            if (page.Asks == "code")
            {
                page = await browser.FollowAsync(link, reader, code: Code().Match(sent.Last().Text).Groups["code"].Value, name: closely ? notice.Id : null);
            }
        }

        Assert.True(page.Status == 200 && page.Asks is null, $"{notice.Id}: {page.Status} {page.Text}");
        Assert.Contains("Alex", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Axe);
        Assert.Contains(page.Links, l => l.EndsWith("/letter", StringComparison.Ordinal));
        foreach (var document in page.Links.Where(l => l.EndsWith("/letter", StringComparison.Ordinal) || l.EndsWith("/plan", StringComparison.Ordinal)))
        {
            var read = await browser.FollowAsync(new Uri(document), reader, name: closely ? $"{notice.Id}{document[document.LastIndexOf('/')..].Replace('/', '-')}" : null, print: closely);
            Assert.Equal((200, 0), (read.Status, read.Axe.Count));
        }

        var stranger = await browser.FollowAsync(link, "stranger");
        Assert.Equal(notice.To == RecipientRole.Family ? "date" : "code", stranger.Asks);
        Assert.DoesNotContain("Alex", stranger.Text, StringComparison.Ordinal);
        var changed = new Uri(link.ToString()[..^1] + (link.ToString()[^1] == '0' ? '2' : '0'));
        Assert.Equal(404, (await browser.FollowAsync(changed, reader)).Status);
    }

    private static async Task EndAllAsync(WebApplication hub, VirtualClock clock, LinkBrowser browser, List<(Uri At, string Notice)> letters)
    {
        var engine = hub.Services.GetRequiredService<EmbeddedEngine>();
        foreach (var (at, notice) in letters.Where(l => l.Notice.Length > 0).ToList())
        {
            _ = AssessmentId.TryParse(at.AbsolutePath.Split('/')[2], out var id, out _);
            var outcome = await engine.SubmitAsync(
                new Delivery
                {
                    Assessment = id,
                    MessageId = $"end-{notice}-{clock.GetUtcNow():yyyyMMdd}",
                    By = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer" },
                    ReceivedAt = clock.GetUtcNow(),
                    Input = new RevokeLetterLink(notice, "The demonstration is over."),
                },
                TestContext.Current.CancellationToken);
            Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
            Assert.Equal(404, (await browser.FollowAsync(at, "family")).Status);
        }
    }

    [GeneratedRegex("code is (?<code>[0-9]{6})")]
    private static partial Regex Code();
}
