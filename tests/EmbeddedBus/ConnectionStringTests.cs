using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Tests.Clients;

namespace IntegrationHub.EmbeddedBus.Tests;

public sealed class ConnectionStringTests
{
    [Fact]
    public async Task The_port_is_named_unless_it_is_the_one_that_SDKs_know()
    {
        await using var bus = await ClientBus.StartAsync();
        var key = new BusKey("name", "secret", null);

        Assert.Contains($"Endpoint=sb://localhost:{bus.Server.Port};", bus.Server.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("Endpoint=sb://localhost:5700;", BusServer.ConnectionStringOf(key, 5700), StringComparison.Ordinal);
        Assert.Contains("Endpoint=sb://localhost;", BusServer.ConnectionStringOf(key, BusOptions.SdkPort), StringComparison.Ordinal);
        Assert.Equal(bus.Server.Port, BusServer.LastPort(bus.Folder));
    }
}
