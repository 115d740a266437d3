using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// An action that the hub must carry out outside the case, at least once. An effect contains references, not content. The handler of an effect
/// reads what it needs from the assessment, so the outbox never contains an outdated copy of a child's details.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SendAdviceRequest), "sendAdviceRequest")]
[JsonDerivedType(typeof(SendReminder), "sendReminder")]
[JsonDerivedType(typeof(SendEscalation), "sendEscalation")]
[JsonDerivedType(typeof(SendWithdrawal), "sendWithdrawal")]
[JsonDerivedType(typeof(SendCorrection), "sendCorrection")]
[JsonDerivedType(typeof(ReturnAdviceToAuthor), "returnAdvice")]
[JsonDerivedType(typeof(SendNotice), "sendNotice")]
[JsonDerivedType(typeof(StorePlan), "storePlan")]
[JsonDerivedType(typeof(PublishStatus), "publishStatus")]
[JsonDerivedType(typeof(RemindOfDuty), "remindOfDuty")]
public abstract record Effect
{
    /// <summary>Whether success is reported to the assessment as an input. Failures are always reported.</summary>
    [JsonIgnore]
    public virtual bool ReportsSuccess => false;

    /// <summary>
    /// The id of the failed effect that somebody asked the hub to try again; null for any other effect. The effect is sent with the id of
    /// the failed effect, so that the recipient can drop the repeat if it had already accepted the first attempt.
    /// </summary>
    public string? Repeats { get; init; }
}

/// <summary>Ask an agency for advice, through its channel.</summary>
public sealed record SendAdviceRequest(string RequestId, AgencyId Agency) : Effect
{
    /// <summary>The id of the colleague to whom the agency passed the request on, if the request is sent to the colleague; null for the agency's
    /// own contact.</summary>
    public string? Colleague { get; init; }

    /// <inheritdoc/>
    public override bool ReportsSuccess => true;
}

/// <summary>Remind the agency of an open request.</summary>
public sealed record SendReminder(string RequestId, AgencyId Agency, string Step) : Effect;

/// <summary>Tell the holder of a role that a request is overdue or will soon be overdue.</summary>
public sealed record SendEscalation(string RequestId, AgencyId Agency, string Step, string ToRole) : Effect;

/// <summary>Tell the agency that the request is withdrawn.</summary>
public sealed record SendWithdrawal(string RequestId, AgencyId Agency) : Effect;

/// <summary>Tell the agency that details of the child in a request were corrected.</summary>
public sealed record SendCorrection(string RequestId, AgencyId Agency) : Effect;

/// <summary>Tell the agency that its advice was not sufficient, and why.</summary>
public sealed record ReturnAdviceToAuthor(string RequestId, AgencyId Agency) : Effect;

/// <summary>Send a notice to one recipient by electronic means.</summary>
public sealed record SendNotice(string NoticeId) : Effect
{
    /// <inheritdoc/>
    public override bool ReportsSuccess => true;
}

/// <summary>
/// Store one version of the plan, in every format. The result's reference is the name under which the plan is stored, then
/// <see cref="HashSeparator"/> and the hash of its manifest entry.
/// </summary>
public sealed record StorePlan(int Version) : Effect
{
    /// <summary>The character between name and hash, which no name of a document contains.</summary>
    public const char HashSeparator = '#';

    /// <inheritdoc/>
    public override bool ReportsSuccess => true;
}

/// <summary>Tell the systems that follow the assessment that its stage changed.</summary>
public sealed record PublishStatus(Stage Stage) : Effect;

/// <summary>Tell the holder of a role at the council that a time limit that the council must meet will soon expire or has
/// expired.</summary>
/// <param name="Limit">The name of the time limit, with its last day.</param>
/// <param name="Step">The escalation step.</param>
/// <param name="ToRole">The role that is notified.</param>
public sealed record RemindOfDuty(string Limit, string Step, string ToRole) : Effect;

/// <summary>How an effect ended.</summary>
public enum EffectOutcome
{
    /// <summary>The effect succeeded.</summary>
    Done,

    /// <summary>The effect can never succeed in this form.</summary>
    Permanent,

    /// <summary>The effect can succeed only after a person has put something right.</summary>
    NeedsHuman,

    /// <summary>Nothing was sent, because no channel is set up; this counts as neither a fault nor a success. An officer sends the message
    /// by other means.</summary>
    NoChannel,
}
