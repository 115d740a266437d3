using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Outgoing;
using IntegrationHub.Hub.Tests.Background;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>What a body's endpoint answers, or does not, becomes Done, Transient, Permanent or NeedsHuman.</summary>
public sealed class Pushing
{
    private static readonly AgencyId Agency = Given.Ask().Provider.Id;
    private static readonly CallIds Ids = CallIds.Of("330-0000000000AA/4/1", "case");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, "", "", PushOutcome.Permanent)]
    [InlineData(422, "", "", PushOutcome.Permanent)]
    [InlineData(401, "", "", PushOutcome.NeedsHuman)]
    [InlineData(403, "", "", PushOutcome.NeedsHuman)]
    [InlineData(404, "", "", PushOutcome.NeedsHuman)]
    [InlineData(405, "", "", PushOutcome.NeedsHuman)]
    [InlineData(406, "", "", PushOutcome.NeedsHuman)]
    [InlineData(408, "", "", PushOutcome.Transient)]
    [InlineData(409, "duplicate", "", PushOutcome.Done)]
    [InlineData(409, "conflict", "", PushOutcome.Transient)]
    [InlineData(410, "", "", PushOutcome.NeedsHuman)]
    [InlineData(412, "multiple-matches", "", PushOutcome.NeedsHuman)]
    [InlineData(413, "", "", PushOutcome.NeedsHuman)]
    [InlineData(415, "", "", PushOutcome.NeedsHuman)]
    [InlineData(429, "throttled", "120", PushOutcome.Transient)]
    [InlineData(429, "throttled", "", PushOutcome.Transient)]
    [InlineData(500, "exception", "", PushOutcome.Transient)]
    [InlineData(501, "", "", PushOutcome.NeedsHuman)]
    [InlineData(502, "", "", PushOutcome.Transient)]
    [InlineData(503, "", "3600", PushOutcome.Transient)]
    [InlineData(504, "", "", PushOutcome.Transient)]
    [InlineData(301, "", "", PushOutcome.NeedsHuman)]
    public async Task A_refusal_is_sorted(int status, string issue, string retryAfter, PushOutcome end)
    {
        await using var body = await BodyServer.Start((_, http) => Answer(http, status, issue, retryAfter));

        var result = await Push(body).AskAsync(Endpoint(body), Given.Ask(), Given.Now, Ids, Cancel);

        Assert.Equal(end, result.End);
        Assert.Equal(retryAfter.Length > 0 ? TimeSpan.FromSeconds(int.Parse(retryAfter, System.Globalization.CultureInfo.InvariantCulture)) : null, result.RetryAfter);
        Assert.DoesNotContain("Lieberman", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passes_in_seconds_is_tried_again_with_the_same_ids_and_the_same_body()
    {
        var count = 0;
        await using var body = await BodyServer.Start((arrived, http) => ++count < 3 ? Answer(http, 503) : Taken(arrived, http));

        var result = await Push(body).AskAsync(Endpoint(body), Given.Ask(), Given.Now, Ids, Cancel);

        Assert.Equal((PushOutcome.Done, "Task/their-5/_history/1"), (result.End, result.Detail));
        Assert.Equal(3, body.Calls.Count);
        Assert.Single(body.Calls.Select(call => (call.Body, call.Headers["X-Request-ID"].ToString(), call.Headers["X-Correlation-ID"].ToString())).Distinct());
        Assert.All(body.Calls, call => Assert.True(Guid.TryParse(call.Headers["X-Request-ID"], out _)));
    }

    [Fact]
    public async Task A_later_attempt_says_the_same_as_the_first()
    {
        await using var body = await BodyServer.Start((_, http) => Answer(http, 500));
        var push = Push(body);
        await push.AskAsync(Endpoint(body), Given.Ask(), Given.Now, Ids, Cancel);
        await push.AskAsync(Endpoint(body), Given.Ask(), Given.Now, CallIds.Of("330-0000000000AA/4/1", "case"), Cancel);

        Assert.Single(body.Calls.Select(call => (call.Body, call.Headers["X-Request-ID"].ToString())).Distinct());
    }

    [Fact]
    public async Task Nobody_listening_is_transient()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var endpoint = new PushEndpoint { Agency = Agency, Base = new Uri($"http://127.0.0.1:{port}/fhir") };

        var result = await Provider(endpoint).GetRequiredService<FhirPush>().AskAsync(endpoint, Given.Ask(), Given.Now, Ids, Cancel);

        Assert.Equal((PushOutcome.Transient, "no connection (ConnectionError)"), (result.End, result.Detail));
    }

    [Fact]
    public async Task No_answer_in_time_is_transient()
    {
        var time = new FakeTimeProvider();
        var arrived = new TaskCompletionSource();
        await using var body = await BodyServer.Start(async (_, http) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });

        var asking = Provider(Endpoint(body), time).GetRequiredService<FhirPush>().AskAsync(Endpoint(body), Given.Ask(), Given.Now, Ids, Cancel);
        await arrived.Task;
        await time.UntilAsync(TimeSpan.FromSeconds(5), () => asking.IsCompleted);

        Assert.Equal((PushOutcome.Transient, "no response in time"), await asking is var result ? (result.End, result.Detail) : default);
    }

    [Fact]
    public async Task A_broken_connection_is_transient()
    {
        await using var body = await BodyServer.Start((_, http) =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal(PushOutcome.Transient, (await Push(body).AskAsync(Endpoint(body), Given.Ask(), Given.Now, Ids, Cancel)).End);
    }

    [Theory]
    [InlineData("text/html", "<html>Sign in</html>")]
    [InlineData("application/fhir+json", """{"resourceType":"Bundle","type":"searchset","total":0}""")]
    [InlineData("application/fhir+json", """{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201"}}]}""")]
    public async Task A_200_that_is_no_transaction_response_needs_a_person(string contentType, string text)
    {
        await using var body = await BodyServer.Start(async (_, http) =>
        {
            http.Response.ContentType = contentType;
            await http.Response.WriteAsync(text, http.RequestAborted);
        });

        Assert.Equal(PushOutcome.NeedsHuman, (await Push(body).AskAsync(Endpoint(body), Given.Ask(), Given.Now, Ids, Cancel)).End);
    }

    [Fact]
    public async Task A_signed_jwt_is_exchanged_for_a_token_once_and_again_when_it_is_refused()
    {
        using var key = RSA.Create(2048);
        var issued = 0;
        var revoked = false;
        await using var body = await BodyServer.Start(async (arrived, http) =>
        {
            if (arrived.Path == "/token")
            {
                issued++;
                await http.Response.WriteAsJsonAsync(new { access_token = $"token-{issued}", expires_in = "600", token_type = "Bearer" }, http.RequestAborted);
            }
            else if (arrived.Headers.Authorization == $"Bearer token-{(revoked ? 2 : 1)}")
            {
                await Taken(arrived, http);
            }
            else
            {
                await Answer(http, 401);
            }
        });
        var endpoint = Endpoint(body) with
        {
            Credentials = new SignedJwtCredentials { ClientId = "hub", TokenEndpoint = new Uri($"{body.Base}/token"), Key = new SigningCredentials(new RsaSecurityKey(key) { KeyId = "k1" }, SecurityAlgorithms.RsaSha512) },
        };
        var push = Provider(endpoint).GetRequiredService<FhirPush>();

        var first = await push.AskAsync(endpoint, Given.Ask(), Given.Now, Ids, Cancel);
        var second = await push.AskAsync(endpoint, Given.Ask(), Given.Now, Ids, Cancel);
        revoked = true;
        var third = await push.AskAsync(endpoint, Given.Ask(), Given.Now, Ids, Cancel);

        Assert.Equal([PushOutcome.Done, PushOutcome.Done, PushOutcome.Done], new[] { first, second, third }.Select(result => result.End));
        Assert.Equal(2, issued);
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(body.Calls.First().Body);
        var checkedJwt = await new JsonWebTokenHandler().ValidateTokenAsync(form["client_assertion"], new TokenValidationParameters
        {
            ValidIssuer = "hub",
            ValidAudience = $"{body.Base}/token",
            IssuerSigningKey = new RsaSecurityKey(key) { KeyId = "k1" },
            ValidAlgorithms = [SecurityAlgorithms.RsaSha512],
        });
        Assert.True(checkedJwt.IsValid, checkedJwt.Exception?.Message);
        Assert.Equal("hub", checkedJwt.Claims["sub"]);
        Assert.Equal("client_credentials", form["grant_type"]);
    }

    [Theory]
    [InlineData(401, PushOutcome.NeedsHuman)]
    [InlineData(400, PushOutcome.NeedsHuman)]
    [InlineData(500, PushOutcome.Transient)]
    public async Task Without_a_token_nothing_is_sent(int status, PushOutcome end)
    {
        using var key = RSA.Create(2048);
        await using var body = await BodyServer.Start((_, http) => Answer(http, status));
        var endpoint = Endpoint(body) with
        {
            Credentials = new SignedJwtCredentials { ClientId = "hub", TokenEndpoint = new Uri($"{body.Base}/token"), Key = new SigningCredentials(new RsaSecurityKey(key), SecurityAlgorithms.RsaSha512) },
        };

        var result = await Provider(endpoint).GetRequiredService<FhirPush>().AskAsync(endpoint, Given.Ask(), Given.Now, Ids, Cancel);

        Assert.Equal(end, result.End);
        Assert.All(body.Calls, call => Assert.Equal("/token", call.Path));
    }

    [Fact]
    public async Task A_reference_cannot_send_the_hub_and_its_token_elsewhere()
    {
        await using var body = await BodyServer.Start((_, http) => Answer(http, 200));
        foreach (var reference in new[] { "http://169.254.169.254/latest", "//elsewhere/x", "../admin", "/etc" })
        {
            var (resource, trouble) = await Push(body).FetchAsync(Endpoint(body), reference, Ids, Cancel);

            Assert.Equal((null, PushOutcome.NeedsHuman), (resource, trouble!.End));
        }

        Assert.Empty(body.Calls);
    }

    private static PushEndpoint Endpoint(BodyServer body) => new() { Agency = Agency, Base = new Uri($"{body.Base}/fhir") };

    private static FhirPush Push(BodyServer body) => Provider(Endpoint(body)).GetRequiredService<FhirPush>();

    private static ServiceProvider Provider(PushEndpoint endpoint, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(new PushRetryOptions { Pause = TimeSpan.FromMilliseconds(1) });
        services.AddSingleton(new OutgoingOptions { AllowLoopback = true });
        services.AddFhirPush([endpoint]);
        return services.BuildServiceProvider();
    }

    private static async Task Answer(HttpContext http, int status, string issue = "", string retryAfter = "")
    {
        http.Response.StatusCode = status;
        if (retryAfter.Length > 0)
        {
            http.Response.Headers.RetryAfter = retryAfter;
        }

        if (status == 301)
        {
            http.Response.Headers.Location = "http://elsewhere.example/";
        }

        if (issue.Length > 0)
        {
            http.Response.ContentType = FhirFormats.Json;
            await http.Response.WriteAsync($$"""{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"{{issue}}","diagnostics":"about Lieberman"}]}""", http.RequestAborted);
        }
    }

    // As a server that takes a transaction answers: one entry for each, in order.
    internal static async Task Taken(Arrived arrived, HttpContext http)
    {
        var asked = (Bundle)FhirReader.Read(System.Text.Encoding.UTF8.GetBytes(arrived.Body), FhirFormats.Json).Value!;
        var answer = new Bundle
        {
            Type = Bundle.BundleType.TransactionResponse,
            Entry = [.. asked.Entry.Select((entry, i) => new Bundle.EntryComponent { Response = new() { Status = "201 Created", Location = $"{entry.Resource!.TypeName}/their-{i}/_history/1" } })],
        };
        http.Response.ContentType = FhirFormats.Json;
        await http.Response.Body.WriteAsync(FhirWriter.Write(answer, FhirFormat.Json), http.RequestAborted);
    }
}
