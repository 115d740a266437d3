using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Hub.Tests.Access;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>The intake over a folder, at a fixed time.</summary>
internal sealed class IntakeUnderTest : IDisposable
{
    internal static readonly LocalAuthorityCode Council = LocalAuthorityCode.TryParse("330", out var code, out _) ? code : default;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("intake-");
    private readonly MailIntake intake;

    internal IntakeUnderTest(IntakeOptions? options = null, KeepingRules? rules = null)
    {
        rules ??= new KeepingRules();
        Documents = new SwitchedDocuments(new FolderDocuments(folder.FullName, rules, Time));
        Attachments = new AttachmentStore(Documents, rules);
        Tray = new TrayStore(Documents, rules);
        intake = new MailIntake(Tray, Documents, Attachments, options ?? new IntakeOptions(), rules, Time);
    }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 5, 10, 0, 0, TimeSpan.Zero));

    internal SwitchedDocuments Documents { get; }

    internal AttachmentStore Attachments { get; }

    internal TrayStore Tray { get; }

    internal IEnumerable<string> Files => folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.FullName, file.FullName));

    public void Dispose()
    {
        intake.Dispose();
        folder.Delete(recursive: true);
    }

    internal async Task<ReceivedMail> TakeAsync(byte[] raw, string id = "1", DateTimeOffset? receivedAt = null)
    {
        using var content = new MemoryStream(raw, writable: false);
        return await intake.TakeAsync(new IncomingMail(Council, "send@council.example", id, receivedAt ?? Time.GetUtcNow()), content, CancellationToken.None);
    }

    internal async Task<ReceivedMail> TakeUndatedAsync(byte[] raw)
    {
        using var content = new MemoryStream(raw, writable: false);
        return await intake.TakeAsync(new IncomingMail(Council, "files", "1", null), content, CancellationToken.None);
    }

    internal async Task<TrayItem> ItemAsync(byte[] raw, string id = "1", DateTimeOffset? receivedAt = null) =>
        (await TakeAsync(raw, id, receivedAt)).Item ?? throw new InvalidOperationException("It was not taken in.");
}
