using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Hosting;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Routing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Simulation.Interfaces;

/// <summary>What an interface answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The body.</param>
internal sealed record Answer(int Status, string Body);

/// <summary>
/// Every interface of the hub over the store of the year: the HTTP API, the FHIR endpoint, the monitor and the families' page with their real
/// sign-in, access rules and views. Only the network is left out.
/// </summary>
internal sealed class HubInterfaces : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-interfaces-");
    private readonly ConcurrentDictionary<TokenRequest, string> tokens = new();
    private readonly ConcurrentDictionary<string, bool> published = new(StringComparer.Ordinal);
    private readonly WebApplication app;
    private readonly HubPipeline pipeline;
    private readonly TokenIssuer issuer;

    private readonly Func<TokenRequest, TokenRequest> around;

    /// <param name="store">The store.</param>
    /// <param name="rules">The councils and their rules.</param>
    /// <param name="time">The clock of the year.</param>
    /// <param name="around">As whom a caller is taken: for tests that plant a bug.</param>
    internal HubInterfaces(IAssessmentStore store, RuleBook rules, TimeProvider time, Func<TokenRequest, TokenRequest> around)
    {
        this.around = around;
        var access = new AccessOptions { RequestsPerMinute = 0 };
        issuer = TokenIssuer.Open(folder.FullName, access, TimeProvider.System);
        var monitor = new MonitorOptions { KeyDirectory = folder.FullName, WarmUp = false };
        monitor.AllowDevelopmentSignIn();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<IBusSender, NoBroker>();
        builder.Services.AddHub(builder.Configuration, new HubParts
        {
            Access = access,
            DevelopmentTokens = issuer,
            Monitor = monitor,
            Rules = rules,
            Agencies = new AgencyDirectory([]),
            SettingsFolder = folder.FullName,
            Address = "http://localhost",
            Take = _ => (_, _, _) => throw new InvalidOperationException("Who only looks changes nothing."),
            Documents = (_, _) => new NoDocuments(),
            Fhir = _ => new InMemoryFhirStore(),
        });
        app = builder.Build();
        pipeline = new HubPipeline(app.Services);
    }

    /// <summary>The board behind the monitor's lists and counts.</summary>
    internal CaseBoard Board => app.Services.GetRequiredService<CaseBoard>();

    /// <summary>Asks as the bearer of a token; as nobody where it is null.</summary>
    internal Task<Answer> GetAsync(string path, TokenRequest? caller) =>
        AskAsync(path, caller is null ? null : ("Authorization", $"Bearer {tokens.GetOrAdd(around(caller), c => issuer.Issue(c))}"));

    /// <summary>Opens the monitor as an operator or viewer who signed in just now.</summary>
    internal async Task<Answer> LookAsync(string path, bool mayAct, LocalAuthorityCode? council)
    {
        council = around(new TokenRequest(mayAct ? CallerRole.Operator : CallerRole.OperationsReader, Council: council)).Council;
        await using var scope = app.Services.CreateAsyncScope();
        var http = New(scope.ServiceProvider, "/monitor");
        var who = new ClaimsIdentity([new Claim("monitor.subject", "somebody"), new Claim("monitor.role", mayAct ? "operator" : "operations-reader")], "monitor");
        if (council is { } only)
        {
            who.AddClaim(new Claim("monitor.council", only.Value));
        }

        await http.SignInAsync("monitor", new ClaimsPrincipal(who));
        return await AskAsync(path, ("Cookie", http.Response.Headers.SetCookie.ToString().Split(';')[0]));
    }

    /// <summary>Opens a family's link.</summary>
    internal Task<Answer> OpenAsync(AssessmentId assessment, string linkId) => AskAsync($"/family/{app.Services.GetRequiredService<FamilyTokens>().Sign(assessment, linkId)}", null);

    /// <summary>Opens a link that another hub signed.</summary>
    internal Task<Answer> OpenForgedAsync(AssessmentId assessment, string linkId) => AskAsync($"/family/{new FamilyTokens(new byte[32]).Sign(assessment, linkId)}", null);

    /// <summary>Has a request stand where its body finds it over FHIR, as when it was sent.</summary>
    internal async Task PublishAsync(AssessmentState state, AdviceRequest request)
    {
        var name = $"{state.Id}/{request.Id}";
        if (!published.TryAdd(name, true) || !AgencyId.TryParse($"la:{state.Id.Council}/send", out var council, out _))
        {
            return;
        }

        await app.Services.GetRequiredService<FhirPublisher>().PublishAsync(
            new RequestForAdvice
            {
                Assessment = state.Id,
                RequestId = name,
                Child = state.Facts!.Child,
                Council = new Contracts.Parties.Agency { Id = council, Name = "The council" },
                Provider = request.Agency!,
                Kind = request.Kind,
                LegalBasis = request.LegalBasis,
                RequestedOn = request.RequestedOn,
                Due = request.RequestedOn.AddDays(42),
                Asked = "Please give advice.",
            },
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<Answer> AskAsync(string path, (string Name, string Value)? header)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var http = New(scope.ServiceProvider, path);
        if (header is var (name, value))
        {
            http.Request.Headers[name] = value;
        }

        await pipeline.RunAsync(http);
        return new Answer(http.Response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()));
    }

    private static DefaultHttpContext New(IServiceProvider services, string path)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Method = HttpMethods.Get;
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("localhost");
        http.Request.Path = query < 0 ? path : path[..query];
        http.Request.QueryString = new QueryString(query < 0 ? "" : path[query..]);
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Response.Body = new MemoryStream();
        return http;
    }
}
