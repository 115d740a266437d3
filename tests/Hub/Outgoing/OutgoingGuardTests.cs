using System.Net;
using System.Net.Sockets;
using System.Text;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Outgoing;
using IntegrationHub.Hub.Tests.Nhs.Push;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace IntegrationHub.Hub.Tests.Outgoing;

/// <summary>Where a call goes is judged when it connects, by the address that it connects to.</summary>
public sealed class OutgoingGuardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<OutgoingAddressSource, string[], bool> Names => new()
    {
        { OutgoingAddressSource.Caller, ["51.140.10.20"], true },
        { OutgoingAddressSource.Operator, ["51.140.10.20"], true },
        { OutgoingAddressSource.Caller, ["127.0.0.1"], false },
        { OutgoingAddressSource.Operator, ["127.0.0.1"], false },
        { OutgoingAddressSource.Caller, ["10.4.0.1"], false },
        { OutgoingAddressSource.Operator, ["10.4.0.1"], true },
        { OutgoingAddressSource.Operator, ["10.5.0.1"], false },
        { OutgoingAddressSource.Operator, ["169.254.169.254"], false },
        { OutgoingAddressSource.Operator, ["::ffff:10.4.0.1"], false },
        { OutgoingAddressSource.Caller, ["51.140.10.20", "127.0.0.1"], false },
        { OutgoingAddressSource.Caller, ["127.0.0.1", "51.140.10.20"], false },
        { OutgoingAddressSource.Caller, ["2603:1020::1", "fd00::1"], false },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_is_called_only_when_all_its_addresses_may_be(OutgoingAddressSource aim, string[] addresses, bool called)
    {
        var network = new FakeNetwork(addresses);
        using var client = Client(network, aim, options => options.AllowedNetworks.Add("10.4.0.0/16"));

        if (called)
        {
            Assert.Equal("heard", await client.GetStringAsync("http://body.example/", Cancel));
            Assert.Equal([IPAddress.Parse(addresses[0])], network.Connected.Select(endpoint => endpoint.Address));
        }
        else
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("http://body.example/", Cancel));
            Assert.IsType<OutgoingRefusedException>(refused.InnerException);
            Assert.Empty(network.Connected);
            Assert.Equal(PushOutcome.NeedsHuman, ResponseClassification.Failure(refused, Cancel)!.End);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://169.254.169.254/metadata/instance")]
    public async Task An_address_in_the_URL_is_judged_like_one_of_a_name(string url)
    {
        var network = new FakeNetwork("51.140.10.20");
        using var client = Client(network, OutgoingAddressSource.Operator);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(url, Cancel));

        Assert.IsType<OutgoingRefusedException>(refused.InnerException);
        Assert.Empty(network.Connected);
    }

    [Fact]
    public async Task A_name_that_answers_otherwise_a_moment_later_gains_nothing()
    {
        // The first look is the guard's: the connection goes to what it saw, and nobody looks again.
        var network = new FakeNetwork("51.140.10.20") { Then = "127.0.0.1" };
        using var client = Client(network, OutgoingAddressSource.Caller);

        await client.GetStringAsync("http://rebinding.example/", Cancel);

        Assert.Equal(1, network.Looks);
        Assert.Equal([IPAddress.Parse("51.140.10.20")], network.Connected.Select(endpoint => endpoint.Address));
    }

    [Fact]
    public async Task A_second_address_is_tried_when_the_first_does_not_answer()
    {
        var network = new FakeNetwork("51.140.10.20", "51.140.10.21") { Dead = "51.140.10.20" };
        using var client = Client(network, OutgoingAddressSource.Caller);

        Assert.Equal("heard", await client.GetStringAsync("http://body.example/", Cancel));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var network = new FakeNetwork("51.140.10.20") { Answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" };
        using var client = Client(network, OutgoingAddressSource.Caller);

        using var response = await client.GetAsync("http://body.example/", Cancel);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Single(network.Connected);
    }

    [Fact]
    public async Task TLS_asks_for_the_host_of_the_URL_whatever_a_header_says()
    {
        using var ours = new Certificates();
        var asked = new List<string?>();
        using var certificate = ours.Sign("localhost", isServer: true);
        await using var body = await BodyServer.Start(
            (_, http) => http.Response.WriteAsync("heard", http.RequestAborted),
            new HttpsConnectionAdapterOptions
            {
                ServerCertificateSelector = (_, name) =>
                {
                    asked.Add(name);
                    return certificate;
                },
            });
        var guard = new OutgoingGuard(new OutgoingOptions { AllowLoopback = true }, new OutgoingNetwork());
        using var client = new HttpClient(guard.NewHandler(OutgoingAddressSource.Caller, handler =>
            handler.SslOptions.CertificateChainPolicy = new()
            {
                TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust,
                RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
                CustomTrustStore = { ours.Authority },
            }));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{new Uri(body.Base).Port}/");
        request.Headers.Host = "elsewhere.example";

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["localhost"], asked);
        Assert.StartsWith("localhost", body.Calls.Single().Headers.Host.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, "10.0.0.0/8", false)]
    [InlineData(true, false, "10.0.0.0/8", true)]
    [InlineData(false, true, "10.0.0.0/8", true)]
    [InlineData(false, true, "10.0.0.0", false)]
    [InlineData(false, true, "everything", false)]
    public void Settings_that_would_be_insecure_or_cannot_be_read_do_not_start(bool loopback, bool hasIssuer, string network, bool starts)
    {
        var options = new OutgoingOptions { AllowLoopback = loopback };
        options.AllowedNetworks.Add(network);

        Assert.Equal(starts, Record.Exception(() => options.Check(hasIssuer)) is null);
    }

    private static HttpClient Client(FakeNetwork network, OutgoingAddressSource aim, Action<OutgoingOptions>? configure = null)
    {
        var options = new OutgoingOptions();
        configure?.Invoke(options);
        return new HttpClient(new OutgoingGuard(options, network).NewHandler(aim));
    }

    /// <summary>Every name has these addresses, and at each of them somebody answers.</summary>
    private sealed class FakeNetwork(params string[] addresses) : IOutgoingNetwork
    {
        internal string? Then { get; init; }

        internal string? Dead { get; init; }

        internal string Answer { get; init; } = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nheard";

        internal int Looks { get; private set; }

        internal List<IPEndPoint> Connected { get; } = [];

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            Looks++;
            return Task.FromResult(Looks > 1 && Then is { } then ? [IPAddress.Parse(then)] : addresses.Select(IPAddress.Parse).ToArray());
        }

        public ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
        {
            if (endpoint.Address.ToString() == Dead)
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            Connected.Add(endpoint);
            return new(new Answering(Encoding.ASCII.GetBytes(Answer)));
        }
    }

    /// <summary>A connection whose other side has said what it has to say.</summary>
    private sealed class Answering(byte[] answer) : MemoryStream(answer, writable: false)
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }
}
