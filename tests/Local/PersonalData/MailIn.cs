using System.Text;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Demo;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>Takes messages into the tray of a stopped hub.</summary>
internal static class MailIn
{
    /// <summary>A message whose one file has the same words, packed.</summary>
    internal static async Task<TrayItem> TakeAsync(IDocumentStore documents, string id, string words)
    {
        var rules = new KeepingRules();
        using var room = new UploadLimiter();
        using var intake = new MailIntake(new TrayStore(documents, rules), documents, new AttachmentStore(documents, rules, room), new IntakeOptions(), rules, TimeProvider.System);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"""
            From: Tove Quillmark <tove@clinic.example>
            Subject: A report
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="outer"

            --outer
            Content-Type: text/plain; charset=utf-8

            {words}
            --outer
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="report.pdf"
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(Encoding.UTF8.GetBytes($"%PDF-1.7 {words}"))}
            --outer--
            """.ReplaceLineEndings("\r\n")));
        var taken = await intake.TakeAsync(new IncomingMail(Cast.CouncilCode, "files", id, new DateTimeOffset(2026, 2, 3, 10, 0, 0, TimeSpan.Zero)), content, CancellationToken.None);
        return taken.Item ?? throw new InvalidOperationException(taken.Problem);
    }
}
