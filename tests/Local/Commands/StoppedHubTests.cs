using System.CommandLine;
using IntegrationHub.Local.Commands;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Keeping;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Local.Tests.Commands;

/// <summary>Commands on a stopped hub create no store where one was lost, or where there never was one.</summary>
public sealed class StoppedHubTests : IDisposable
{
    private const string Councils = """
        [{ "code": "330", "name": "Council", "socialCare": { "id": "la:330/social-care", "name": "Social care" }, "educationalPsychology": { "id": "la:330/educational-psychology", "name": "Psychology" },
           "icb": { "id": "ods:QHL", "name": "Board" }, "mediationAdviser": "a", "mediationContact": "b", "disagreementResolution": "c", "informationAndAdvice": "d" }]
        """;

    private readonly string place = Directory.CreateTempSubdirectory("stopped-").FullName;

    private string Data => Path.Combine(place, "data");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> OnAStore =>
    [
        "sen2 build --year 2026 --council 330 --out @out", "sen2 keep --year 2026 --council 330 --by me", "sen2 changes --year 2026 --council 330",
        "moves export --case 330-ABCDEFGHJKMN --out @out", "retention list --council 330", "assessments export --out @out",
    ];

    public static TheoryData<string> Adding => ["assessments import --in @in", "import @return --council 330 --apply"];

    [Theory]
    [MemberData(nameof(OnAStore))]
    [MemberData(nameof(Adding))]
    public async Task A_lost_store_is_not_created_again(string call)
    {
        await AfterAStartAsync();
        File.Delete(Path.Combine(Data, LocalHub.StoreFile));

        Assert.NotEqual(Exit.Done, await RunAsync(call));

        Assert.False(File.Exists(Path.Combine(Data, LocalHub.StoreFile)), "The hub would start with no case.");
        Assert.Throws<InvalidDataException>(() => LocalHub.Build(Options()));
    }

    [Theory]
    [MemberData(nameof(OnAStore))]
    public async Task A_misspelt_directory_has_no_cases_and_says_so(string call)
    {
        Assert.NotEqual(Exit.Done, await RunAsync(call));

        Assert.False(File.Exists(Path.Combine(Data, LocalHub.StoreFile)));
        Assert.False(Path.Exists(Path.Combine(place, "out")));
    }

    [Fact]
    public async Task What_is_imported_before_the_first_start_does_not_prevent_it()
    {
        var offer = Path.Combine(place, "offer.json");
        await File.WriteAllTextAsync(offer, """[{ "id": "a", "name": "Club" }]""", Stop);
        Assert.Equal(Exit.Done, await RunAsync($"local-offer import {offer} --council 330"));
        var mail = Path.Combine(Directory.CreateDirectory(Path.Combine(place, "mail")).FullName, "MAIL.EML");
        await File.WriteAllTextAsync(mail, "From: a@example.org\r\nSubject: x\r\n\r\ny\r\n", Stop);
        Assert.Equal(Exit.Done, await RunAsync($"intake {Path.GetDirectoryName(mail)} --council 330 --received 2026-03-03"));
        Assert.Contains(Backup.Names(Path.Combine(Data, LocalHub.Documents)), name => !name.StartsWith("local-offer/", StringComparison.Ordinal));

        await AfterAStartAsync();

        Assert.True(File.Exists(Path.Combine(Data, LocalHub.StoreFile)));
    }

    [Fact]
    public async Task What_is_imported_for_a_council_that_the_hub_does_not_serve_is_refused()
    {
        var offer = Path.Combine(place, "offer.json");
        await File.WriteAllTextAsync(offer, """[{ "id": "a", "name": "Club" }]""", Stop);

        Assert.Equal(Exit.Failed, await RunAsync($"local-offer import {offer} --council 303"));
        Assert.Equal(Exit.Failed, await RunAsync($"intake {offer} --council 303 --received 2026-03-03"));

        Assert.False(Directory.Exists(Path.Combine(Data, LocalHub.Documents)));
    }

