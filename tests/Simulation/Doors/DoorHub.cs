using System.Collections.Concurrent;
using System.Net;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Hosting;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Routing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Simulation.Doors;

/// <summary>The hub as it is behind its doors, from one start to its death: its bus receiver, FHIR endpoint and pages over the store of the year. Only the network is left out.</summary>
internal sealed class DoorHub : IAsyncDisposable
{
    private readonly DoorKeeping kept;
    private readonly Func<bool> isDead;
    private readonly Ways ways;
    private readonly WebApplication app;
    private readonly HubPipeline pipeline;
    private readonly TokenIssuer issuer;
    private readonly ConcurrentDictionary<AgencyId, string> tokens = [];
    private readonly ConcurrentDictionary<AssessmentId, Exception> troubles = [];

    /// <param name="kept">What outlives the process.</param>
    /// <param name="store">The store of the year.</param>
    /// <param name="take">The driver of the cases.</param>
    /// <param name="rules">The councils and their rules.</param>
    /// <param name="isDead">Whether the process has died.</param>
    /// <param name="ways">For tests that plant a bug.</param>
    /// <param name="time">The clock of the year.</param>
    internal DoorHub(DoorKeeping kept, IAssessmentStore store, TakeInput take, RuleBook rules, Func<bool> isDead, Ways ways, TimeProvider time)
    {
        (this.kept, this.isDead, this.ways) = (kept, isDead, ways);
        var access = new AccessOptions { RequestsPerMinute = 0 };
        var monitor = new MonitorOptions { KeyDirectory = kept.Folder, WarmUp = false };
        monitor.AllowDevelopmentSignIn();
        issuer = TokenIssuer.Open(kept.Folder, access, TimeProvider.System);
        var taking = ways.Take((delivery, onlyAt, cancellationToken) => TakeAsync(take, delivery, onlyAt, cancellationToken));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<IBusSender>(kept.Topics);
        builder.Services.AddHub(builder.Configuration, new HubParts
        {
            Access = access,
            DevelopmentTokens = issuer,
            Monitor = monitor,
            AccessLog = _ => kept.Readings,
            Rules = rules,
            Agencies = kept.Directory,
            SettingsFolder = kept.Folder,
            Address = "http://localhost",
            Take = _ => taking,
            Documents = (_, _) => kept.Documents,
            Fhir = _ => kept.Fhir,
        });
        builder.Services.AddSingleton<INoticeChannel>(kept.Post);
        builder.Services.AddSingleton(kept.Contacts);
        builder.Services.AddSingleton(s => ways.Fhir(ActivatorUtilities.CreateInstance<AssessmentExchange>(s)));
        app = builder.Build();
        pipeline = new HubPipeline(app.Services);
        Bus = ways.Bus(app.Services.GetRequiredService<IBusReceiver>());
        Channels = app.Services.GetServices<IAgencyChannel>().ToDictionary(c => c.Reach);
    }

    /// <summary>The receiver of the bus.</summary>
    internal IBusReceiver Bus { get; }

    /// <summary>The ways to agencies.</summary>
    internal IReadOnlyDictionary<Reach, IAgencyChannel> Channels { get; }

    /// <summary>The token with which an agency's system calls.</summary>
    internal string TokenOf(AgencyId agency) => tokens.GetOrAdd(agency, a => issuer.Issue(new TokenRequest(CallerRole.Agency, Agency: a)));

    /// <summary>Delivers what bodies were already answered for and no case has heard of, as the hub does when it starts and from time to time.</summary>
    internal async Task DeliverRestAsync(string task)
    {
        var (changes, courier) = (app.Services.GetRequiredService<ITaskChangeSource>(), app.Services.GetRequiredService<TaskReportDelivery>());
        foreach (var news in (await kept.Fhir.UndeliveredAsync(int.MaxValue, CancellationToken.None)).Where(n => n.Type == "Task" && n.Id == task))
        {
            if (await changes.OfAsync(news, CancellationToken.None) is { } change)
            {
                await courier.DeliverAsync(change, news, CancellationToken.None);
            }
        }
    }

    /// <summary>
    /// Does something in the hub. What a door keeps to itself shows here: whoever called it has no answer when a store failed behind it or the
    /// process died.
    /// </summary>
    internal async Task<T> CallAsync<T>(AssessmentId assessment, Func<Task<T>> call)
    {
        troubles.TryRemove(assessment, out _);
        var answer = await call();
        return troubles.TryRemove(assessment, out var trouble) ? throw trouble
            : isDead() ? throw new Faults.ProcessDiedException()
            : answer;
    }

    /// <summary>Sends an HTTP request.</summary>
    internal Task<Answered> SendAsync(AssessmentId assessment, RuleInput asked) => CallAsync(assessment, () => ways.Web(asked, AskAsync));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<Answered> AskAsync(RuleInput asked)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var query = asked.Path.IndexOf('?', StringComparison.Ordinal);
        (http.Request.Method, http.Request.Scheme, http.Request.Host) = (asked.Method, "http", new HostString("localhost"));
        http.Request.Path = query < 0 ? asked.Path : asked.Path[..query];
        http.Request.QueryString = new QueryString(query < 0 ? "" : asked.Path[query..]);
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        foreach (var (name, value) in asked.Headers)
        {
            http.Request.Headers[name] = value;
        }

        var body = asked.Fields is { } fields ? Form(fields) : asked.Body;
        if (body is not null)
        {
            http.Request.ContentType = asked.Fields is null ? asked.ContentType : "application/x-www-form-urlencoded";
            http.Request.ContentLength = body.Length;
            http.Request.Body = new MemoryStream(body);
        }

        http.Response.Body = new MemoryStream();
        await pipeline.RunAsync(http);
        return new Answered(
            http.Response.StatusCode,
            Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()),
            http.Response.Headers.Location.ToString(),
            [.. http.Response.Headers.SetCookie.Select(c => c!.Split(';')[0])]);
    }

    private async ValueTask<Submission> TakeAsync(TakeInput take, Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken)
    {
        try
        {
            return await take(delivery, onlyAt, cancellationToken);
        }
        catch (Exception failed) when (failed is Orchestrations.Embedded.Sqlite.StoreUnavailableException or Faults.ProcessDiedException)
        {
            troubles[delivery.Assessment] = failed;
            throw;
        }
    }

    private static byte[] Form(IReadOnlyDictionary<string, string> fields) =>
        Encoding.ASCII.GetBytes(string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")));
}

/// <summary>An HTTP request.</summary>
internal sealed record RuleInput(string Method, string Path)
{
    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    internal string ContentType { get; init; } = "";

    internal byte[]? Body { get; init; }

    /// <summary>The fields of a form, in place of a body.</summary>
    internal IReadOnlyDictionary<string, string>? Fields { get; init; }
}

/// <summary>Its answer.</summary>
internal sealed record Answered(int Status, string Body, string Location, IReadOnlyList<string> Cookies);
