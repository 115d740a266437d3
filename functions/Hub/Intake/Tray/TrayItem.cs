using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Reading;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>A part of a message in the incoming mail.</summary>
/// <param name="Number">The position of the part in the message.</param>
/// <param name="Kind">The kind of the part.</param>
/// <param name="Name">The part's file name.</param>
/// <param name="SaidType">The media type of the part, as stated in the message.</param>
/// <param name="Type">The media type found from the bytes, or null if the part was not stored.</param>
/// <param name="Size">Size of the part in bytes, or null if the part was not stored.</param>
/// <param name="Sha256">Checksum of the part's stored bytes, or null if the part was not stored.</param>
/// <param name="Reason">Why the part was not stored separately, so that it exists only in the original message, or null if it was
/// stored.</param>
public sealed record StoredMailPart(string Number, MailPartKind Kind, string Name, string SaidType, string? Type = null, long? Size = null, string? Sha256 = null, string? Reason = null);

/// <summary>A message in a council's incoming mail.</summary>
public sealed record TrayItem
{
    /// <summary>The key of the message, calculated from the mailbox and the message's own id there.</summary>
    public required string Key { get; init; }

    /// <summary>The council whose mailbox received the message.</summary>
    public required LocalAuthorityCode Council { get; init; }

    /// <summary>The mailbox, or "files" for a message that was supplied as a file.</summary>
    public required string Mailbox { get; init; }

    /// <summary>The day on which the message reached the mailbox, in London time. Time limits are counted from this day.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>When the hub received the message, UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The sender's name as stated.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>The sender's address as stated.</summary>
    public string SenderAddress { get; init; } = "";

    /// <summary>The subject of the message.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When the message was sent, according to the sender.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The text of the message, without mark-up.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether a person or a program wrote the message.</summary>
    public MailOrigin Origin { get; init; }

    /// <summary>The parts of the message other than its text.</summary>
    public IReadOnlyList<StoredMailPart> Parts { get; init; } = [];

    /// <summary>What an officer should know about how the message was read.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Checksum of the message as received, or null if it was too large for the hub.</summary>
    public string? RawSha256 { get; init; }

    /// <summary>Size of the message as received, in bytes, or null if it was too large for the hub.</summary>
    public long? RawSize { get; init; }

    /// <summary>Why the message could not be read, or null if it was read.</summary>
    public string? Quarantine { get; init; }
}
