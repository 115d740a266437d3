using System.Net.Http.Headers;
using System.Security.Claims;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Nhs;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Rest;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Outgoing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Claim = System.Security.Claims.Claim;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>An assessment that takes what comes and remembers it; it can be told to refuse or to be away.</summary>
internal sealed class RecordingExchange : INhsExchange
{
    private readonly List<TaskChange> delivered = [];

    internal string? Refusal { get; set; }

    internal bool IsAway { get; set; }

    /// <summary>What was passed to a person.</summary>
    internal System.Collections.Concurrent.ConcurrentQueue<AnswerNotAccepted> Troubles { get; } = [];

    /// <summary>Takes what comes and remembers none of it.</summary>
    internal bool Forgets { get; set; }

    internal IReadOnlyList<TaskChange> Delivered
    {
        get
        {
            lock (delivered)
            {
                return [.. delivered];
            }
        }
    }

    public ValueTask<ExchangeCheck> CheckAsync(TaskChange change, CancellationToken cancellationToken) => new(Refusal is { } why ? new ExchangeCheck(why) : ExchangeCheck.Accepted);

    public ValueTask NotAcceptedAsync(AnswerNotAccepted what, CancellationToken cancellationToken)
    {
        Troubles.Enqueue(what);
        return default;
    }

    public ValueTask DeliverAsync(TaskChange change, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new IOException("the assessment is away");
        }

        if (Forgets)
        {
            return default;
        }

        lock (delivered)
        {
            delivered.Add(change);
        }

        return default;
    }
}

/// <summary>What callers may know of assessments: everything, unless the test says otherwise.</summary>
internal sealed class TestSight : IFhirVisibility
{
    internal Func<FhirCaller, AssessmentId, FhirVisibility> Answer { get; set; } = (_, _) => new FhirVisibility(true, true, null);

    /// <summary>The child's present details; null so that only the Patient is known.</summary>
    internal Child? Child { get; set; }

    public ValueTask<Child?> ChildAsync(AssessmentId assessment, CancellationToken cancellationToken) => new(Child);

    public ValueTask<FhirVisibility> OfAsync(FhirCaller caller, AssessmentId assessment, CancellationToken cancellationToken) => new(Answer(caller, assessment));
}

/// <summary>The endpoint on Kestrel at a free port. Who calls is told by a header in place of a token.</summary>
internal sealed class FhirHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private FhirHost(WebApplication app, IFhirResourceStore store, RecordingExchange exchange, FakeTimeProvider time)
    {
        this.app = app;
        (Store, Exchange, Time) = (store, exchange, time);
        Base = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/fhir";
    }

    internal IFhirResourceStore Store { get; }

    internal RecordingExchange Exchange { get; }

    internal FakeTimeProvider Time { get; }

    internal required TestSight Sight { get; init; }

    internal string Base { get; }

    internal IServiceProvider Services => app.Services;

    internal T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <param name="store">The store; one of its own where null.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="callsLoopback">Subscribers may be on this machine.</param>
    /// <param name="add">Adds services, or replaces those of the endpoint.</param>
    internal static async Task<FhirHost> Start(
        IFhirResourceStore? store = null, Action<FhirEndpointOptions>? configure = null, bool callsLoopback = false, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
        var exchange = new RecordingExchange();
        store ??= StoreUnderTest.New();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<INhsExchange>(exchange);
        builder.Services.AddSingleton(new OutgoingOptions { AllowLoopback = callsLoopback });
        var visibility = new TestSight();
        builder.Services.AddSingleton<IFhirVisibility>(visibility);
        builder.Services.AddFhir(configure);
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.Use((http, next) =>
        {
            if (http.Request.Headers["Test-Ods"].ToString() is { Length: > 0 } ods)
            {
                http.User = User(ods);
            }

            return next(http);
        });
        app.MapFhir("/fhir");
        await app.StartAsync();
        return new FhirHost(app, store, exchange, time) { Sight = visibility };
    }

    internal static ClaimsPrincipal User(string ods) => new(new ClaimsIdentity([new Claim("ods", ods)], "test"));

    /// <summary>A client of the NHS body with this ODS code; null for nobody.</summary>
    internal HttpClient Client(string? ods = "RX1")
    {
        var client = new HttpClient { BaseAddress = new Uri(Base + "/") };
        if (ods is not null)
        {
            client.DefaultRequestHeaders.Add("Test-Ods", ods);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (Store is IAsyncDisposable file)
        {
            await file.DisposeAsync();
        }
    }
}

/// <summary>Sends and reads FHIR as a partner does, strictly.</summary>
internal static class FhirCalls
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static HttpContent Body(Resource resource, FhirFormat format = FhirFormat.Json) => Body(FhirWriter.Write(resource, format), format == FhirFormat.Json ? FhirFormats.Json : FhirFormats.Xml);

    internal static HttpContent Body(byte[] bytes, string contentType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }

    internal static async Task<T> Resource<T>(this HttpResponseMessage response)
        where T : Resource
    {
        var read = FhirReader.Read(await response.Content.ReadAsByteArrayAsync(Cancel), response.Content.Headers.ContentType!.ToString(), int.MaxValue);
        Assert.Equal([], read.Problems);
        return Assert.IsType<T>(read.Value);
    }

    internal static async Task<T> GetResource<T>(this HttpClient client, string path)
        where T : Resource
    {
        using var response = await client.GetAsync(path, Cancel);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Resource<T>();
    }

    internal static async Task<HttpResponseMessage> Send(this HttpClient client, HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, Cancel);
    }

    /// <summary>The status, and the outcome's first issue: every refusal has one.</summary>
    internal static async Task<(int Status, OperationOutcome.IssueComponent Issue)> Refusal(this HttpResponseMessage response)
    {
        var outcome = await response.Resource<OperationOutcome>();
        Assert.NotEmpty(outcome.Issue[0].Diagnostics!);
        Assert.Contains(outcome.Issue[0].Details!.Coding, coding => coding.System == "https://fhir.nhs.uk/CodeSystem/http-error-codes");
        return ((int)response.StatusCode, outcome.Issue[0]);
    }
}
