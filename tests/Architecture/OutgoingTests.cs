using System.Text.RegularExpressions;

namespace IntegrationHub.Architecture.Tests;

/// <summary>
/// The hub's own calls: whatever opens a connection stands in the guard of outgoing calls, or here with the reason why no caller can aim
/// it. A new place fails until it is either.
/// </summary>
public sealed partial class OutgoingTests
{
    /// <summary>Files that open connections past the guard, each with its reason.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["functions/Hub/Outgoing/OutgoingGuard.cs"] = "It is the guard.",
        ["functions/Hub/Notices/Graph/GraphConnection.cs"] = "Microsoft Graph and its issuer, from settings of the host.",
        ["functions/Hub/Agencies/Broker/BrokerConnection.cs"] = "The hub's broker, from settings of the host.",
        ["functions/Hub/ServiceBus/ServiceBusConnection.cs"] = "The hub's Service Bus, from settings of the host.",
        ["functions/Local/Commands/AssessmentsCommand.cs"] = "The command line calls the hub that its user names.",
        ["functions/Local/Commands/MovingCommands.cs"] = "The command line opens the storage accounts that its user names.",
        ["functions/Local/Demo/DemoHub.cs"] = "The demonstration calls its own hub on this machine.",
        ["functions/Local/Demo/BusAgency.cs"] = "The demonstration's fake agencies call its own bus on this machine.",
        ["functions/Local/Scanning/Clamd.cs"] = "The malware scanner on this machine, from settings of the host; no other machine is taken.",
        ["functions/Local/Demo/NhsBodies.cs"] = "The demonstration calls the FHIR server that its user names with --push-to, or its own.",
        ["functions/Azure/Hosting/AzureHub.cs"] = "The storage, vault and bus of the deployment, from settings of the host.",
    };

    [Fact]
    public void Every_connection_goes_through_the_guard_or_has_a_reason_not_to()
    {
        var opened = Sources().Where(file => Opens().IsMatch(file.Text)).Select(file => file.Path).ToList();

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), opened.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_named_client_takes_its_handler_from_the_guard()
    {
        var named = Sources().Where(file => file.Text.Contains("AddHttpClient(", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, file => Assert.Equal(AddsClient().Count(file.Text), GuardedClient().Count(file.Text)));
    }

    /// <summary>What the search must find; without it a search that finds nothing would pass.</summary>
    [Theory]
    [InlineData("var http = new HttpClient();", true)]
    [InlineData("HttpClient http = new() { };", true)]
    [InlineData("new SocketsHttpHandler { }", true)]
    [InlineData("await new ConnectionFactory().CreateAsync(address)", true)]
    [InlineData("using var tcp = new TcpClient(host, port);", true)]
    [InlineData("new ClientWebSocket()", true)]
    [InlineData("Dns.GetHostAddressesAsync(host)", true)]
    [InlineData("new BlobClient(uri)", true)]
    [InlineData("clients.CreateClient(name)", false)]
    [InlineData("/// <summary>A new HttpClientele.</summary>", false)]
    public void The_search_finds_what_opens_a_connection(string text, bool found) => Assert.Equal(found, Opens().IsMatch(text));

    private static IEnumerable<(string Path, string Text)> Sources() =>
        from folder in new[] { "functions", "orchestrations", "contracts" }
        from file in Directory.EnumerateFiles(Path.Combine(PaperTests.Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(PaperTests.Root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    [GeneratedRegex(
        @"new (HttpClient|HttpClientHandler|SocketsHttpHandler|HttpMessageInvoker|HttpClientTransport|ConnectionFactory|TcpClient|UdpClient|Socket|ClientWebSocket|SmtpClient|Ping|GraphServiceClient|BlobClient|BlobServiceClient|BlobContainerClient|TableServiceClient|TableClient|QueueClient|SecretClient|ServiceBusClient|ServiceBusAdministrationClient)\b|\b(HttpClient|TcpClient|SocketsHttpHandler|Socket) \w+ = new\(|\bDns\.|WebRequest\.Create")]
    private static partial Regex Opens();

    [GeneratedRegex(@"\.AddHttpClient\(")]
    private static partial Regex AddsClient();

    [GeneratedRegex(@"\.AddHttpClient\([^;]*?\.ConfigurePrimaryHttpMessageHandler\([^;]*?OutgoingGuard>\(\)\.NewHandler\(", RegexOptions.Singleline)]
    private static partial Regex GuardedClient();
}
