using System.Text;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Local.Scanning;
using IntegrationHub.Local.Tests.PersonalData;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Scanning;

/// <summary>Only what clamd called clean counts as clean; what it could not be asked about is asked again.</summary>
public sealed class ScannedDocumentsTests : IDisposable
{
    private const string Clean = "330/a/clean";
    private const string Bad = "330/a/bad";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scan-");
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 5, 10, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_is_scanned_once_and_the_result_outlives_the_hub()
    {
        await using var clamd = FakeClamd.OnTcp();
        await using (var hub = await OpenAsync(clamd))
        {
            Assert.Equal((ScanState.Clean, ScanState.Malicious), (await StateAsync(hub.Documents, Clean), await StateAsync(hub.Documents, Bad)));
            Assert.Equal((ScanState.Clean, ScanState.Malicious), (await StateAsync(hub.Documents, Clean), await StateAsync(hub.Documents, Bad)));
        }

        Assert.Equal(2, clamd.Scans);
        Assert.Equal(ScanState.Clean, await StateAsync(new FolderDocuments(folder.FullName, new KeepingRules(), time), Clean));
        Assert.Equal([Bad, Clean], (await new FolderDocuments(folder.FullName, new KeepingRules(), time).ListAsync("330", Stop)).Value!);
    }

    [Fact]
    public async Task It_is_reached_over_a_socket_of_the_machine_too()
    {
        await using var clamd = FakeClamd.OnFile(Path.Combine(folder.FullName, "clamd.ctl"));
        await using var hub = await OpenAsync(clamd);
        Assert.Equal((ScanState.Clean, ScanState.Malicious), (await StateAsync(hub.Documents, Clean), await StateAsync(hub.Documents, Bad)));
    }

    [Fact]
    public async Task A_message_is_scanned_when_it_is_taken_in()
    {
        await using var clamd = FakeClamd.OnTcp();
        await using var hub = await OpenAsync(clamd);
        var (clean, bad) = (await MailIn.TakeAsync(hub.Documents, "1", "A report."), await MailIn.TakeAsync(hub.Documents, "2", "This is infected."));

        Assert.Equal(2, clamd.Scans);
        var kept = new FolderDocuments(folder.FullName, new KeepingRules(), time);
        Assert.Equal((ScanState.Clean, ScanState.Malicious), (await StateAsync(kept, $"{TrayStore.FolderOf(clean.Council, clean.Key)}/raw/{clean.RawSha256}"), await StateAsync(kept, $"{TrayStore.FolderOf(bad.Council, bad.Key)}/raw/{bad.RawSha256}")));
    }

    [Theory]
    [InlineData("BreaksOff")]
    [InlineData("Hangs")]
    [InlineData("Fails")]
    public async Task An_answer_that_is_none_leaves_a_file_unscanned_until_it_is_asked_again(string mood)
    {
        await using var clamd = FakeClamd.OnTcp();
        await using var hub = await OpenAsync(clamd);
        clamd.Mood = Enum.Parse<ClamdMood>(mood);
        Assert.Equal(ScanState.Unknown, await StateAsync(hub.Documents, Clean));

        clamd.Mood = ClamdMood.Works;
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(ScanState.Clean, await StateAsync(hub.Documents, Clean));
    }

    [Fact]
    public async Task A_scanner_that_is_away_is_not_asked_for_each_file_of_a_page()
    {
        var clamd = FakeClamd.OnTcp();
        await using var hub = await OpenAsync(clamd);
        await clamd.DisposeAsync();
        for (var n = 0; n < 50; n++)
        {
            Assert.Equal(ScanState.Unknown, await StateAsync(hub.Documents, n % 2 == 0 ? Clean : Bad));
        }

        Assert.Equal(0, clamd.Scans);
    }

    [Fact]
    public async Task A_file_larger_than_it_takes_is_not_clean()
    {
        await using var clamd = FakeClamd.OnTcp(most: 100_000);
        await using var hub = await OpenAsync(clamd);
        await hub.Documents.PutOnceAsync("330/a/large", new byte[4_000_000], "application/pdf", Stop);
        Assert.Equal(ScanState.Unknown, await StateAsync(hub.Documents, "330/a/large"));
        Assert.Equal(ScanState.Clean, await StateAsync(hub.Documents, Clean));
    }

    [Theory]
    [InlineData("http://127.0.0.1:3310")]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("tcp://scanner.example:3310")]
    [InlineData("unix:///")]
    public void An_address_at_which_clamd_cannot_listen_is_refused(string address) =>
        Assert.Throws<RefusedStartException>(() => new Clamd(new ClamdOptions { Address = new Uri(address) }));

    private static async Task<ScanState> StateAsync(IDocumentStore documents, string name) => (await documents.ScanStateAsync(name, Stop)).Value;

    private async Task<Opened> OpenAsync(FakeClamd clamd)
    {
        var documents = LocalDocuments.Open(folder.FullName, new KeepingRules(), new ClamdOptions { Address = clamd.Address, TimeoutSeconds = 1 }, time);
        await documents.PutOnceAsync(Clean, Encoding.ASCII.GetBytes("%PDF-1.7 fine"), "application/pdf", Stop);
        await documents.PutOnceAsync(Bad, Encoding.ASCII.GetBytes($"{new string('x', 70_000)} infected"), "application/pdf", Stop);
        return new Opened(documents);
    }

    private sealed record Opened(IDocumentStore Documents) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            ((IDisposable)Documents).Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
