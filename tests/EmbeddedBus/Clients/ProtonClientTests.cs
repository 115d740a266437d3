using System.Diagnostics;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <summary>Qpid Proton, which Debian ships, runs the table of semantics: an AMQP client that knows nothing of Service Bus.</summary>
public sealed class ProtonClientTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Proton_finds_every_row_of_the_table()
    {
        var missing = File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/proton") ? null : "Qpid Proton is not installed: apt-get install python3-qpid-proton.";
        Assert.False(missing is not null && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipUnless(missing is null, missing ?? "");
        await using var bus = await ClientBus.StartAsync();

        var start = new ProcessStartInfo(Python, Path.Combine(Peers.Folder, "bus_proton.py")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["BUS_PORT"] = $"{bus.Server.Port}";
        start.Environment["BUS_KEY_NAME"] = "RootManageSharedAccessKey";
        start.Environment["BUS_KEY"] = ClientBus.RootSecret;
        start.Environment["BUS_LOCK_MS"] = $"{ClientBus.ShortLock.TotalMilliseconds}";
        var (exit, tap) = await Peers.RunAsync(start);

        Assert.True(exit == 0 && !tap.Contains("not ok", StringComparison.Ordinal), tap);
        Assert.Equal(Peers.Rows().Count, tap.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }
}
