using System.Diagnostics;
using System.Net.Sockets;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Tests.Clients;
using IntegrationHub.Ports.Tests;

namespace IntegrationHub.EmbeddedBus.Tests;

/// <summary>
/// Microsoft's own npm client drives the bus. With UseDevelopmentEmulator it knows one port only, so nothing else may run beside it.
/// </summary>
[Collection(nameof(ServiceBusSdkTests))]
[CollectionDefinition(nameof(ServiceBusSdkTests), DisableParallelization = true)]
public sealed class ServiceBusSdkTests
{
    // Others on the machine may use the port for a while.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Microsofts_client_finds_every_semantic_it_knows()
    {
        var peers = Peers.Folder;
        Need(File.Exists(Path.Combine(peers, "node_modules", "@azure", "service-bus", "package.json")), "tests/peers: run npm ci first.");
        using var ports = await NamedPorts.HoldAsync(TestContext.Current.CancellationToken);
        await using var bus = await OnTheSdkPortAsync();

        var start = new ProcessStartInfo("node", ["service-bus.test.mjs"]) { WorkingDirectory = peers, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["BUS_ROOT"] = bus.Server.ConnectionString;
        start.Environment["BUS_AGENCY"] = BusServer.ConnectionStringOf(new BusKey(BusEntities.SubscriptionName(ClientBus.School), ClientBus.AgencySecret, null));
        start.Environment["BUS_SUBSCRIPTION"] = BusEntities.SubscriptionName(ClientBus.School);
        start.Environment["BUS_AGENCY_ID"] = ClientBus.School.Value;
        start.Environment["BUS_LOCK_MS"] = $"{ClientBus.ShortLock.TotalMilliseconds}";
        var (exitCode, tap) = await Peers.RunAsync(start);

        TestContext.Current.TestOutputHelper?.WriteLine(tap);
        Assert.True(exitCode == 0, tap);
        Assert.DoesNotContain("not ok", tap, StringComparison.Ordinal);
        // A script that checks nothing would end well, too.
        Assert.True(tap.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)) >= 29 + Peers.Rows().Count, tap);
    }

    private static async Task<ClientBus> OnTheSdkPortAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ClientBus.StartAsync(BusOptions.SdkPort);
            }
            catch (SocketException) when (waited.Elapsed < Patience)
            {
                await Task.Delay(500, TestContext.Current.CancellationToken);
            }
        }
    }

    private static void Need(bool condition, string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.True(condition, reason);
        }

        Assert.SkipUnless(condition, reason);
    }
}
