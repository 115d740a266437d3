using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies;

/// <summary>What is told to an agency about one request.</summary>
public enum AgencyMessageKind
{
    /// <summary>Advice is asked for.</summary>
    Request,

    /// <summary>A reminder of an open request.</summary>
    Reminder,

    /// <summary>A named role is told that a request is overdue.</summary>
    Escalation,

    /// <summary>The request is withdrawn.</summary>
    Withdrawal,

    /// <summary>What was told of the child was corrected.</summary>
    Correction,

    /// <summary>The advice was not sufficient and is asked for again.</summary>
    Return,
}

/// <summary>One message to an agency, with all that its form may need.</summary>
public sealed record AgencyMessage
{
    /// <summary>The effect's id: the same for every attempt, so that the other side can drop a repeat.</summary>
    public required string EffectId { get; init; }

    /// <summary>Correlation id of the message that led to it.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What is told.</summary>
    public required AgencyMessageKind Kind { get; init; }

    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The request it is about, as it stands now.</summary>
    public required AdviceRequest Request { get; init; }

    /// <summary>What was told at the opening.</summary>
    public required OpeningFacts Facts { get; init; }

    /// <summary>The agency may still know the child; who has nothing left to answer learns of a correction only that there was one.</summary>
    public bool NeedsChild { get; init; } = true;

    /// <summary>The council that asks.</summary>
    public required CouncilProfile Council { get; init; }

    /// <summary>Last day of the request's limit; from the day asked where the body's day of receipt is not known.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>Id of the colleague to whom the agency passed the request on, who is told now; null for its own contact.</summary>
    public string? Colleague { get; init; }

    /// <summary>Step of the chase ladder, for a reminder or an escalation.</summary>
    public string? Step { get; init; }

    /// <summary>The role that is told, for an escalation.</summary>
    public string? ToRole { get; init; }

    /// <summary>The family's representations and evidence, which go with a request (SEND Regs 2014 reg 6(3)).</summary>
    public IReadOnlyList<AttachmentRef> Documents { get; init; } = [];

    /// <summary>How the agency is reached.</summary>
    public required AgencyEntry Agency { get; init; }
}

/// <summary>One way of reaching agencies.</summary>
public interface IAgencyChannel
{
    /// <summary>Which agencies it reaches.</summary>
    Reach Reach { get; }

    /// <summary>Sends one message, at least once; the other side knows a repeat by <see cref="AgencyMessage.EffectId"/>.</summary>
    ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellation);
}

/// <summary>
/// Agencies to which no channel is set up. They may read and answer in the hub, but nothing tells them that there is something to read:
/// nothing was sent, and what was not sent is not delivered.
/// </summary>
public sealed class PortalChannel : IAgencyChannel
{
    /// <inheritdoc/>
    public Reach Reach => Reach.Portal;

    /// <inheritdoc/>
    public ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellation) =>
        new(EffectResult.NoChannel($"agencies.json names no way of reaching {message.Agency.Id}."));
}
