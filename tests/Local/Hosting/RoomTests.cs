using System.Text.Json.Nodes;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Background;
using IntegrationHub.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>A disk that fills up is told while writes still succeed.</summary>
public sealed class RoomTests : IDisposable
{
    private const long Gigabyte = 1L << 30;

    private readonly string data = Directory.CreateTempSubdirectory("room-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Theory]
    [InlineData(100, 60, null)]
    [InlineData(100, 11, null)]
    [InlineData(100, 10, "degraded: disk of the data directory: 90 % used, 10.0 GiB left")]
    [InlineData(100, 1, "degraded: disk of the data directory: 99 % used, 1.0 GiB left")]
    [InlineData(100, 0, "degraded: disk of the data directory: 100 % used, 0.0 GiB left")]
    [InlineData(4, 0.5, "degraded: disk of the data directory: 88 % used, 0.5 GiB left")]
    public async Task The_disk_is_told_before_it_is_full_and_the_hub_stays_ready(double size, double free, string? expected)
    {
        await using var hub = LocalHub.Build(new LocalHubOptions
        {
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            Development = true,
            Add = builder => builder.Services.AddSingleton<IFreeSpaceMeter>(new Watch(new FreeSpace(DiskSpace.Place, null, 1 - (free / size), (long)(free * Gigabyte)))),
        });
        await hub.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };

        using var answer = await client.GetAsync("/health/ready", Cancel);
        var told = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n');

        Assert.Equal((200, "ready"), ((int)answer.StatusCode, told[0]));
        Assert.Equal(expected is not null, told.Contains(expected));
        await hub.StopAsync(Cancel);
    }

    [Fact]
    public async Task An_operator_sees_how_full_the_real_disk_is()
    {
        await using var hub = LocalHub.Build(new LocalHubOptions { DataDirectory = data, Url = "http://127.0.0.1:0", Development = true });
        await hub.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.Operator)));
        JsonArray room = [];
        await UntilAsync(async () =>
        {
            room = JsonNode.Parse(await client.GetStringAsync("/health/background", Cancel))!["room"]!.AsArray();
            return room.Count > 0;
        }, "the disk");

        var disk = Assert.Single(room, one => (string?)one!["place"] == DiskSpace.Place)!;
        Assert.InRange((double)disk["used"]!, 0.001, 1);
        Assert.InRange((long)disk["freeBytes"]!, 0, new DriveInfo(data).TotalSize);
        await hub.StopAsync(Cancel);
    }

    [Fact]
    public async Task The_disk_is_looked_at_again_every_minute()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var free = 80L;
        await using var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<TimeProvider>(time).AddSingleton<BackgroundWork>().BuildServiceProvider();
        using var disk = new DiskSpace(
            () => (Interlocked.Read(ref free) * Gigabyte, 100 * Gigabyte), services.GetRequiredService<BackgroundWork>(), time, services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        await disk.StartAsync(Cancel);
        await UntilAsync(() => Task.FromResult(disk.Measured is [{ IsShort: false }]), "the first look");

        Interlocked.Exchange(ref free, 5);
        await UntilAsync(() => Task.FromResult(disk.Measured is [{ IsShort: true, FreeBytes: 5 * Gigabyte }]), "the next look", () => time.Advance(TimeSpan.FromSeconds(61)));
        await disk.StopAsync(Cancel);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, string what, Action? meanwhile = null)
    {
        for (var n = 0; !await isSo(); n++)
        {
            Assert.True(n < 6_000, $"{what} was not seen");
            meanwhile?.Invoke();
            await Task.Delay(10, Cancel);
        }
    }

    private sealed record Watch(params FreeSpace[] All) : IFreeSpaceMeter
    {
        public IReadOnlyList<FreeSpace> Measured => All;
    }
}
