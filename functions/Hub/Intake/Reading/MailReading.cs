using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>
/// Reads a message from the bytes that were received. Nothing in the message is trusted: not the sender, the names and types of the files,
/// or the structure. Any part that cannot be read is reported with the reason, and the message itself is always stored.
/// </summary>
internal static class MailReading
{
    /// <summary>The largest number of parts that are read from a message in addition to its text.</summary>
    internal const int MaxParts = 250;

    // The greatest depth to which attachments inside attachments are read. Messages forwarded inside one another are rarely nested more
    // than five deep.
    internal const int MaxDepth = 20;

    private static readonly ParserOptions Options = new()
    {
        MaxMimeDepth = MaxDepth * 2,
        MaxAddressGroupDepth = 2,
        AddressParserComplianceMode = RfcComplianceMode.Loose,
        ParameterComplianceMode = RfcComplianceMode.Loose,
        Rfc2047ComplianceMode = RfcComplianceMode.Loose,
    };

    // The library that reads winmail.dat needs the encoding Windows-1252. Mail also uses other encodings that .NET includes but does not
    // register by default.
    static MailReading() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a message. Each part is decoded only when it is opened, so the bytes of the message must not change until
    /// then.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Anybody can write these messages: even if a damaged message causes an unexpected exception, the message is stored and an officer checks it.")]
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
                ? MailResult.Unreadable("The file is not an e-mail message, because it has no sender, subject or text.")
                : Of(message);
        }
        catch (FormatException)
        {
            return MailResult.Unreadable("The file is not an e-mail message, because it has no headers that can be read.");
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return MailResult.Unreadable("The message is damaged, and the hub cannot read it.");
        }
    }

    private static MailResult Of(MimeMessage message)
    {
        var walk = new PartWalk();
        walk.Take(message.Body, 0);
        if (walk.Parts.Count > MaxParts)
        {
            return MailResult.Unreadable(string.Create(CultureInfo.InvariantCulture, $"The message has more than {MaxParts} attachments."));
        }

        var sender = SenderOf(message);
        var origin = AutomaticMail.Of(message);
        var text = walk.Text(out var isCut);
        var notes = new List<string>(walk.Notes);
        if (isCut)
        {
            notes.Add("The text of the message is too long to be shown in full. Open the original message to see the rest.");
        }

        if (text.Length == 0 && walk.Parts.Count == 0 && notes.Count == 0)
        {
            notes.Add("The hub found no text and no files in the message. Open the original message to see whether it says anything.");
        }

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
                Notes = [.. notes.Distinct(StringComparer.Ordinal)],
            }, "");
    }

    internal static MailboxAddress? SenderOf(MimeMessage message) => message.From.Mailboxes.FirstOrDefault() ?? message.Sender;

    // RFC 5321, 4.4: each server puts its Received line above those of the earlier servers, and the time is after the last semicolon
    // in the line.
    private static DateTimeOffset? ReceivedAt(MimeMessage message) =>
        message.Headers[HeaderId.Received] is { } received && received.LastIndexOf(';') is > 0 and var at && DateUtils.TryParse(received[(at + 1)..], out var when) ? when : null;
}
