using System.Text;
using IntegrationHub.Functions.Intake.Reading;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Matching;

/// <summary>The words of a message by which a case is looked for: its own, the names of its files, and files that are plain text or a web page.</summary>
public sealed class MailWords(AttachmentStore attachments)
{
    private const int MostOfAFile = 256 * 1024;
    private const int MostFiles = 25;

    /// <summary>All of them; a file that cannot be read now, or has malware, adds its name alone.</summary>
    public async ValueTask<string> OfAsync(TrayItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var words = new StringBuilder().AppendLine(item.Subject).AppendLine(item.SenderName).AppendLine(item.Text);
        foreach (var part in item.Parts)
        {
            words.AppendLine(part.Name);
        }

        foreach (var part in item.Parts.Where(part => part is { Sha256: not null, Type: "text/plain" or "text/html" }).Take(MostFiles))
        {
            var read = await attachments.LookAtAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/files", part.Sha256!, cancellationToken);
            if (read.Succeeded)
            {
                var text = Encoding.UTF8.GetString(read.Value.AsSpan(0, Math.Min(read.Value.Length, MostOfAFile)));
                words.AppendLine(part.Type == "text/html" ? HtmlText.Of(text, MostOfAFile) : text);
            }
        }

        return words.ToString();
    }
}
