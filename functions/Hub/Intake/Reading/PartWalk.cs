using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Tnef;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Collects the parts of a message: its text, its files, the messages inside it, and the content of Outlook's
/// winmail.dat.</summary>
/// <param name="before">The prefix of the part numbers, for example "2." for parts inside the second part.</param>
internal sealed class PartWalk(string before = "")
{
    /// <summary>The greatest length of a text that is stored together with the message itself, in characters.</summary>
    internal const int MaxText = 200_000;

    private readonly StringBuilder text = new();
    private readonly List<MailPart> parts = [];
    private readonly List<string> notes = [];
    private int last;

    internal IReadOnlyList<MailPart> Parts => parts;

    internal IReadOnlyList<string> Notes => notes;

    internal string Text(out bool isCut)
    {
        isCut = text.Length > MaxText;
        return OneLine.Lines(isCut ? text.ToString(0, MaxText) : text.ToString());
    }

    /// <summary>Collects one part of a message and all parts inside it.</summary>
    /// <param name="entity">The MIME part from which to collect.</param>
    /// <param name="depth">How deeply the part is nested.</param>
    internal void Take(MimeEntity? entity, int depth)
    {
        if (entity is null || parts.Count > MailReading.MaxParts)
        {
            return;
        }

        if (depth > MailReading.MaxDepth)
        {
            Add(MailPartKind.Unread, OneLine.FileName(null, "part"), entity.ContentType.MimeType, null);
            notes.Add("The message contains parts that are nested too deeply for the hub to read. Open the original message.");
            return;
        }

        switch (entity)
        {
            case Multipart alternatives when alternatives.ContentType.IsMimeType("multipart", "alternative"):
                TakeBest(alternatives, depth);
                break;
            case Multipart encrypted when encrypted.ContentType.IsMimeType("multipart", "encrypted"):
                Add(MailPartKind.Sealed, "encrypted part", encrypted.ContentType.MimeType, null);
                notes.Add("A part of the message is encrypted, and the hub cannot read it. Ask the sender to send this part in another way, or open the message in your own mail program.");
                break;
            case Multipart several:
                foreach (var child in several)
                {
                    Take(child, depth + 1);
                }

                break;
            case MessagePart message:
                TakeMessage(message.Message, depth);
                break;
            case TnefPart outlook:
                TakeOutlook(outlook, depth);
                break;
            case MimePart part:
                TakePart(part);
                break;
        }
    }

    /// <summary>Chooses among several forms of a message's text: the plain text if there is one, otherwise the text as a web page. Parts
    /// that are not text are stored separately.</summary>
    private void TakeBest(Multipart alternatives, int depth)
    {
        var start = text.Length;
        var texts = alternatives.OfType<TextPart>().Where(IsText).ToList();

        // If every form of the text is blank, the text may be stored together with pictures in another part, which is then read too.
        var best = texts.FirstOrDefault(one => one.IsPlain && HasWords(one)) ?? texts.LastOrDefault(HasWords);
        foreach (var child in alternatives)
        {
            if (child == best || !(child is TextPart other && IsText(other)))
            {
                var beforeChild = text.Length;
                Take(child, depth + 1);
                text.Length = child != best && best is not null ? beforeChild : text.Length;
            }
        }

        if (text.Length == start && texts.Count > 0)
        {
            notes.Add("The text of the message is empty.");
        }
    }

    private void TakePart(MimePart part)
    {
        if (part is TextPart words && IsText(words))
        {
            text.Append(text.Length > 0 ? "\n\n" : "").Append(WordsOf(words, MaxText + 1 - Math.Min(text.Length, MaxText)));
            return;
        }

        var type = part.ContentType.MimeType.ToLowerInvariant();
        if (type is "application/pkcs7-mime" or "application/x-pkcs7-mime")
        {
            Add(MailPartKind.Sealed, OneLine.FileName(part.FileName, "smime.p7m"), type, null);
            notes.Add("A part of the message is sealed with S/MIME, and the hub cannot read it. Ask the sender to send this part in another way, or open the message in your own mail program.");
        }
        else if (type == "message/partial")
        {
            Add(MailPartKind.Unread, OneLine.FileName(part.FileName, "fragment"), type, null);
            notes.Add("The message was sent in several fragments, which the hub cannot join.");
        }
        else
        {
            Add(MailPartKind.File, OneLine.FileName(part.FileName, type.StartsWith("text/", StringComparison.Ordinal) ? "text" : "attachment"), part.ContentType.ToString(Encoding.UTF8, false)["Content-Type: ".Length..], () => Open(part));
        }
    }

    private void TakeMessage(MimeMessage? message, int depth)
    {
        if (message is null)
        {
            Add(MailPartKind.Unread, "message", "message/rfc822", null);
            notes.Add("A message inside this message is empty or damaged.");
            return;
        }

        var number = Add(MailPartKind.Message, OneLine.FileName(message.Subject, "message"), "text/plain", null);
        var inner = new PartWalk($"{number}.");
        inner.Take(message.Body, depth + 1);
        var words = Encoding.UTF8.GetBytes($"{HeadOf(message)}\n\n{inner.Text(out var isCut)}\n");
        parts[^1] = parts[^1] with { Content = () => new MemoryStream(words, writable: false) };
        parts.AddRange(inner.parts);
        notes.AddRange(inner.notes.Concat(isCut ? ["The text of a message inside this message is too long to be shown in full. Open the original message to see the rest."] : []));
    }

    /// <summary>Collects the content of Outlook's winmail.dat: the files, and the text if the message has no other.</summary>
    private void TakeOutlook(TnefPart outlook, int depth)
    {
        try
        {
            var message = outlook.ConvertToMessage();
            var start = text.Length;
            Take(message.Body, depth + 1);
            text.Length = start > 0 ? start : text.Length;
        }
        catch (Exception damaged) when (damaged is TnefException or FormatException or ArgumentException or IOException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            Add(MailPartKind.Unread, OneLine.FileName(outlook.FileName, "winmail.dat"), outlook.ContentType.MimeType, null);
            notes.Add("A file in Outlook's own format (winmail.dat) is damaged. Ask the sender for an ordinary message instead.");
        }
    }

    private string Add(MailPartKind kind, string name, string type, Func<Stream>? content)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{before}{++last}");
        parts.Add(new MailPart(number, kind, name, OneLine.Of(type), content));
        return number;
    }

    private static bool IsText(TextPart part) => !part.IsAttachment && string.IsNullOrEmpty(part.FileName) && (part.IsPlain || part.IsHtml || part.IsFlowed);

    private static bool HasWords(TextPart part) => !string.IsNullOrWhiteSpace(WordsOf(part, MaxText));

    private static string WordsOf(TextPart part, int most)
    {
        var words = part.Text ?? "";
        return part.IsHtml ? HtmlText.Of(words, most) : words.Length > most ? words[..most] : words;
    }

    // A text file in another encoding is converted to the encoding that the hub reads.
    private static Stream Open(MimePart part) =>
        part.Content is null ? new MemoryStream()
        : part is TextPart { IsHtml: false } words ? new MemoryStream(Encoding.UTF8.GetBytes(words.Text ?? ""), writable: false)
        : part.Content.Open();

    private static string HeadOf(MimeMessage message) => string.Join('\n', new[]
    {
        $"From: {OneLine.Of(MailReading.SenderOf(message)?.ToString())}",
        $"To: {OneLine.Of(message.To.ToString())}",
        message.Headers.Contains(HeaderId.Date) ? $"Sent: {message.Date.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture)}" : "",
        $"Subject: {OneLine.Of(message.Subject)}",
    }.Where(line => line.Length > 0));
}
