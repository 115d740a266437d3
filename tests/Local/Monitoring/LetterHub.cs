using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>The hub as <c>serve</c> runs it, with a post that keeps what it was given, so that links are followed as their readers follow them.</summary>
internal sealed partial class LetterHub : IAsyncDisposable
{
    internal const string Base = "https://hub.example";
    internal static readonly LocalAuthorityCode Council = LocalAuthorityCode.TryParse("330", out var code, out _) ? code : default;
    internal static readonly string[] Born = ["14", "3", "2016"];

    private readonly WebApplication app;

    private LetterHub(WebApplication app, string data, FakeTimeProvider time, LogLines log, PostBox post)
    {
        (this.app, DataDirectory, Time, Log, Post) = (app, data, time, log, post);
        Store = app.Services.GetRequiredService<IAssessmentStore>();
        Engine = app.Services.GetRequiredService<EmbeddedEngine>();
    }

    internal FakeTimeProvider Time { get; }

    internal LogLines Log { get; }

    internal PostBox Post { get; }

    internal IAssessmentStore Store { get; }

    internal EmbeddedEngine Engine { get; }

    internal IServiceProvider Services => app.Services;

    internal string DataDirectory { get; }

    internal Uri Address => LocalHub.AddressOf(app);

    /// <param name="notices">Carries out the sending of notices in place of the hub's own; null for the hub's own.</param>
    /// <param name="web">Agencies whose contributor is sent a link, each with the contributor's mail address.</param>
    /// <param name="data">Directory of a hub that ran before; null for a new one.</param>
    /// <param name="sends">False: the post takes nothing.</param>
    /// <param name="now">The instant at which it starts; null for that of the examples.</param>
    /// <param name="settings">Further settings.</param>
    internal static async Task<LetterHub> StartAsync(
        Func<IServiceProvider, PostBox, IEffectHandler>? notices = null, IReadOnlyDictionary<string, string>? web = null, string? data = null, DateTimeOffset? now = null, bool sends = true,
        IReadOnlyDictionary<string, string?>? settings = null)
    {
        data ??= Directory.CreateTempSubdirectory("letter-links-").FullName;
        string[] of = ["ods:QHL", "urn:100001", "la:330/social-care"];
        web ??= new Dictionary<string, string>();
        await File.WriteAllTextAsync(
            Path.Combine(data, NoticesSetup.DirectoryFile),
            JsonSerializer.Serialize(of.Select(id => new { of = id, role = AssessmentNotices.ForNotices, mail = "notices@example.org" })
                .Concat(web.Where(w => w.Value.Length > 0).Select(w => new { of = w.Key, role = NoticeDirectory.Contributor, mail = w.Value }))), TestContext.Current.CancellationToken);
        var time = new FakeTimeProvider(now ?? new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero));
        var (log, post) = (new LogLines(), new PostBox { Sends = sends });
        var app = LocalHub.Build(new LocalHubOptions
        {
            Development = true,
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            Time = time,
            StartEngine = false,
            RequestsPerMinute = 0,
            Settings = settings ?? new Dictionary<string, string?>(),
            Agencies =
            [
                new AgencyEntry { Id = AgencyId.TryParse("ods:RX1", out var trust, out _) ? trust : default, Reach = Reach.FhirPull },
                .. web.Keys.Select(id => new AgencyEntry { Id = AgencyId.TryParse(id, out var agency, out _) ? agency : default, Reach = Reach.Web }),
            ],
            Add = builder =>
            {
                builder.Services.AddSingleton<INoticeChannel>(post);
                if (notices is not null)
                {
                    // Of those that carry out an effect the first is asked.
                    builder.Services.Insert(0, ServiceDescriptor.Singleton(s => notices(s, post)));
                }

                builder.Services.AddSingleton(new NoticeOptions { BaseAddress = Base, Gather = TimeSpan.Zero });
                builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
            },
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LetterHub(app, data, time, log, post);
    }

    /// <summary>The facts of the example, whose family has agreed to e-mail.</summary>
    internal static OpeningFacts Facts()
    {
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        return ((OpenAssessment)open!).Facts;
    }

    /// <summary>Opens a case and decides whether to assess.</summary>
    internal async Task<AssessmentId> DecideAsync(string key, bool assess, OpeningFacts? facts = null)
    {
        var id = AssessmentId.For(Council, key);
        await SubmitAsync(id, new OpenAssessment(facts ?? Facts()));
        await SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        await SubmitAsync(id, new DecideWhetherToAssess(assess, "The school can meet Alex's needs with what it has."));
        return id;
    }

    internal async Task SubmitAsync(AssessmentId id, AssessmentInput input, Actor? by = null)
    {
        var outcome = await Engine.SubmitAsync(
            new Delivery
            {
                Assessment = id,
                MessageId = Guid.NewGuid().ToString(),
                By = by ?? new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-17" },
                ReceivedAt = Time.GetUtcNow(),
                Input = input,
            },
            TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
        await Engine.RunDueAsync(TestContext.Current.CancellationToken);
    }

    internal async Task<AssessmentState> StateAsync(AssessmentId id) => (await Store.LoadAsync(id, TestContext.Current.CancellationToken)).State;

    /// <summary>The path of the link in the newest message about a case to somebody in a role.</summary>
    internal string PathFor(AssessmentId id, string role) =>
        Post.Sent.Reverse().Where(m => m.Text.Contains(id.Value, StringComparison.Ordinal) && m.To == role).Select(m => LinksIn(m.Text).Single()).First()[Base.Length..];

    /// <summary>Every address in a text.</summary>
    internal static IEnumerable<string> LinksIn(string text) => Link().Matches(text).Select(m => m.Value.TrimEnd('.', ','));

    /// <summary>A browser of somebody's own: it keeps cookies and follows no redirect.</summary>
    internal HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Answers the question of a letter's page with a date.</summary>
    internal static async Task<HttpResponseMessage> AnswerAsync(HttpClient browser, string path, params string[] date)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["day"] = date[0], ["month"] = date[1], ["year"] = date[2] });
        return await browser.PostAsync(path, form, TestContext.Current.CancellationToken);
    }

    /// <summary>Opens a letter as its reader: asks for it, answers, and reads. Answers the status and the page.</summary>
    internal static async Task<(HttpStatusCode Status, string Page)> OpenAsync(HttpClient browser, string path, params string[] date)
    {
        using (var question = await browser.GetAsync(path, TestContext.Current.CancellationToken))
        {
            if (question.StatusCode != HttpStatusCode.OK)
            {
                return (question.StatusCode, await question.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }
        }

        using (var answer = await AnswerAsync(browser, path, date.Length == 0 ? Born : date))
        {
            if (answer.StatusCode != HttpStatusCode.Redirect)
            {
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }

            Assert.Equal(path, answer.Headers.Location!.ToString());
        }

        using var letter = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        return (letter.StatusCode, await letter.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}

/// <summary>A post that takes everything and keeps it.</summary>
internal sealed class PostBox : INoticeChannel
{
    internal ConcurrentQueue<NoticeMessage> Sent { get; } = new();

    public string Name => "post box";

    public bool NeedsAddress => false;

    public bool Sends { get; init; } = true;

    public bool Takes(NoticeAddress address, string? council) => true;

    public ValueTask<EffectResult> SendAsync(NoticeMessage message, CancellationToken cancellationToken = default)
    {
        if (!Sends)
        {
            return new(EffectResult.NeedsHuman("It takes nothing."));
        }

        Sent.Enqueue(message);
        return new(EffectResult.Done("taken"));
    }
}
