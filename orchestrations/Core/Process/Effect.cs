using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Something that must happen outside, at least once. It carries references, not content: its handler reads what it needs from the
/// assessment, so an outbox never holds a stale copy of a child's details.
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
    /// <summary>Its success is news to the assessment and comes back as an input; failures always do.</summary>
    [JsonIgnore]
    public virtual bool ReportsSuccess => false;

    /// <summary>
    /// Id of the failed effect that this one tries again at a person's wish; null for every other. It goes out under that id: a fault
    /// may have come after the other side took it, and then it can drop the repeat.
    /// </summary>
    public string? Repeats { get; init; }
}

/// <summary>Ask an agency for advice, by the way it is reached.</summary>
public sealed record SendAdviceRequest(string RequestId, AgencyId Agency) : Effect
{
    /// <summary>Id of the colleague to whom the agency passed the request on, who is sent it now; null for the agency's own contact.</summary>
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

/// <summary>Tell the agency that facts about the child which it was given with a request were corrected.</summary>
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
/// Keep one version of the plan, in every format. Its reference when done is the name under which it is kept and, after
/// <see cref="BeforeHash"/>, the hash of its manifest entry.
/// </summary>
public sealed record StorePlan(int Version) : Effect
{
    /// <summary>Stands between name and hash; no name of a document holds it.</summary>
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

    /// <summary>It can never happen this way.</summary>
    Permanent,

    /// <summary>It can happen once a person has put something right.</summary>
    NeedsHuman,

    /// <summary>Nothing was sent, because no channel is set up: no fault, and no sending. A person does it by other means.</summary>
    NoChannel,
}