    /// <summary>A mistyped file or council would end in success, and what was erased would stay in the restored data.</summary>
    [Theory]
    [InlineData("retention repeat --council 330 --from @out")]
    [InlineData("retention repeat --council 330 --from @in")]
    [InlineData("retention repeat --council 303")]
    [InlineData("retention list --council 303")]
    public async Task An_erasure_is_not_repeated_from_a_file_that_is_missing_or_empty_or_for_a_council_that_is_not_served(string call)
    {
        await AfterAStartAsync();

        Assert.Equal(Exit.Failed, await RunAsync(call));
        Assert.Equal(Exit.Done, await RunAsync("retention repeat --council 330"));
    }

    [Fact]
    public async Task A_backup_inside_the_data_directory_is_refused()
    {
        await AfterAStartAsync();

        Assert.Throws<IOException>(() => Backup.Make(Data, Path.Combine(Data, "documents", "backup")));
        Assert.Throws<IOException>(() => Backup.Make(Data, Path.Combine(Data, "..", "data", "backup")));

        Assert.False(Path.Exists(Path.Combine(Data, "backup")) || Path.Exists(Path.Combine(Data, "documents", "backup")));
        Assert.NotEmpty(Backup.Make(Data, Path.Combine(place, "data-backup")).Files);
    }

    /// <summary>A directory that is there can be a disk of its own, or a link to one: the data must be on that disk.</summary>
    [Fact]
    public async Task A_restore_fills_the_directory_that_is_there()
    {
        await AfterAStartAsync();
        var (backup, disk, link) = (Path.Combine(place, "backup"), Path.Combine(place, "disk"), Path.Combine(place, "link"));
        Backup.Make(Data, backup);
        Directory.CreateDirectory(disk);
        Directory.CreateSymbolicLink(link, disk);

        var restored = await Restore.RunAsync(backup, link, _ => { }, Stop);

        Assert.NotNull(restored);
        Assert.Equal(disk, new DirectoryInfo(link).LinkTarget);
        Assert.Equal(
            Backup.Names(backup).Except([BackupManifest.Name]).Order(StringComparer.Ordinal),
            Backup.Names(disk).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(disk), entry => entry.Contains("restoring", StringComparison.Ordinal));
        await Assert.ThrowsAsync<IOException>(() => Restore.RunAsync(backup, link, _ => { }, Stop));
        await Assert.ThrowsAsync<IOException>(() => Restore.RunAsync(backup, Path.Combine(backup, "data"), _ => { }, Stop));
        foreach (var damaged in new[] { "", "{", "null", "{}", """{ "at": "2026-12-01T00:00:00Z", "files": [] }""", """{ "at": "2026-12-01T00:00:00Z", "files": [null] }""" })
        {
            await File.WriteAllTextAsync(Path.Combine(backup, BackupManifest.Name), damaged, Stop);
            await Assert.ThrowsAsync<InvalidDataException>(() => Restore.RunAsync(backup, Path.Combine(place, "other"), _ => { }, Stop));
        }
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    private async Task<int> RunAsync(string call)
    {
        var root = new RootCommand
        {
            Sen2Command.Make(), MovesCommand.Make(), RetentionCommand.Make(), AssessmentsCommand.Make(), ImportCommand.Make(), LocalOfferCommand.Make(), IntakeCommand.Make(),
        };
        var sent = Path.Combine(place, "sent");
        await File.WriteAllTextAsync(sent, "", Stop);
        var xml = Path.Combine(place, "return.xml");
        await File.WriteAllTextAsync(xml, "<Message><Header/><Persons/></Message>", Stop);
        if (call.Contains("--apply", StringComparison.Ordinal))
        {
            await File.WriteAllTextAsync(Path.Combine(Data, CouncilsFile.Name), Councils, Stop);
        }

        var words = $"{call} --data {Data}".Replace("@out", Path.Combine(place, "out"), StringComparison.Ordinal)
            .Replace("@in", sent, StringComparison.Ordinal).Replace("@return", xml, StringComparison.Ordinal);
        var parsed = root.Parse(words);
        Assert.Empty(parsed.Errors);
        return await Faults.RunAsync(() => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, Stop));
    }

    private async Task AfterAStartAsync()
    {
        await using var hub = LocalHub.Build(Options());
        await hub.StartAsync(Stop);
        await hub.StopAsync(Stop);
    }

    private LocalHubOptions Options() => new()
    {
        Development = true,
        DataDirectory = Data,
        Url = "http://127.0.0.1:0",
        StartEngine = false,
        Add = builder => builder.Logging.ClearProviders(),
    };
}
