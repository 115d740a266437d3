using System.Globalization;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>
/// The program is killed in the middle of its work, again and again; afterwards nobody can tell. 5 kills in 80 cases; HUB_KILLS=50 for the full size, 50 in 200.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Seed = 20260112;
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("HUB_KILLS") ?? "5", CultureInfo.InvariantCulture);
    private static readonly int Assessments = Math.Max(80, 4 * Kills);

    private readonly string killed = Directory.CreateTempSubdirectory("hub-killed-").FullName;
    private readonly string undisturbed = Directory.CreateTempSubdirectory("hub-undisturbed-").FullName;

    [Fact]
    public async Task Kills_lose_nothing_repeat_nothing_and_end_where_an_undisturbed_run_ends()
    {
        var stop = TestContext.Current.CancellationToken;
        var disturbed = await RunAsync(killed, Kills, stop);
        var calm = await RunAsync(undisturbed, 0, stop);

        Assert.Equal(calm.Keys.Order(), disturbed.Keys.Order());
        Assert.All(calm, one => Assert.Equal(one.Value, disturbed[one.Key]));
    }

    public void Dispose()
    {
        Directory.Delete(killed, recursive: true);
        Directory.Delete(undisturbed, recursive: true);
    }

    /// <summary>Runs the script, kills on the way, and answers the final state of each assessment and what happened in it.</summary>
    private static async Task<Dictionary<int, IReadOnlyList<string>>> RunAsync(string data, int kills, CancellationToken cancellationToken)
    {
        using var hub = HubProcess.At(data);
        await hub.StartAsync();
        using var load = new ScriptedLoad(hub.Address, data, Assessments);
        var running = load.RunAsync(cancellationToken);
        var moments = new Random(Seed);
        for (var kill = 0; kill < kills; kill++)
        {
            // Drawn in acknowledged messages, not in time: a kill falls into work on a slow machine as on a fast one.
            var at = load.Acknowledged.Count + moments.Next(1, (Assessments * 9 / kills) + 1);
            while (load.Acknowledged.Count < at && !running.IsCompleted)
            {
                await Task.Delay(1, cancellationToken);
            }

            Assert.False(running.IsCompleted, $"the load ended after {kill} kills");
            hub.Kill();
            await hub.StartAsync();
        }

        await running;
        var happened = new Dictionary<int, IReadOnlyList<string>>();
        var acknowledged = load.Acknowledged.ToLookup(a => a.Assessment, a => a.Key);
        foreach (var (n, id) in load.Ids)
        {
            await load.EndAsync(id, cancellationToken);
            var (events, messageIds) = await load.EventsAsync(id, cancellationToken);
            Assert.All(acknowledged[id], key => Assert.Contains(messageIds, m => m.EndsWith(key, StringComparison.Ordinal)));
            happened[n] = [await load.StateAsync(id, cancellationToken), .. events];
        }

        return happened;
    }
}
