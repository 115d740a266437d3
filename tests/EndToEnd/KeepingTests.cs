using System.Globalization;
using System.Net;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>A hub's data: for its owner alone, copied while it is used, checked page by page, never made again in silence.</summary>
public sealed class KeepingTests : IDisposable
{
    private const int PageBytes = 4096;
    private readonly string place = Directory.CreateTempSubdirectory("hub-keeping-").FullName;

    [Fact]
    public async Task A_backup_under_load_is_restored_whole_and_every_damaged_page_of_it_is_found()
    {
        var stop = TestContext.Current.CancellationToken;
        var (data, backup, restored) = (At("data"), At("backup"), At("restored"));
        OpenToAll(Directory.CreateDirectory(data).FullName);
        ILookup<string, string> before;
        using (var hub = HubProcess.At(data))
        {
            await hub.StartAsync();
            // The load goes on until it is told to end, however long this machine takes to start the program that makes the backup.
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            using var load = new ScriptedLoad(hub.Address, data, int.MaxValue);
            var running = load.RunAsync(enough.Token);
            while (load.Acknowledged.Count < 300)
            {
                Assert.False(running.IsCompleted);
                await Task.Delay(1, stop);
            }

            before = load.Acknowledged.ToLookup(a => a.Assessment, a => a.Key);
            Assert.Equal(0, (await HubProcess.RunAsync($"backup --data {data} --to {backup}")).Exit);
            Assert.False(running.IsCompleted, "the backup was not made under load");
            Assert.Equal(2, (await HubProcess.RunAsync($"backup --data {data} --to {backup}")).Exit);
            await enough.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            Assert.Equal(0, (await HubProcess.RunAsync($"check --data {data}")).Exit);
            AssertForTheOwnerAlone(data);
        }

        AssertForTheOwnerAlone(backup);
        var (exit, output, error) = await HubProcess.RunAsync($"restore --from {backup} --data {restored}");
        Assert.True(exit == 0, error);
        Assert.Contains("read in full", output, StringComparison.Ordinal);
        Assert.Equal(2, (await HubProcess.RunAsync($"restore --from {backup} --data {restored}")).Exit);
        AssertForTheOwnerAlone(restored);

        // All that was acknowledged before the backup began is in what was restored.
        using (var again = HubProcess.At(restored))
        {
            await again.StartAsync();
            using var reading = new ScriptedLoad(again.Address, restored, 0);
            foreach (var sent in before)
            {
                var kept = (await reading.EventsAsync(sent.Key, stop)).MessageIds;
                Assert.All(sent, key => Assert.Contains(kept, id => id.EndsWith(key, StringComparison.Ordinal)));
            }
        }

        await EveryDamagedPageIsFoundAsync(backup);
    }

    [Theory]
    [InlineData("assessments.db")]
    [InlineData("fhir.db")]
    public async Task A_store_that_is_gone_is_not_made_anew(string name)
    {
        var data = At("gone");
        using (var hub = HubProcess.At(data))
        {
            await hub.StartAsync();
            using var http = new HttpClient { BaseAddress = hub.Address };
            Assert.Equal("ready", await http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
            foreach (var file in Directory.EnumerateFiles(data, name + "*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            {
                File.Delete(file);
            }

            // The hub that runs says so too: no write would reach anything that stays.
            await Task.Delay(TimeSpan.FromSeconds(2.1), TestContext.Current.CancellationToken);
            using var unready = await http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
            Assert.Contains(name, await unready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal("live", await http.GetStringAsync("/health/live", TestContext.Current.CancellationToken));
        }

        foreach (var file in Directory.EnumerateFiles(data, name + "*"))
        {
            File.Delete(file);
        }

        var (exit, _, error) = await HubProcess.RunAsync($"serve --development --url http://127.0.0.1:0 --data {data}");
        Assert.Equal(2, exit);
        Assert.Contains($"{name} is missing", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(data, name)));
        Assert.Equal(1, (await HubProcess.RunAsync($"check --data {data}")).Exit);
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    /// <summary>Eight pages of each store, one after the other: the check names the file, and the start refuses or the check does.</summary>
    private async Task EveryDamagedPageIsFoundAsync(string backup)
    {
        var data = At("damaged");
        Assert.Equal(0, (await HubProcess.RunAsync($"restore --from {backup} --data {data}")).Exit);
        var draw = new Random(20261128);
        foreach (var name in new[] { "assessments.db", "fhir.db" })
        {
            var path = Path.Combine(data, name);
            var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            for (var turn = 0; turn < 8; turn++)
            {
                var page = turn == 0 ? 0 : draw.Next(1, whole.Length / PageBytes);
                var damaged = whole.ToArray();
                draw.NextBytes(damaged.AsSpan(page * PageBytes, PageBytes));
                await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
                var (exit, _, error) = await HubProcess.RunAsync($"check --data {data}");
                Assert.True(exit == 1 && error.Contains(name, StringComparison.Ordinal), string.Create(CultureInfo.InvariantCulture, $"{name}, page {page + 1}: {exit} {error}"));
            }

            await File.WriteAllBytesAsync(path, whole, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, (await HubProcess.RunAsync($"check --data {data}")).Exit);
    }

    private static void OpenToAll(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.WriteAllText(Path.Combine(folder, "agencies.json"), "[]");
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(Path.Combine(folder, "agencies.json"), (UnixFileMode)0b110_100_100);
        }
    }

    private static void AssertForTheOwnerAlone(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
        {
            Assert.True(((int)File.GetUnixFileMode(entry) & 0b000_111_111) == 0, entry);
        }
    }

    private string At(string name) => Path.Combine(place, name);
}
