using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using IntegrationHub.Ports.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>The hub behind nginx as docs/runbooks/behind-a-proxy.md sets it up, with TLS and a real sign-in's issuer.</summary>
public sealed class ProxyTests : IDisposable
{
    private const string Name = "hub.example.gov.uk";
    private static readonly string Nginx = Environment.GetEnvironmentVariable("HUB_NGINX") is { Length: > 0 } path ? path : "/usr/sbin/nginx";

    private readonly string place = Directory.CreateTempSubdirectory("hub-proxy-").FullName;
    private Process? nginx;

    [Fact]
    public async Task Behind_a_tls_proxy_links_sign_in_and_limits_go_by_what_the_caller_sees()
    {
        Assert.SkipUnless(File.Exists(Nginx), "nginx is not installed; .ci/run installs it.");
        var stop = TestContext.Current.CancellationToken;
        await using var issuer = await IssuerAsync(stop);
        var (plain, tls) = (FreePort.Take(), FreePort.Take());
        await File.WriteAllTextAsync(
            Path.Combine(Directory.CreateDirectory(Path.Combine(place, "data")).FullName, "councils.json"),
            """[{ "code": "330", "name": "One", "socialCare": { "id": "la:330/social-care", "name": "Social care" } }]""", stop);
        using var hub = HubProcess.At(Path.Combine(place, "data"), new Dictionary<string, string>
        {
            ["Access__Authority"] = issuer.Urls.First(),
            ["Monitor__Authority"] = issuer.Urls.First(),
            ["Monitor__ClientId"] = "monitor",
            ["Proxy__Known"] = "127.0.0.1",
            ["Proxy__PublicAddress"] = $"https://{Name}",
            ["Access__RequestsPerMinute"] = "8",
        }, development: false);
        await hub.StartAsync();
        await StartNginxAsync(hub.Address.Port, plain, tls);
        using var http = Client(tls);

        // The monitor: sign-in goes to the issuer and comes back over https to the public name.
        using var monitor = await http.GetAsync($"https://{Name}/monitor", stop);
        Assert.Equal(HttpStatusCode.Redirect, monitor.StatusCode);
        using var signIn = await http.GetAsync(new Uri(new Uri($"https://{Name}"), monitor.Headers.Location!), stop);
        Assert.Contains($"redirect_uri={Uri.EscapeDataString($"https://{Name}/monitor/signed-in")}", signIn.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.All(signIn.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.True(signIn.Headers.Contains("Strict-Transport-Security"));

        // The development sign-in is no way in.
        using var post = await http.PostAsync($"https://{Name}/monitor/sign-in", new FormUrlEncodedContent([new("role", "operator")]), stop);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);

        // Links: the public address, whatever Host header came.
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, "/fhir/metadata")) { Headers = { Host = "evil.example" } };
        using var direct = new HttpClient();
        using var metadata = await direct.SendAsync(asked, stop);
        var text = await metadata.Content.ReadAsStringAsync(stop);
        Assert.Contains($"https://{Name}/fhir", text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);

        // Limits: one address is refused, another is not; what a caller says about itself counts for nothing; health is never limited.
        // Four in a row, as a minute of the limit can begin again at any of them.
        var refused = 0;
        for (var n = 0; n < 200 && refused < 4; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{Name}/v1/cases");
            request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"192.0.2.{n}"));
            refused = (await http.SendAsync(request, stop)).StatusCode == HttpStatusCode.TooManyRequests ? refused + 1 : 0;
        }

        Assert.Equal(4, refused);
        using var other = Client(tls, IPAddress.Parse("127.0.0.2"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync($"https://{Name}/v1/cases", stop)).StatusCode);
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"https://{Name}/health/ready", stop)).StatusCode);
        }
    }

    [Fact]
    public async Task A_development_hub_behind_a_proxy_answers_nobody()
    {
        Assert.SkipUnless(File.Exists(Nginx), "nginx is not installed; .ci/run installs it.");
        var stop = TestContext.Current.CancellationToken;
        var (plain, tls) = (FreePort.Take(), FreePort.Take());
        using var hub = HubProcess.At(Path.Combine(place, "data"));
        await hub.StartAsync();
        await StartNginxAsync(hub.Address.Port, plain, tls);
        using var http = Client(tls);

        foreach (var address in new[] { "/monitor", "/monitor/sign-in", "/v1/cases", "/fhir/metadata", "/openapi/v1.json", "/openapi/v1-operations.json" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync($"https://{Name}{address}", stop)).StatusCode);
        }
    }

    public void Dispose()
    {
        if (nginx is { HasExited: false })
        {
            nginx.Kill(entireProcessTree: true);
            nginx.WaitForExit();
        }

        nginx?.Dispose();
        Directory.Delete(place, recursive: true);
    }

    /// <summary>The page's own server blocks; only ports and places of files are another's.</summary>
    private async Task StartNginxAsync(int hub, int plain, int tls)
    {
        WriteCertificate();
        var servers = CodeBlock.Of(SourceTree.Read("docs/runbooks/behind-a-proxy.md")).Single(b => b.Language == "nginx").Text
            .Replace("listen 80;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{plain};"), StringComparison.Ordinal)
            .Replace("listen 443 ssl;", string.Create(CultureInfo.InvariantCulture, $"listen 0.0.0.0:{tls} ssl;"), StringComparison.Ordinal)
            .Replace("127.0.0.1:7071", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{hub}"), StringComparison.Ordinal)
            .Replace("/etc/ssl/", place + "/", StringComparison.Ordinal);
        var file = Path.Combine(place, "nginx.conf");
        await File.WriteAllTextAsync(file, $$"""
            daemon off; master_process off; pid {{place}}/nginx.pid; error_log {{place}}/error.log;
            events { }
            http {
              access_log off; client_body_temp_path {{place}}/body; proxy_temp_path {{place}}/proxy; fastcgi_temp_path {{place}}/f; uwsgi_temp_path {{place}}/u; scgi_temp_path {{place}}/s;
              {{servers}}
            }
            """, TestContext.Current.CancellationToken);
        nginx = Process.Start(Nginx, ["-c", file, "-p", place]);
        using var http = Client(tls);
        while (true)
        {
            Assert.False(nginx.HasExited, "nginx ended while it started");
            try
            {
                (await http.GetAsync($"https://{Name}/health/live", TestContext.Current.CancellationToken)).Dispose();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(place, "hub.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(place, "hub.key"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A browser that finds the public name at the proxy's port, and follows nothing by itself.</summary>
    private static HttpClient Client(int port, IPAddress? from = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = true,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == $"CN={Name}" },
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>An issuer of OpenID Connect, as far as the start of a sign-in goes.</summary>
    private static async Task<WebApplication> IssuerAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/.well-known/openid-configuration", (HttpContext http) =>
        {
            var own = $"http://{http.Request.Host}";
            return Results.Text(
                JsonSerializer.Serialize(new Dictionary<string, string>
                {
                    ["issuer"] = own,
                    ["authorization_endpoint"] = $"{own}/authorize",
                    ["jwks_uri"] = $"{own}/keys",
                }),
                "application/json");
        });
        app.MapGet("/keys", () => Results.Text("""{ "keys": [] }""", "application/json"));
        await app.StartAsync(cancellationToken);
        return app;
    }
}
