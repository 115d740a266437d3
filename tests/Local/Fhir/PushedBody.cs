using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Fhir;

/// <summary>What a body's endpoint does with one attempt to ask it.</summary>
internal enum Weather
{
    Fine,
    ConnectionBreaks,
    Status401,
    Status422,
    Status429ForTwoHours,
    Status500,
    NoAnswer,
    TakenAndAnswerLost,
    TakenAndAnswerTooLate,
}

/// <summary>
/// The whole hub on a virtual clock, whose council asks a body that has a FHIR server of its own; between the two stands the weather.
/// </summary>
internal sealed class PushedBody : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("pushed-").FullName;
    private readonly WebApplication hub;
    private int said;

    private PushedBody(FakeTimeProvider time, FakeFhirServer server, List<DateTimeOffset> attempts)
    {
        (Time, Server, Attempts) = (time, server, attempts);
        hub = LocalHub.Build(new LocalHubOptions
        {
            Development = true,
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            Time = time,
            StartEngine = false,
            AllowLoopback = true,
            Councils = [Cast.Council],
            Agencies = [new AgencyEntry { Id = Cast.Trust.Id, Reach = Reach.FhirPush, FhirEndpoint = server.Base }],
            Add = builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<INoticeChannel, DemonstrationPost>();
                builder.Services.AddSingleton(new PushRetryOptions { Pause = TimeSpan.Zero });
            },
        });
        Engine = hub.Services.GetRequiredService<EmbeddedEngine>();
        Assessment = AssessmentId.For(Cast.CouncilCode, "pushed");
    }

    internal static DateTimeOffset Start { get; } = new(Cast.Start.AddDays(10).ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);

    internal FakeTimeProvider Time { get; }

    internal FakeFhirServer Server { get; }

    internal EmbeddedEngine Engine { get; }

    internal AssessmentId Assessment { get; }

    /// <summary>When each attempt to ask arrived.</summary>
    internal List<DateTimeOffset> Attempts { get; }

    internal TaskFollower Follower => hub.Services.GetRequiredService<TaskFollower>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="weather">By hours since the request was made, and the number of the attempt from 1.</param>
    internal static async Task<PushedBody> Ask(Func<double, int, Weather> weather)
    {
        var body = await StartAsync(weather);
        await body.Say(new OpenAssessment(Cast.Facts));
        await body.Say(new RecordConsultation(Cast.Start.AddDays(3), "The family wants an assessment."));
        await body.Say(new DecideWhetherToAssess(true, "Provision in a plan may be necessary (CFA 2014 s36(8))."));
        return body;
    }

    /// <summary>The body is asked for the advice of a re-assessment.</summary>
    internal static async Task<PushedBody> AskAgain()
    {
        var body = await StartAsync((_, _) => Weather.Fine);
        await body.Say(new OpenAssessment(Cast.Facts with
        {
            ReceivedOn = new DateOnly(2023, 1, 9),
            Family = Cast.Facts.Family with { ElectronicServiceAgreedOn = null },
            TakenOver = new TakenPlan { IssuedOn = new DateOnly(2023, 5, 3), LastReviewedOn = new DateOnly(2025, 11, 4), Source = "return.xml" },
        }));
        await body.Say(new AgreeReassessment("There are new needs."));
        return body;
    }

    private static async Task<PushedBody> StartAsync(Func<double, int, Weather> weather)
    {
        var time = new FakeTimeProvider(Start);
        var attempts = new List<DateTimeOffset>();
        var server = await FakeFhirServer.StartAsync(
            (http, next) =>
            {
                if (http.Request.Method != "POST")
                {
                    return next();
                }

                attempts.Add(time.GetUtcNow());
                return Pass(weather((time.GetUtcNow() - Start).TotalHours, attempts.Count), http, next, time);
            },
            Cancel);
        return new PushedBody(time, server, attempts);
    }

    internal async Task Say(AssessmentInput input)
    {
        var outcome = await Engine.SubmitAsync(
            new Delivery
            {
                Assessment = Assessment,
                MessageId = $"officer-{++said}",
                By = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" },
                ReceivedAt = Time.GetUtcNow(),
                Input = input,
            },
            Cancel);
        Assert.Null(outcome.Refusal);
    }

    /// <summary>Lets the engine do everything that is due up to a number of hours after the request.</summary>
    internal Task<int> RunUntil(double hours) => Engine.AdvanceToAsync(Start.AddHours(hours), Time.SetUtcNow, Cancel);

    internal async Task<AssessmentState> State() => (await hub.Services.GetRequiredService<IAssessmentStore>().LoadAsync(Assessment, Cancel)).State;

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private static async Task Pass(Weather weather, HttpContext http, Func<Task> next, FakeTimeProvider time)
    {
        switch (weather)
        {
            case Weather.Fine:
                await next();
                break;
            case Weather.ConnectionBreaks:
                http.Abort();
                break;
            case Weather.NoAnswer:
                await Silence();
                break;
            case Weather.TakenAndAnswerLost:
                await Take();
                http.Abort();
                break;
            case Weather.TakenAndAnswerTooLate:
                await Take();
                await Silence();
                break;
            case Weather.Status429ForTwoHours:
                http.Response.Headers.RetryAfter = "7200";
                http.Response.StatusCode = 429;
                break;
            default:
                http.Response.StatusCode = int.Parse(weather.ToString()["Status".Length..], System.Globalization.CultureInfo.InvariantCulture);
                break;
        }

        async Task Take()
        {
            http.Response.Body = Stream.Null;
            await next();
        }

        // The virtual clock goes past what the hub waits; then the hub hangs up.
        async Task Silence()
        {
            time.Advance(new PushRetryOptions().Answer + TimeSpan.FromSeconds(1));
            var gone = new TaskCompletionSource();
            await using (http.RequestAborted.Register(gone.SetResult))
            {
                await gone.Task;
            }
        }
    }
}
