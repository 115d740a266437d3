using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>
/// Reads a message as it was received. Nothing in it is trusted: not its sender, not the names and types of its files, not its structure. What cannot
/// be read is said with its reason, and the message itself is kept in any case.
/// </summary>
internal static class MailReading
{
    /// <summary>Parts that a message may have in addition to its text.</summary>
    internal const int MaxParts = 250;

    // Attachments of attachments: a chain of forwarded messages is rarely deeper than five.
    internal const int MaxDepth = 20;

    private static readonly ParserOptions Options = new()
    {
        MaxMimeDepth = MaxDepth * 2,
        MaxAddressGroupDepth = 2,
        AddressParserComplianceMode = RfcComplianceMode.Loose,
        ParameterComplianceMode = RfcComplianceMode.Loose,
        Rfc2047ComplianceMode = RfcComplianceMode.Loose,
    };

    // The reader of winmail.dat needs Windows-1252, and mail is written in other encodings too that .NET brings but does not register by default.
    static MailReading() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a message. Its parts are decoded when they are opened, so the bytes must stay as they are until then.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The edge towards messages that anybody may write: whatever a damaged one makes the reader throw, it is kept, and a person looks at it.")]
    internal static MailResult Read(byte[] raw)
    {
        if (MessageShape.Fault(raw) is { } fault)
        {
            return MailResult.Unreadable(fault);
        }

        try
        {
            var message = new MimeParser(Options, new MemoryStream(raw, writable: false), MimeFormat.Entity, persistent: true).ParseMessage();
            return message.Headers.Count == 0 || (message.From.Count == 0 && message.Headers[HeaderId.Subject] is null && message.Body is null)
                ? MailResult.Unreadable("It has neither a sender nor a subject nor a text: it is not a message.")
                : Of(message);
        }
        catch (FormatException)
        {
            return MailResult.Unreadable("It is not written as a message: its headers cannot be read.");
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return MailResult.Unreadable("It is damaged, and the hub cannot read it.");
        }
    }

    private static MailResult Of(MimeMessage message)
    {
        var walk = new PartWalk();
        walk.Take(message.Body, 0);
        if (walk.Parts.Count > MaxParts)
        {
            return MailResult.Unreadable(string.Create(CultureInfo.InvariantCulture, $"It has more than {MaxParts} attachments."));
        }

        var sender = SenderOf(message);
        var origin = AutomaticMail.Of(message);
        var text = walk.Text(out var isCut);
        return new MailResult(
            new ReadMail
            {
                SenderName = OneLine.Of(sender?.Name),
                SenderAddress = OneLine.Of(sender?.Address),
                Subject = OneLine.Of(message.Subject),
                SentAt = message.Headers.Contains(HeaderId.Date) && message.Date != default ? message.Date : null,
                ReceivedAt = ReceivedAt(message),
                Text = text,
                Origin = origin,
                Parts = walk.Parts,
                Notes = [.. walk.Notes.Concat(isCut ? ["The text is longer than can be shown here: the rest is in the message as it came."] : []).Distinct(StringComparer.Ordinal)],
            }, "");
    }

    internal static MailboxAddress? SenderOf(MimeMessage message) => message.From.Mailboxes.FirstOrDefault() ?? message.Sender;

    // RFC 5321, 4.4: each server puts its line above those of the earlier ones, and the time follows the last semicolon.
    private static DateTimeOffset? ReceivedAt(MimeMessage message) =>
        message.Headers[HeaderId.Received] is { } received && received.LastIndexOf(';') is > 0 and var at && DateUtils.TryParse(received[(at + 1)..], out var when) ? when : null;
}
