using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Local.Commands;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Keeping;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>Each store of a data directory, damaged or gone: the start ends with 2 and one line that names it, changes nothing, and the check names it too.</summary>
public sealed class DamagedStoresTests : IDisposable
{
    private const int Page = 4096;
    private readonly string data = Directory.CreateTempSubdirectory("damaged-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var store in new[] { "assessments.db", "fhir.db", "bus/bus.db" })
            {
                foreach (var damage in new[] { "first page", "second page", "last page", "cut", "emptied", "gone", "no database" })
                {
                    cases.Add(store, damage);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_start_names_the_store_and_changes_nothing(string store, string damage)
    {
        await using (var hub = LocalHub.Build(Options()))
        {
            await hub.StartAsync(Stop);
            await hub.StopAsync(Stop);
        }

        var file = Path.Combine(data, store);
        Damage(file, damage);
        var before = File.Exists(file) ? await File.ReadAllBytesAsync(file, Stop) : null;

        var fault = Assert.ThrowsAny<Exception>(() => LocalHub.Build(Options()));
        var exit = await Faults.RunAsync(() => throw fault);
        var problems = new List<string>();
        await DataCheck.RunAsync(data, problems.Add, Stop);

        Assert.Equal(Exit.WrongCall, exit);
        Assert.Contains(store, fault.Message, StringComparison.Ordinal);
        Assert.Contains("backup", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Contains(problems, problem => problem.StartsWith(store, StringComparison.Ordinal));
        Assert.Equal(before, File.Exists(file) ? await File.ReadAllBytesAsync(file, Stop) : null);
    }

    /// <summary>A restore would lose what came after the backup, and would not help against a read-only disk or a wrong owner.</summary>
    [Theory]
    [InlineData("assessments.db")]
    [InlineData("fhir.db")]
    public async Task A_store_that_cannot_be_opened_is_not_called_damaged(string store)
    {
        await using (var hub = LocalHub.Build(Options()))
        {
            await hub.StartAsync(Stop);
            await hub.StopAsync(Stop);
        }

        Directory.CreateDirectory(Path.Combine(data, store + "-wal"));

        var fault = Assert.ThrowsAny<Exception>(() => LocalHub.Build(Options()));

        Assert.Equal(Exit.WrongCall, await Faults.RunAsync(() => throw fault));
        Assert.StartsWith($"{store} cannot be opened", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("backup", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A folder can be on a disk of its own. Nobody would miss the letters if the hub created it again.</summary>
    [Theory]
    [InlineData("documents", "Mount its disk, or restore the newest backup")]
    [InlineData("notices", "Mount its disk, or restore the newest backup")]
    [InlineData("family-link-key", "every family's link stops working")]
    [InlineData("cookie-keys/key-1.xml", "Remove the file; people who were signed in must sign in again")]
    public async Task A_folder_or_key_that_is_gone_or_damaged_is_not_made_again_in_silence(string name, string problem)
    {
        await using (var hub = LocalHub.Build(Options()))
        {
            await hub.StartAsync(Stop);
            await hub.StopAsync(Stop);
        }

        var path = Path.Combine(data, name);
        Directory.CreateDirectory(Path.Combine(data, "cookie-keys"));
        await File.WriteAllTextAsync(Path.Combine(data, "cookie-keys", "key-2.xml"), "<key/>", Stop);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else if (name == "family-link-key")
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllTextAsync(path, "<key", Stop);
        }

        var fault = Assert.ThrowsAny<Exception>(() => LocalHub.Build(Options()));
        var problems = new List<string>();
        await DataCheck.RunAsync(data, problems.Add, Stop);

        Assert.Equal(Exit.WrongCall, await Faults.RunAsync(() => throw fault));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Contains(problems, found => found.StartsWith(name, StringComparison.Ordinal));
        Assert.True(name.StartsWith("cookie", StringComparison.Ordinal) || !Path.Exists(path));
    }

    private static void Damage(string file, string damage)
    {
        // What is in the log beside it would hide the damage: a stopped hub leaves none that matters.
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
        var bytes = File.ReadAllBytes(file);
        switch (damage)
        {
            case "first page": bytes.AsSpan(100, 200).Fill(0xff); break;
            case "second page": bytes.AsSpan(Page, Page).Fill(0xff); break;
            case "last page": bytes.AsSpan(bytes.Length - Page, Page).Fill(0xff); break;
            case "cut": bytes = bytes[..(bytes.Length / 2)]; break;
            case "emptied": bytes = []; break;
            case "no database": bytes.AsSpan().Fill((byte)'?'); break;
            default:
                File.Delete(file);
                return;
        }

        File.WriteAllBytes(file, bytes);
    }

    private LocalHubOptions Options() => new()
    {
        Development = true,
        DataDirectory = data,
        Url = "http://127.0.0.1:0",
        StartEngine = false,
        RequestsPerMinute = 0,
        Councils = [Cast.Council],
        Agencies = [new AgencyEntry { Id = AgencyId.TryParse("urn:100001", out var school, out _) ? school : default, Reach = Reach.Bus }],
        Bus = new EmbeddedBusOptions { Enabled = true, Port = 0 },
        Add = builder => builder.Logging.ClearProviders(),
    };
}
