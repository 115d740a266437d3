using Amqp.Framing;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>A bus that stops ends all its connections, also those whose peers say nothing, and those behind one that ended meanwhile.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Every_connection_ends_whatever_its_peer_does()
    {
        await using var station = await Station.Start();
        var peers = new List<RawPeer>();
        for (var n = 0; n < 6; n++)
        {
            peers.Add(await RawPeer.ConnectAsync(station.Bus.Port));
        }

        // Two end at the same instant; the others never answer to a goodbye.
        peers[0].Dispose();
        peers[3].Dispose();
        await station.Bus.StopAsync();

        foreach (var peer in peers.Where((_, n) => n is not (0 or 3)))
        {
            var end = await Record.ExceptionAsync(() => peer.NextAsync<Attach>());
            Assert.True(end is IOException, $"Expected the end of the stream, and it was {end?.GetType().Name ?? "an attach"}.");
            peer.Dispose();
        }
    }
}
