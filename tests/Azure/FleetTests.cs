using IntegrationHub.Azure.Clock;
using IntegrationHub.Azure.Hosting;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Azure.Tests;

/// <summary>What the hosts of a fleet have in common, on Azurite: one that leads, one belief about the clock.</summary>
public sealed class FleetTests(Azurite azurite)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_hosts_one_leads_and_another_follows_when_its_lease_is_over()
    {
        var blob = (await ContainerAsync()).GetBlobClient("lead");
        var clock = new FakeTimeProvider(Now);
        using var work = Work(clock);
        LeaderLease[] hosts = [.. Enumerable.Range(0, 5).Select(_ => new LeaderLease(blob, work, clock))];

        await Task.WhenAll(hosts.Select(host => host.TryAsync(Stop)));
        var first = Assert.Single(hosts, host => host.IsLeader);

        // Renewed, it goes on; not renewed, it stops believing so before the lease ends.
        clock.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(hosts.Select(host => host.TryAsync(Stop)));
        Assert.Same(first, Assert.Single(hosts, host => host.IsLeader));
        clock.Advance(LeaderLease.Lease - TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(hosts, host => host.IsLeader);

        foreach (var host in hosts)
        {
            host.Dispose();
        }
    }

    [Fact]
    public async Task A_host_that_stops_hands_the_lead_over_at_once()
    {
        var blob = (await ContainerAsync()).GetBlobClient("lead");
        using var work = Work(TimeProvider.System);
        using var leaving = new LeaderLease(blob, work, TimeProvider.System);
        using var next = new LeaderLease(blob, work, TimeProvider.System);
        await leaving.StartAsync(Stop);
        while (!leaving.IsLeader)
        {
            await Task.Delay(20, Stop);
        }

        await next.TryAsync(Stop);
        Assert.False(next.IsLeader);
        await leaving.StopAsync(Stop);
        await next.TryAsync(Stop);

        Assert.True(next.IsLeader);
        Assert.False(leaving.IsLeader);
    }

    [Fact]
    public async Task A_leap_that_one_host_noticed_stops_all_until_somebody_confirms_at_any()
    {
        var blob = (await ContainerAsync()).GetBlobClient("clock.json");
        var (well, ill) = (new FakeTimeProvider(Now), new TornClock { Wall = Now });
        var (one, two) = (Watch(blob, well), Watch(blob, ill));
        one.RecordTime();
        two.RecordTime();
        Assert.True(one.IsTrusted && two.IsTrusted);

        ill.Wall = Now.AddDays(60);
        Assert.False(two.IsTrusted);
        two.RecordTime();
        one.RecordTime();
        Assert.False(one.IsTrusted);

        ill.Wall = Now;
        one.Confirm("op", "The host was replaced.");
        two.RecordTime();
        Assert.True(one.IsTrusted);
        Assert.True(two.IsTrusted);
        one.RecordTime();
        Assert.True(one.IsTrusted);
    }

    [Fact]
    public async Task Neither_a_beat_nor_a_confirmation_is_lost_to_another_host()
    {
        var blob = (await ContainerAsync()).GetBlobClient("clock.json");
        var (first, second) = (new BlobClockRecord(blob), new BlobClockRecord(blob));
        first.Write(new ClockState(Now));
        second.Read();
        first.Write(new ClockState(Now.AddMinutes(1), null, "op: it is right"));

        // The second knew of no confirmation: its beat must not take it back, and it is not a fault.
        second.Write(new ClockState(Now.AddMinutes(2)));
        Assert.Equal("op: it is right", first.Read()!.Confirmed);

        // Two confirm at once: one is kept, the other is told.
        second.Read();
        first.Write(new ClockState(Now, null, "a"));
        Assert.Throws<IOException>(() => second.Write(new ClockState(Now, null, "b")));
        Assert.Equal("a", second.Read()!.Confirmed);
    }

    [Fact]
    public async Task A_host_that_starts_with_a_clock_behind_the_storage_service_decides_nothing_by_time()
    {
        var blob = (await ContainerAsync()).GetBlobClient("clock.json");

        Assert.False(Watch(blob, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-2))).IsTrusted);
        Assert.False(Watch((await ContainerAsync()).GetBlobClient("clock.json"), new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(60))).IsTrusted);
    }

    private static ClockMonitor Watch(global::Azure.Storage.Blobs.BlobClient blob, TimeProvider time)
    {
        var record = new BlobClockRecord(blob);
        record.Read();
        return new ClockMonitor(time, new ClockOptions(), record, record.ServiceTime);
    }

    /// <summary>A clock whose hands are moved while no time passes.</summary>
    private sealed class TornClock : TimeProvider
    {
        internal DateTimeOffset Wall { get; set; }

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => 0;
    }

    private static BackgroundWork Work(TimeProvider time) => new(time, NullLogger<BackgroundWork>.Instance);

    private async Task<global::Azure.Storage.Blobs.BlobContainerClient> ContainerAsync()
    {
        azurite.Need();
        var container = azurite.Blobs().GetBlobContainerClient($"c{Guid.NewGuid():N}");
        await container.CreateAsync(cancellationToken: Stop);
        return container;
    }
}
