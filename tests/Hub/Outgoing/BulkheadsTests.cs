using IntegrationHub.Functions.Outgoing;

namespace IntegrationHub.Hub.Tests.Outgoing;

/// <summary>One caller holds its own rooms and nobody else's, however many hosts it names; a host is not held by one caller either.</summary>
public sealed class BulkheadsTests
{
    [Fact]
    public void A_caller_that_calls_many_hosts_has_its_own_rooms_and_no_more()
    {
        var rooms = new Bulkheads(all: 20, ofCaller: 4, toHost: 16);
        var taken = Enumerable.Range(0, 30).Select(n => rooms.TryEnter("silent", $"host-{n}")).OfType<IDisposable>().ToList();

        Assert.Equal((4, false, true), (taken.Count, rooms.HasCapacity("silent"), rooms.HasCapacity("other")));
        Assert.NotNull(rooms.TryEnter("other", "host-0"));

        taken[0].Dispose();
        Assert.True(rooms.HasCapacity("silent"));
        Assert.NotNull(rooms.TryEnter("silent", "host-29"));
    }

    [Fact]
    public void A_host_and_the_whole_have_their_bounds_too()
    {
        var rooms = new Bulkheads(all: 6, ofCaller: 4, toHost: 5);

        Assert.Equal(5, Enumerable.Range(0, 10).Count(n => rooms.TryEnter($"caller-{n}", "host") is not null));
        Assert.Equal(1, Enumerable.Range(0, 10).Count(n => rooms.TryEnter($"caller-{n}", $"other-{n}") is not null));
        Assert.False(rooms.HasCapacity("caller-9"));
    }
}
