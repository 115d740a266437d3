using System.Diagnostics;
using System.Net.NetworkInformation;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Local.Bus;
using IntegrationHub.Local.Bus.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Local.Tests.Bus;

/// <summary>
/// Microsoft's own npm client drives the bus. With UseDevelopmentEmulator it knows one port only, so nothing else may run beside it.
/// </summary>
[Collection(nameof(ServiceBusSdkTests))]
[CollectionDefinition(nameof(ServiceBusSdkTests), DisableParallelization = true)]
public sealed class ServiceBusSdkTests : IDisposable
{
    private static readonly TimeSpan ShortLock = TimeSpan.FromSeconds(2);

    private readonly string folder = Directory.CreateTempSubdirectory("hub-bus-").FullName;

    [Fact]
    public async Task Microsofts_client_finds_every_semantic_it_knows()
    {
        var peers = Path.Combine(Repository(), "tests", "peers");
        Need(File.Exists(Path.Combine(peers, "node_modules", "@azure", "service-bus", "package.json")), "tests/peers: run npm ci first.");
        Need(
            !IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == BusOptions.SdkPort),
            $"Port {BusOptions.SdkPort}, the only one that the client knows, is taken.");
        Assert.True(AgencyId.TryParse("urn:100001", out var school, out _));
        Assert.True(AgencyId.TryParse("la:330/social-care", out var socialCare, out _));
        var options = new BusOptions
        {
            DataFolder = folder,
            RootSecret = "root-secret-of-the-test",
            Agencies = [new BusAgency(school, "school-secret-of-the-test"), new BusAgency(socialCare, "other-secret-of-the-test")],
            Subscriptions = [new BusSubscription(BusEntities.AdviceRequests.Name, "other", new CorrelationFilter(BusEntities.AgencyProperty, "urn:100002"))],
            Entities =
            [
                .. BusEntities.All,
                new BusEntity { Name = "short", Kind = BusEntityKind.Queue, Purpose = "Locks that end while a test waits.", LockDuration = ShortLock },
                new BusEntity { Name = "short-sessions", Kind = BusEntityKind.Queue, Purpose = "The same with sessions.", LockDuration = ShortLock, RequiresSession = true },
            ],
        };
        await using var bus = new EmbeddedBus(options, TimeProvider.System, NullLogger<EmbeddedBus>.Instance);
        await bus.StartAsync(TestContext.Current.CancellationToken);

        var (exitCode, tap) = await Node(peers, new()
        {
            ["BUS_ROOT"] = bus.ConnectionString,
            ["BUS_AGENCY"] = EmbeddedBus.ConnectionStringOf(new BusKey(BusEntities.SubscriptionName(school), "school-secret-of-the-test", null)),
            ["BUS_SUBSCRIPTION"] = BusEntities.SubscriptionName(school),
            ["BUS_AGENCY_ID"] = school.Value,
            ["BUS_LOCK_MS"] = $"{ShortLock.TotalMilliseconds}",
        });

        TestContext.Current.TestOutputHelper?.WriteLine(tap);
        Assert.True(exitCode == 0, tap);
        Assert.DoesNotContain("not ok", tap, StringComparison.Ordinal);
        // A script that checks nothing would end well, too.
        Assert.True(tap.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)) >= 29, tap);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<(int ExitCode, string Output)> Node(string peers, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("node", ["service-bus.test.mjs"]) { WorkingDirectory = peers, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("node does not start.");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static void Need(bool condition, string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.True(condition, reason);
        }

        Assert.SkipUnless(condition, reason);
    }

    private static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
