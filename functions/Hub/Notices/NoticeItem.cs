using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Notices;

/// <summary>An item about which one person is notified. The item names an assessment by its reference and never names a child.</summary>
public sealed record NoticeItem
{
    /// <summary>Id of the effect that causes the item, which is the same for every attempt so that nobody is notified twice.</summary>
    public required string EffectId { get; init; }

    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The person who is notified, as a key of the notice directory, such as <c>ods:RX1|commissioner</c>.</summary>
    public required string Recipient { get; init; }

    /// <summary>The role in which the person is notified.</summary>
    public required string Role { get; init; }

    /// <summary>Name of the wording in wording.json.</summary>
    public required string Wording { get; init; }

    /// <summary>What is due, in a few words, for example "medical advice" or "notice: the draft plan".</summary>
    public required string What { get; init; }

    /// <summary>The request for advice that the item is about, or null for a notice under the regulations.</summary>
    public string? RequestId { get; init; }

    /// <summary>The legal duty of the person who was asked, in a sentence; null or empty if there is none.</summary>
    public string? Law { get; init; }

    /// <summary>Day on which the advice or the step is or was due.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The address at which the person can read more: either an address that is not secret, or <see cref="OwnLink"/>.</summary>
    public required string Link { get; init; }

    /// <summary>Placeholder for the reader's own link, which is generated when the notice is sent and never stored.</summary>
    public const string OwnLink = "own-link";

    /// <summary>
    /// Placeholder for the link to the page on which the request is answered; the link is generated when the notice is sent and never
    /// stored.
    /// </summary>
    public const string AnswerLink = "answer-link";

    /// <summary>Id of the colleague to whom the request was passed on and who is notified, or null for the agency's own contact.</summary>
    public string? Colleague { get; init; }

    /// <summary>
    /// Whether the item may wait a short time for other items for the same person, so that they are sent together as one digest.
    /// </summary>
    public bool Gathers { get; init; }
}

/// <summary>The address at which a person gets notices. An address is personal data, so it is never logged or stored with a notice.</summary>
public sealed record NoticeAddress
{
    /// <summary>The e-mail address.</summary>
    public string? Mail { get; init; }

    /// <summary>
    /// The person whose manager receives the notice. The manager is looked up when the notice is sent, because managers change.
    /// </summary>
    public string? ManagerOf { get; init; }

    /// <summary>Lines of the postal address, the name first, or null if the notice is sent in another way.</summary>
    public IReadOnlyList<string>? Postal { get; init; }

    /// <summary>Mobile telephone number, for an additional text message.</summary>
    public string? Mobile { get; init; }

    /// <summary>The Teams channel that the role reads.</summary>
    public TeamsChannel? Teams { get; init; }

    /// <summary>ToString leaves out the address, because it may end up in logs and messages.</summary>
    public override string ToString() => Postal is not null ? "a postal address" : Teams is not null ? "a Teams channel" : ManagerOf is not null ? "a manager" : "an e-mail address";
}

/// <summary>A channel in Microsoft Teams.</summary>
/// <param name="TeamId">The team.</param>
/// <param name="ChannelId">The channel.</param>
public sealed record TeamsChannel(string TeamId, string ChannelId);

/// <summary>A notice that is ready to be sent.</summary>
/// <param name="Id">The id of the first effect, which is the same for every attempt to send the same content.</param>
/// <param name="To">The role in which the person is notified.</param>
/// <param name="Address">The person's address, or null if the channel needs none.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Text">The text, without formatting.</param>
public sealed record NoticeMessage(string Id, string To, NoticeAddress? Address, string Subject, string Text)
{
    /// <summary>If a channel accepted the notice at an earlier attempt, the channel's answer gives the day of
    /// that attempt (such as 2026-07-14) after this prefix.</summary>
    public const char EarlierAcceptancePrefix = '@';

    /// <summary>If GOV.UK Notify sent the notice as a letter, the channel's answer begins with this prefix. Notify can have accepted the letter
    /// before the person agreed to be served electronically.</summary>
    public const string PostedPrefix = "notify-letter:";

    /// <summary>If GOV.UK Notify sent the notice by e-mail, the channel's answer begins with this prefix.</summary>
    public const string MailedPrefix = "notify:";

    /// <summary>Code of the council in whose name the notice is sent.</summary>
    public string? Council { get; init; }

    /// <summary>The letter, if the notice delivers one.</summary>
    public Letters.Layout.LetterLayout? Letter { get; init; }

    /// <summary>When the hub or an officer decided to send the notice, or null if that is not known. Anything that a channel accepted
    /// before that time belongs to an earlier attempt, after which an officer decided to try again.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The link with which the recipient opens the letter, a secret that appears only in the message.</summary>
    public string? Link { get; init; }

    /// <summary>ToString leaves out the message, because it contains a secret and may be logged.</summary>
    public override string ToString() => $"notice {Id}";
}

/// <summary>A notice, as shown in the monitor, that was sent, or was only stored because there is no channel.</summary>
public sealed record KeptNotice
{
    /// <summary>The id of the notice.</summary>
    public required string Id { get; init; }

    /// <summary>The role that was notified, and its agency, without a name or an address.</summary>
    public required string To { get; init; }

    /// <summary>The subject line.</summary>
    public required string Subject { get; init; }

    /// <summary>The text, without formatting.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the notice was sent to somebody; false if it was only stored.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool WasSent => Channel != RecordOnlyChannel.Named;

    /// <summary>When the notice was sent or stored, in UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>How the notice was sent, for example "mail", or "kept here" if it was only stored.</summary>
    public required string Channel { get; init; }

    /// <summary>The names of the wordings in the notice; null if the notice was stored before these names were.</summary>
    public IReadOnlyList<string>? Wordings { get; init; }

    /// <summary>The effects that the notice completed.</summary>
    public required IReadOnlyList<string> Effects { get; init; }

    /// <summary>The assessments that the notice is about.</summary>
    public required IReadOnlyList<AssessmentId> Assessments { get; init; }
}
