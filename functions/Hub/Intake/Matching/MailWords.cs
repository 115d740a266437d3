using System.Text;
using IntegrationHub.Functions.Intake.Reading;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Matching;

/// <summary>Collects the text in a message that helps to find the case: the message's own text, the names of its files, and the content of
/// plain-text files and web pages.</summary>
public sealed class MailWords(AttachmentStore attachments)
{
    private const int MostOfAFile = 256 * 1024;
    private const int MostFiles = 25;

    /// <summary>The complete text of a message. If a file cannot be read now or contains malware, only its name is used.</summary>
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
