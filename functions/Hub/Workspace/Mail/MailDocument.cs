using System.Globalization;
using System.Text;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Mail;

/// <summary>
/// A message as a document in a case. The document contains the text, the sender, the day of receipt, and the hash of the message as
/// received.
/// </summary>
internal static class MailDocument
{
    internal const string Type = "text/plain";

    internal static string FileName(TrayItem item) => $"Message of {Words.Day(item.ReceivedOn, true)}.txt";

    /// <summary>The bytes of the document, which are identical each time it is made, so that a message is put into a case only
    /// once.</summary>
    internal static byte[] Of(TrayItem item)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"Message that the council received by e-mail on {Words.Day(item.ReceivedOn, true)}")
            .AppendLine(CultureInfo.InvariantCulture, $"From (as given): {SenderOf(item)}")
            .AppendLine(CultureInfo.InvariantCulture, $"Sent (as given): {(item.SentAt is { } at ? Times.At(at) : "not given")}")
            .AppendLine(CultureInfo.InvariantCulture, $"Subject: {item.Subject}");
        foreach (var part in item.Parts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"File {part.Number}: {part.Name}{(part.Reason is { } reason ? $" (not kept: {reason})" : "")}");
        }

        // A note can say, for example, that the text below was cut. Somebody who reads only the case must know this too.
        foreach (var note in item.Notes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Note: {note}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"Message in the tray: {TrayStore.NameOf(item)}; SHA-256 as received: {item.RawSha256}").AppendLine().AppendLine(item.Text);
        return Encoding.UTF8.GetBytes(text.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>Name and address of the sender, as given in the message.</summary>
    internal static string SenderOf(TrayItem item) => (item.SenderName, item.SenderAddress) switch
    {
        ("", "") => "no sender is given",
        ("", var address) => address,
        (var name, "") => name,
        var (name, address) => $"{name} <{address}>",
    };

    /// <summary>The document id of the message, or of one of its files, in a case.</summary>
    internal static string IdOf(TrayItem item, string? part) => part is null ? $"mail-{item.Key}" : $"mail-{item.Key}-{part}";
}
