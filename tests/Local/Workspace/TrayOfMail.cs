using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Local.Tests.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>Messages in the tray of a hub under test.</summary>
internal static class TrayOfMail
{
    internal static readonly DateOnly Received = new(2026, 8, 11);

    /// <summary>Takes a message in, with two files, and answers its address in the workspace.</summary>
    internal static async Task<TrayItem> TakeAsync(MonitoredHub hub, string text, string id = "1", LocalAuthorityCode? council = null, string subject = "A report") =>
        await TakeRawAsync(hub, Raw(text, subject), id, council);

    internal static async Task<TrayItem> TakeRawAsync(MonitoredHub hub, byte[] raw, string id = "1", LocalAuthorityCode? council = null)
    {
        using var content = new MemoryStream(raw, writable: false);
        var taken = await hub.Services.GetRequiredService<MailIntake>().TakeAsync(
            new IncomingMail(council ?? Desk.Own, "files", id, new DateTimeOffset(Received, new TimeOnly(10, 0), TimeSpan.Zero)), content, TestContext.Current.CancellationToken);
        return taken.Item ?? throw new InvalidOperationException(taken.Problem);
    }

    internal static string Address(TrayItem item, string tail = "") => $"/workspace/intake/{new TrayName(item.ReceivedOn, item.Key)}{tail}";

    /// <summary>Says of everything of a message that a scanner found nothing.</summary>
    internal static void Scan(MonitoredHub hub, TrayItem item, string words = "No threats found")
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(hub.DataDirectory, "documents", "intake", item.Council.Value, "items", item.Key), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file).Length == 64).ToList())
        {
            File.WriteAllText($"{file}.scan", words);
        }
    }

    private static byte[] Raw(string text, string subject) => Encoding.UTF8.GetBytes($"""
        From: Tove Quillmark <tove@clinic.example>
        Subject: {subject}
        Date: Tue, 11 Aug 2026 09:14:00 +0000
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        --outer
        Content-Type: text/plain; charset=utf-8

        {text}
        --outer
        Content-Type: application/pdf
        Content-Disposition: attachment; filename="hearing.pdf"

        %PDF-1.7 an invented report
        --outer
        Content-Type: text/plain
        Content-Disposition: attachment; filename="covering.txt"

        A covering letter.
        --outer
        Content-Type: application/octet-stream
        Content-Disposition: attachment; filename="tool.exe"
        Content-Transfer-Encoding: base64

        TVqQAAMAAAAEAAAA
        --outer--
        """.ReplaceLineEndings("\r\n"));
}
