using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Notices;

/// <summary>One thing to tell one person. It names an assessment by its reference and never names a child.</summary>
public sealed record NoticeItem
{
    /// <summary>The effect that causes it: the same for every attempt, so that nobody is told twice.</summary>
    public required string EffectId { get; init; }

    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>Who is told, as a key of the directory: <c>ods:RX1|commissioner</c>.</summary>
    public required string Recipient { get; init; }

    /// <summary>In which role.</summary>
    public required string Role { get; init; }

    /// <summary>Name of the wording.</summary>
    public required string Wording { get; init; }

    /// <summary>What is due, in a few words: "medical advice", "notice: the draft plan".</summary>
    public required string What { get; init; }

    /// <summary>The request for advice that it is about; null for a notice under the regulations.</summary>
    public string? RequestId { get; init; }

    /// <summary>The legal duty of the person who was asked, in a sentence; null or empty where there is none.</summary>
    public string? Law { get; init; }

    /// <summary>Day on which it is or was due.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Where the person sees it: an address that is not a secret, or <see cref="OwnLink"/>.</summary>
    public required string Link { get; init; }

    /// <summary>Used in place of an address: the reader's own link, which is made when the notice is sent and never kept.</summary>
    public const string OwnLink = "own-link";

    /// <summary>
    /// Used in place of an address: the link to the page on which the request is answered, made when the notice is sent and never kept.
    /// </summary>
    public const string AnswerLink = "answer-link";

    /// <summary>Id of the colleague to whom the request was passed on, if they are told; null for the agency's own contact.</summary>
    public string? Colleague { get; init; }

    /// <summary>Whether it may wait a little for other items for the same person, to be sent with them as one digest.</summary>
    public bool Gathers { get; init; }
}

/// <summary>A person's address. Personal data: never logged, never kept with a notice.</summary>
public sealed record NoticeAddress
{
    /// <summary>Mail address.</summary>
    public string? Mail { get; init; }

    /// <summary>The person whose manager is meant: looked up when the notice is sent, because managers change.</summary>
    public string? ManagerOf { get; init; }

    /// <summary>Lines of the postal address, the name first; null where it is sent in another way.</summary>
    public IReadOnlyList<string>? Postal { get; init; }

    /// <summary>Mobile telephone number, for an additional text message.</summary>
    public string? Mobile { get; init; }

    /// <summary>Team and channel that the role reads.</summary>
    public TeamsChannel? Teams { get; init; }

    /// <summary>ToString leaves out the address, because it may end up in logs and messages.</summary>
    public override string ToString() => Postal is not null ? "a postal address" : Teams is not null ? "a Teams channel" : ManagerOf is not null ? "a manager" : "a mail address";
}

/// <summary>A channel in Microsoft Teams.</summary>
/// <param name="TeamId">The team.</param>
/// <param name="ChannelId">The channel.</param>
public sealed record TeamsChannel(string TeamId, string ChannelId);

/// <summary>A notice ready to be sent.</summary>
/// <param name="Id">The first effect's id; the same for every attempt to send the same content.</param>
/// <param name="To">In which role the person is told.</param>
/// <param name="Address">Their address; null where the channel needs none.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Text">Plain text.</param>
public sealed record NoticeMessage(string Id, string To, NoticeAddress? Address, string Subject, string Text)
{
    /// <summary>Prefix of the day (2026-07-14) in a channel's answer, where the channel accepted the notice at an earlier attempt.</summary>
    public const char HandedOver = '@';

    /// <summary>Code of the council in whose name it is sent.</summary>
    public string? Council { get; init; }

    /// <summary>The letter, where it delivers one.</summary>
    public Letters.Layout.LetterLayout? Letter { get; init; }

    /// <summary>The link with which its reader opens the letter: a secret that appears only in the message.</summary>
    public string? Link { get; init; }

    /// <summary>ToString leaves out the message, because it contains a secret and may be logged.</summary>
    public override string ToString() => $"notice {Id}";
}

/// <summary>A notice that was sent, or only kept because there is no channel, as the monitor shows it.</summary>
public sealed record KeptNotice
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The role that was told, with its agency: no name, no address.</summary>
    public required string To { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it was sent to somebody; false where it was only kept.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool WasSent => Channel != RecordOnlyChannel.Named;

    /// <summary>When it was sent or kept, UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>How: "mail", "kept here".</summary>
    public required string Channel { get; init; }

    /// <summary>The effects that it completed.</summary>
    public required IReadOnlyList<string> Effects { get; init; }

    /// <summary>The assessments that it is about.</summary>
    public required IReadOnlyList<AssessmentId> Assessments { get; init; }
}
