using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Reading;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>A part of a message in the tray.</summary>
/// <param name="Number">Its place in the message.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its file name.</param>
/// <param name="SaidType">The media type that the message gives.</param>
/// <param name="Type">The media type that its bytes show; null where it was not kept.</param>
/// <param name="Size">Bytes; null where it was not kept.</param>
/// <param name="Sha256">Hash of its bytes as kept; null where it was not.</param>
/// <param name="Reason">Why it was not kept: it is in the message as it was received, and nowhere else.</param>
public sealed record TrayPart(string Number, MailPartKind Kind, string Name, string SaidType, string? Type = null, long? Size = null, string? Sha256 = null, string? Reason = null);

/// <summary>A message in a council's tray.</summary>
public sealed record TrayItem
{
    /// <summary>Its name: made from the mailbox and the message's own id there.</summary>
    public required string Key { get; init; }

    /// <summary>The council to whose mailbox it came.</summary>
    public required LocalAuthorityCode Council { get; init; }

    /// <summary>The mailbox, or "files" for a message that was given as a file.</summary>
    public required string Mailbox { get; init; }

    /// <summary>The day on which it reached the mailbox, in London: limits count from it.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>When the hub took it in, UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The sender's name as given.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>The sender's address as given.</summary>
    public string SenderAddress { get; init; } = "";

    /// <summary>The subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When it was sent, as the sender says.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The text without mark-up.</summary>
    public string Text { get; init; } = "";

    /// <summary>Who wrote it.</summary>
    public MailOrigin Origin { get; init; }

    /// <summary>Its other parts.</summary>
    public IReadOnlyList<TrayPart> Parts { get; init; } = [];

    /// <summary>What a person should know about how it was read.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Hash of the message as it was received; null where it was larger than the hub takes.</summary>
    public string? RawSha256 { get; init; }

    /// <summary>Bytes of the message as it was received; null where it was larger than the hub takes.</summary>
    public long? RawSize { get; init; }

    /// <summary>Why it could not be read; null where it was.</summary>
    public string? Quarantine { get; init; }
}
