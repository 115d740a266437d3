namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Whether a message was written by a person or by a program.</summary>
public enum MailOrigin
{
    /// <summary>Nothing shows that a program wrote the message.</summary>
    Person,

    /// <summary>An automatic reply (RFC 3834), for example that somebody is on leave.</summary>
    AutomaticReply,

    /// <summary>A report that a message was delivered, or was not (RFC 3464).</summary>
    DeliveryReport,

    /// <summary>A report that a message was displayed, or was deleted unread (RFC 8098).</summary>
    ReadReceipt,
}

/// <summary>The kind of a part of a message.</summary>
public enum MailPartKind
{
    /// <summary>A file attached to the message.</summary>
    File,

    /// <summary>A message inside the message, given as its text.</summary>
    Message,

    /// <summary>A part sealed with S/MIME or OpenPGP, which the hub cannot read because it has no key.</summary>
    Sealed,

    /// <summary>A part that is nested too deeply for the hub to read, or a fragment of a message.</summary>
    Unread,
}

/// <summary>A part of a message other than its text.</summary>
/// <param name="Number">The part's position: "2" for the second part, and "2.1" for the first part of a message inside that part.</param>
/// <param name="Kind">The kind of the part.</param>
/// <param name="Name">The file name, without its path and without characters that would change how it is displayed.</param>
/// <param name="SaidType">The media type stated in the message, which proves nothing.</param>
/// <param name="Content">A function that opens the part's decoded bytes, or null if the hub does not read them.</param>
internal sealed record MailPart(string Number, MailPartKind Kind, string Name, string SaidType, Func<Stream>? Content);

/// <summary>The content of a message.</summary>
internal sealed record ReadMail
{
    /// <summary>The sender's name as stated, or empty if there is none.</summary>
    public required string SenderName { get; init; }

    /// <summary>The sender's address as stated, which anybody can forge, or empty if there is none.</summary>
    public required string SenderAddress { get; init; }

    /// <summary>The subject in one line.</summary>
    public required string Subject { get; init; }

    /// <summary>The time at which the message was sent, according to the sender's program.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the council's own mail server received the message, according to the topmost of the lines that mail servers
    /// add.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The text of the message, without mark-up.</summary>
    public required string Text { get; init; }

    /// <summary>Whether a person or a program wrote the message.</summary>
    public MailOrigin Origin { get; init; }

    /// <summary>The parts of the message other than its text.</summary>
    public required IReadOnlyList<MailPart> Parts { get; init; }

    /// <summary>What an officer should know about how the message was read.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>The result of reading a message.</summary>
/// <param name="Mail">The message, or null if it cannot be read.</param>
/// <param name="Reason">Why the message cannot be read, in a sentence for a case officer, or empty if it can be read.</param>
internal sealed record MailResult(ReadMail? Mail, string Reason)
{
    internal static MailResult Unreadable(string reason) => new(null, reason);
}
