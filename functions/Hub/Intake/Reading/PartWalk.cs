using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Plans.Keeping;
using MimeKit;
using MimeKit.Tnef;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Collects the parts of a message: its text, its files, the messages inside it, and the content of Outlook's
/// winmail.dat.</summary>
/// <param name="before">The prefix of the part numbers, for example "2." for parts inside the second part.</param>
internal sealed partial class PartWalk(string before = "")
{
    /// <summary>The greatest length of a text that is stored together with the message itself, in characters.</summary>
    internal const int MaxText = 200_000;

    private const string OtherFormName = "second form of the text.txt";

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
            case Multipart { Count: 0, Preamble: { } unseparated } when !string.IsNullOrWhiteSpace(unseparated):
                AddText(MailCharset.Mend(unseparated));
                notes.Add("The structure of the message is damaged, so all of it is shown as one text. Open the original message.");
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
        var others = new StringBuilder();
        foreach (var child in alternatives)
        {
            if (child == best || !(child is TextPart other && IsText(other)))
            {
                var beforeChild = text.Length;
                Take(child, depth + 1);
                if (child != best && best is not null)
                {
                    others.Append(text, beforeChild, text.Length - beforeChild).Append('\n');
                    text.Length = beforeChild;
                }
            }
            else
            {
                others.Append(WordsOf(other, MaxText)).Append('\n');
            }
        }

        if (best is not null && SaysMore(others.ToString(), WordsOf(best, MaxText)))
        {
            AddOtherForm(others.ToString());
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
            AddText(WordsOf(words, MaxText + 1 - Math.Min(text.Length, MaxText)));
            if (MailCharset.Of(words).Guessed)
            {
                notes.Add("The message does not say correctly in which character set it is written. Compare accents, dashes and quotation marks with the original message.");
            }

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

    private void AddText(string words) => text.Append(text.Length > 0 ? "\n\n" : "").Append(words);

    /// <summary>Stores the other form of the text, because many programs send a plain text that only says that there is a web page.</summary>
    private void AddOtherForm(string words)
    {
        var bytes = Encoding.UTF8.GetBytes(OneLine.Lines(words));
        Add(MailPartKind.File, OtherFormName, "text/plain", () => new MemoryStream(bytes, writable: false));
        notes.Add($"The message has a second form of its text, with words that this text does not have. It is listed with the files as \"{OtherFormName}\".");
    }

    /// <summary>Whether a form of a text has words that the other form does not have. Addresses of links are not counted, because a plain
    /// text often has none.</summary>
    private static bool SaysMore(string form, string than)
    {
        var known = SearchWords.Runs(Address().Replace(than, " ")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return SearchWords.Runs(Address().Replace(form, " ")).Any(word => !known.Contains(word));
    }

    [GeneratedRegex(@"<[^<>\s]+>|(?:https?|mailto|cid):\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

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
        var words = MailCharset.Of(part).Words;
        return part.IsHtml ? HtmlText.Of(words, most) : words.Length > most ? words[..most] : words;
    }

    // A text file in another encoding is converted to the encoding that the hub reads. A file of another kind is not converted, because
    // some programs call every file a text.
    private static Stream Open(MimePart part) =>
        part.Content is null ? new MemoryStream()
        : part is TextPart { IsHtml: false } words && AttachmentSniffer.TypeOf(MailCharset.BytesOf(words)) is null or "text/plain"
            ? new MemoryStream(Encoding.UTF8.GetBytes(MailCharset.Of(words).Words), writable: false)
        : part.Content.Open();

    private static string HeadOf(MimeMessage message) => string.Join('\n', new[]
    {
        $"From: {OneLine.Of(MailReading.SenderOf(message)?.ToString())}",
        $"To: {OneLine.Of(message.To.ToString())}",
        message.Headers.Contains(HeaderId.Date) ? $"Sent: {message.Date.ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture)}" : "",
        $"Subject: {OneLine.Of(message.Subject)}",
    }.Where(line => line.Length > 0));
}
