using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies;

/// <summary>The kinds of message about a request that an agency can receive.</summary>
public enum AgencyMessageKind
{
    /// <summary>A request for advice.</summary>
    Request,

    /// <summary>A reminder about an open request.</summary>
    Reminder,

    /// <summary>A named role is notified that a request is overdue.</summary>
    Escalation,

    /// <summary>Notice that the request is withdrawn.</summary>
    Withdrawal,

    /// <summary>Notice that the details of the child were corrected.</summary>
    Correction,

    /// <summary>A notice that the advice was not sufficient and must be sent again.</summary>
    Return,
}

/// <summary>A message to an agency, with all the data that a channel might need.</summary>
public sealed record AgencyMessage
{
    /// <summary>The effect's id, which is the same for every attempt so that the agency can drop a repeat.</summary>
    public required string EffectId { get; init; }

    /// <summary>Correlation id of the incoming message that led to this message.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The kind of message.</summary>
    public required AgencyMessageKind Kind { get; init; }

    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The request that the message is about, in its present state.</summary>
    public required AdviceRequest Request { get; init; }

    /// <summary>The facts about the case that were given when it was opened.</summary>
    public required OpeningFacts Facts { get; init; }

    /// <summary>
    /// Whether the agency is still allowed to see the child's details. If the agency has no request left to answer, the notice says only
    /// that details were corrected.
    /// </summary>
    public bool MaySeeChild { get; init; } = true;

    /// <summary>The council that asks for the advice.</summary>
    public required CouncilProfile Council { get; init; }

    /// <summary>Last day of the request's time limit, counted from the day on which the advice was requested if the day of receipt is not
    /// known.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>
    /// Id of the colleague to whom the agency passed the request on, if the message is for them; null for the agency's own contact.
    /// </summary>
    public string? Colleague { get; init; }

    /// <summary>Step of the reminder schedule, for a reminder or an escalation.</summary>
    public string? Step { get; init; }

    /// <summary>The role that an escalation notifies.</summary>
    public string? ToRole { get; init; }

    /// <summary>The family's representations and evidence, which go with a request (SEND Regs 2014 reg 6(3)).</summary>
    public IReadOnlyList<AttachmentRef> Documents { get; init; } = [];

    /// <summary>The review meeting for which the advice is requested, or null if the advice is requested for an assessment.</summary>
    public ReviewAsked? Review { get; init; }

    /// <summary>The agency's entry in the directory.</summary>
    public required AgencyEntry Agency { get; init; }
}

/// <summary>A review for which advice is requested.</summary>
/// <param name="Number">Number of the review.</param>
/// <param name="MeetingOn">Day of the review meeting.</param>
/// <param name="Lines">The outcomes and the provision of the plan, each with its section.</param>
public sealed record ReviewAsked(int Number, DateOnly MeetingOn, IReadOnlyList<(PlanSectionLetter Section, PlanLine Line)> Lines)
{
    /// <summary>The review that a request is for, or null if the request is for an assessment.</summary>
    public static ReviewAsked? Of(AssessmentState state, AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return state.Reviews.FirstOrDefault(review => review.Number == request.Review) is { } asked
            ? new ReviewAsked(asked.Number, asked.MeetingOn, LinesOf(state))
            : null;
    }

    /// <summary>The lines of the plan that a review considers.</summary>
    public static IReadOnlyList<(PlanSectionLetter Section, PlanLine Line)> LinesOf(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. from section in state.NewestPlan?.Sections ?? [] where section.Letter == PlanSectionLetter.E || PlanLinks.IsProvision(section.Letter) from line in section.Lines select (section.Letter, line)];
    }
}

/// <summary>A channel to agencies.</summary>
public interface IAgencyChannel
{
    /// <summary>The agencies that this channel reaches.</summary>
    Reach Reach { get; }

    /// <summary>Sends a message at least once; the agency recognises a repeat by <see cref="AgencyMessage.EffectId"/>.</summary>
    ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken);
}

/// <summary>
/// The channel for agencies to which no other channel is set up; nothing is sent over it. These agencies can read and answer requests in
/// the hub, but the hub does not notify them of new requests. The hub does not treat any request to such an agency as sent or delivered.
/// </summary>
public sealed class PortalChannel : IAgencyChannel
{
    /// <inheritdoc/>
    public Reach Reach => Reach.Portal;

    /// <inheritdoc/>
    public ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken) =>
        new(EffectResult.NoChannel($"agencies.json names no channel for {message.Agency.Id}."));
}
