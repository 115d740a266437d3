namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Whether a message was written by a person or by a program.</summary>
public enum MailOrigin
{
    /// <summary>Nothing in it says that a program wrote it.</summary>
    Person,

    /// <summary>An answer that a program gave, for instance that somebody is on leave (RFC 3834).</summary>
    AutomaticReply,

    /// <summary>A report that a message was delivered, or was not (RFC 3464).</summary>
    DeliveryReport,

    /// <summary>A report that a message was displayed, or was deleted unread (RFC 8098).</summary>
    ReadReceipt,
}

/// <summary>What a part of a message is.</summary>
public enum MailPartKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A message inside the message, as its text.</summary>
    Message,

    /// <summary>Sealed with S/MIME or OpenPGP: the hub has no key and does not read it.</summary>
    Sealed,

    /// <summary>Nested deeper than the hub reads, or a fragment of a message that came in several.</summary>
    Unread,
}

/// <summary>A part of a message other than its text.</summary>
/// <param name="Number">Its place: "2", and "2.1" for the first part of a message inside.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its file name, without path and without characters that would change how it reads.</param>
/// <param name="SaidType">The media type that the message gives, which proves nothing.</param>
/// <param name="Content">Opens its decoded bytes; null where they are not read.</param>
internal sealed record MailPart(string Number, MailPartKind Kind, string Name, string SaidType, Func<Stream>? Content);

/// <summary>A message as it was read.</summary>
internal sealed record ReadMail
{
    /// <summary>The sender's name as given; empty where there is none.</summary>
    public required string SenderName { get; init; }

    /// <summary>The sender's address as given, which anybody can forge; empty where there is none.</summary>
    public required string SenderAddress { get; init; }

    /// <summary>The subject in one line.</summary>
    public required string Subject { get; init; }

    /// <summary>When the sender's program says that it was sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the council's own mail server received it: its line is the first of those that servers put on top.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The text of the message, without mark-up.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it.</summary>
    public MailOrigin Origin { get; init; }

    /// <summary>Its other parts.</summary>
    public required IReadOnlyList<MailPart> Parts { get; init; }

    /// <summary>What a person should know about how it was read.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>The result of reading a message.</summary>
/// <param name="Mail">The message; null where it cannot be read.</param>
/// <param name="Reason">Why not, in a sentence for a case officer; empty where it can.</param>
internal sealed record MailResult(ReadMail? Mail, string Reason)
{
    internal static MailResult Unreadable(string reason) => new(null, reason);
}
