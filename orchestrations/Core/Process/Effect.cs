using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Something that the hub must do outside the case, at least once. It contains references, not content: its handler reads what it needs
/// from the assessment, so the outbox never has an outdated copy of a child's details.
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
    /// <summary>Whether its success is reported to the assessment as an input; failures always are.</summary>
    [JsonIgnore]
    public virtual bool ReportsSuccess => false;

    /// <summary>
    /// Id of the failed effect that a person has asked to try again; null for every other. It is sent under that id, because the fault may
    /// have come after the other side accepted it, which can then drop the repeat.
    /// </summary>
    public string? Repeats { get; init; }
}

/// <summary>Ask an agency for advice, through its channel.</summary>
public sealed record SendAdviceRequest(string RequestId, AgencyId Agency) : Effect
{
    /// <summary>Id of the colleague to whom the agency passed the request on, if it is sent to them; null for the agency's own contact.</summary>
    public string? Colleague { get; init; }

    /// <inheritdoc/>
    public override bool ReportsSuccess => true;
}

/// <summary>Remind the agency of an open request.</summary>
public sealed record SendReminder(string RequestId, AgencyId Agency, string Step) : Effect;

/// <summary>Tell a named role that a request is overdue or about to be.</summary>
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
/// Keep one version of the plan, in every format. The reference of its result is the name under which the plan is kept, then
/// <see cref="BeforeHash"/> and the hash of its manifest entry.
/// </summary>
public sealed record StorePlan(int Version) : Effect
{
    /// <summary>Separates name and hash; no name of a document contains it.</summary>
    public const char BeforeHash = '#';

    /// <inheritdoc/>
    public override bool ReportsSuccess => true;
}

/// <summary>Publish that the assessment's stage changed, to systems that follow it.</summary>
public sealed record PublishStatus(Stage Stage) : Effect;

/// <summary>Tell a role of the council that a limit which the council must meet is due soon or has passed.</summary>
/// <param name="Limit">Name of the limit, with its last day.</param>
/// <param name="Step">The step of the ladder.</param>
/// <param name="ToRole">The role.</param>
public sealed record RemindOfDuty(string Limit, string Step, string ToRole) : Effect;

/// <summary>How an effect ended.</summary>
public enum EffectEnd
{
    /// <summary>It happened.</summary>
    Done,

    /// <summary>It can never succeed in this way.</summary>
    Permanent,

    /// <summary>It can only happen after a person has put something right.</summary>
    NeedsHuman,

    /// <summary>Nothing was sent, because no channel is set up: neither a fault nor a success. A person does it by other means.</summary>
    NoChannel,
}
