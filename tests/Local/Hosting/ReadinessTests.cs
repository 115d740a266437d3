using System.Net;
using IntegrationHub.Functions.Access;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Tests.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>Readiness tells whether a write succeeds, not whether a file is there.</summary>
public sealed class ReadinessTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("readiness-").FullName;

    [Fact]
    public async Task Every_store_that_is_there_and_takes_no_write_is_named()
    {
        var log = new LogLines();
        await using var hub = LocalHub.Build(new LocalHubOptions
        {
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            Development = true,
            StartEngine = false,
            Add = builder => builder.Logging.ClearProviders().AddProvider(log),
        });
        await hub.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        var names = hub.Services.GetServices<IWriteProbe>().Select(probe => probe.Name).ToList();
        Assert.True(names.Count >= 4, string.Join(", ", names));

        // The hub has started before its stores are damaged. The first result is reused for two seconds.
        using (var ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        }

        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);

        foreach (var path in names.Select(name => Path.Combine(data, name)))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
                await File.WriteAllTextAsync(path, "a file in place of the folder", TestContext.Current.CancellationToken);
            }
            else
            {
                foreach (var beside in Directory.EnumerateFiles(data, Path.GetFileName(path) + "-*"))
                {
                    File.Delete(beside);
                }

                await File.WriteAllTextAsync(path, new string('x', 8192), TestContext.Current.CancellationToken);
            }
        }

        using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}: {text}\n{string.Join('\n', log.Lines)}");
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    /// <summary>The first page is sound, so that a write succeeds, and every other page is overwritten while the hub runs.</summary>
    [Fact]
    public async Task A_store_that_is_damaged_while_the_hub_runs_is_named_and_nothing_is_an_error_of_the_hub()
    {
        LocalHubOptions options = new()
        {
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            Development = true,
            Add = builder => builder.Logging.ClearProviders(),
        };
        await using (var before = LocalHub.Build(options))
        {
            await before.StartAsync(TestContext.Current.CancellationToken);
            await before.StopAsync(TestContext.Current.CancellationToken);
        }

        await using var hub = LocalHub.Build(options);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        using (var ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        }

        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        string[] names = ["assessments.db", "fhir.db", "access-log.db"];
        foreach (var path in names.Select(name => Path.Combine(data, name)))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            Assert.True(file.Length > 4096, $"{path} has {file.Length} bytes.");
            file.Position = 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)'x', (int)file.Length - 4096).ToArray(), TestContext.Current.CancellationToken);
        }

        using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}: {text}");
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);
}
