using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Functions.Notices.Graph;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>
/// A runnable stand-in for the parts of Microsoft Graph and its sign-in that the hub uses, over TLS, driven by the real SDK. It checks
/// tokens, keeps what it was sent, and answers as it is told to.
/// </summary>
internal sealed class FakeGraph : IAsyncDisposable
{
    private static readonly Lazy<X509Certificate2> Certificate = new(Made);

    private readonly WebApplication app;
    private readonly ConcurrentQueue<(int Status, string Code, string? RetryAfter)> next = new();
    private readonly ConcurrentDictionary<string, bool> revoked = new();
    private int tokens;

    private FakeGraph(WebApplication app) => this.app = app;

    internal static string Mailbox => "send-notices@example.org";

    internal List<JsonNode> Mails { get; } = [];

    internal List<(string Team, string Channel, JsonNode Message)> ChannelMessages { get; } = [];

    internal Dictionary<string, string> Managers { get; } = new() { ["therapist@example.org"] = "manager@example.org" };

    internal int TokensIssued => tokens;

    internal Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    internal static async Task<FakeGraph> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate.Value)));
        var app = builder.Build();
        var graph = new FakeGraph(app);
        app.MapPost("/{tenant}/oauth2/v2.0/token", (Delegate)graph.Token);
        app.MapPost("/v1.0/users/{mailbox}/sendMail", (HttpContext http, string mailbox) => graph.AnswerAsync(http, body =>
        {
            if (mailbox != Mailbox)
            {
                return Error(404, "ErrorInvalidUser");
            }

            graph.Mails.Add(body!);
            return Results.StatusCode(202);
        }));
        app.MapGet("/v1.0/users/{person}/manager", (HttpContext http, string person) => graph.AnswerAsync(http, _ =>
            graph.Managers.TryGetValue(person, out var manager)
                ? Results.Json(new Dictionary<string, string> { ["@odata.type"] = "#microsoft.graph.user", ["id"] = "m", ["mail"] = manager })
                : Error(404, "Request_ResourceNotFound")));
        app.MapPost("/v1.0/teams/{team}/channels/{channel}/messages", (HttpContext http, string team, string channel) => graph.AnswerAsync(http, body =>
        {
            graph.ChannelMessages.Add((team, channel, body!));
            return Results.Json(new { id = "1700000000000" }, statusCode: 201);
        }));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return graph;
    }

    /// <summary>The next call of Graph is answered with this.</summary>
    internal void Next(int status, string code = "generalException", string? retryAfter = null) => next.Enqueue((status, code, retryAfter));

    /// <summary>Every token issued so far is refused from now on.</summary>
    internal void RevokeTokens()
    {
        for (var n = 1; n <= tokens; n++)
        {
            revoked[$"token-{n}"] = true;
        }
    }

    internal GraphNoticeChannel Connect(TimeProvider time, string secret = "right") => GraphConnection.Connect(
        new GraphOptions
        {
            TenantId = "11111111-2222-3333-4444-555555555555",
            ClientId = "66666666-7777-8888-9999-000000000000",
            ClientSecret = secret,
            Mailbox = Mailbox,
            Endpoint = new Uri(Address, "v1.0").ToString(),
            Authority = Address.ToString(),
        },
        time,
        () => new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Token(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        return form["client_secret"] == "right"
            ? Results.Json(new { token_type = "Bearer", expires_in = 3600, access_token = $"token-{Interlocked.Increment(ref tokens)}" })
            : Results.Json(new { error = "invalid_client", error_description = "AADSTS7000215: Invalid client secret provided." }, statusCode: 401);
    }

    private async Task<IResult> AnswerAsync(HttpContext http, Func<JsonNode?, IResult> answer)
    {
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (!token.StartsWith("token-", StringComparison.Ordinal) || revoked.ContainsKey(token))
        {
            return Error(401, "InvalidAuthenticationToken");
        }

        if (next.TryDequeue(out var told))
        {
            if (told.RetryAfter is { } after)
            {
                http.Response.Headers.RetryAfter = after;
            }

            return Error(told.Status, told.Code);
        }

        return answer(HttpMethods.IsPost(http.Request.Method) ? await JsonSerializer.DeserializeAsync<JsonNode>(http.Request.Body) : null);
    }

    /// <summary>As Graph does, the message repeats what was asked for: the hub must not pass it on.</summary>
    private static IResult Error(int status, string code) =>
        Results.Json(new { error = new { code, message = "The item for therapist@example.org was not found." } }, statusCode: status);

    private static X509Certificate2 Made()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
