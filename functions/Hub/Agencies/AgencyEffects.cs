using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies;

/// <summary>Sends messages to agencies: reads the request in its current state and passes it to the agency's channel.</summary>
public sealed class AgencyEffects(IAssessmentStore store, RuleBook rules, AgencyDirectory directory, IEnumerable<IAgencyChannel> channels) : IEffectHandler
{
    private static readonly TimeSpan UntilAsked = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Reach, IAgencyChannel> channels = channels.ToDictionary(c => c.Reach);

    private OpenSendings? lastRead;

    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is SendAdviceRequest or SendReminder or SendEscalation or SendWithdrawal or SendCorrection or ReturnAdviceToAuthor;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        var (kind, requestId, agency, step, toRole) = effect.Effect switch
        {
            SendAdviceRequest e => (AgencyMessageKind.Request, e.RequestId, e.Agency, (string?)null, (string?)null),
            SendReminder e => (AgencyMessageKind.Reminder, e.RequestId, e.Agency, e.Step, null),
            SendEscalation e => (AgencyMessageKind.Escalation, e.RequestId, e.Agency, e.Step, e.ToRole),
            SendWithdrawal e => (AgencyMessageKind.Withdrawal, e.RequestId, e.Agency, null, null),
            SendCorrection e => (AgencyMessageKind.Correction, e.RequestId, e.Agency, null, null),
            ReturnAdviceToAuthor e => (AgencyMessageKind.Return, e.RequestId, e.Agency, null, null),
            var other => throw new ArgumentException($"{other.GetType().Name} is not for agencies.", nameof(effect)),
        };
        return await SendAsync(effect, kind, requestId, agency, step, toRole, cancellationToken);
    }

    private async ValueTask<EffectResult> SendAsync(
        OutboxEffect effect, AgencyMessageKind kind, string requestId, AgencyId agency, string? step, string? toRole, CancellationToken cancellationToken)
    {
        var state = (await store.LoadAsync(effect.Assessment, cancellationToken)).State;
        var request = state.Requests.First(r => r.Id == requestId);
        if (kind is AgencyMessageKind.Reminder or AgencyMessageKind.Escalation && !request.IsOpen)
        {
            // The advice arrived between the decision and this attempt, so nobody is chased for it.
            return EffectResult.Done("settled meanwhile");
        }

        if (kind is AgencyMessageKind.Request or AgencyMessageKind.Return && !request.IsOpen)
        {
            // The request was withdrawn, declined or answered before it could be sent (again), so the agency does not need the child's details.
            return EffectResult.Done("settled meanwhile");
        }

        if (kind == AgencyMessageKind.Withdrawal && await IsBeingAskedAsync(state, requestId, cancellationToken))
        {
            // A withdrawal that overtook its request would leave the agency with a request that nobody withdraws.
            return EffectResult.Transient("The request itself is still being sent.", UntilAsked);
        }

        var entry = directory.For(agency);
        if (!channels.TryGetValue(entry.Reach, out var channel))
        {
            return EffectResult.NeedsHuman($"No channel is configured for {agency} ({entry.Reach}).");
        }

        if (request.WasSentElsewhere && entry.Reach is Reach.Bus or Reach.FhirPull or Reach.FhirPush && kind is not (AgencyMessageKind.Request or AgencyMessageKind.Return))
        {
            return EffectResult.NoChannel($"The system of {agency} does not know this request, because it was sent before the case was taken over.");
        }

        var book = rules.For(effect.Assessment);
        return await channel.SendAsync(
            new AgencyMessage
            {
                EffectId = effect.Id,
                CorrelationId = effect.CorrelationId,
                Kind = kind,
                Assessment = effect.Assessment,
                Request = request,
                Facts = state.Facts!,
                MaySeeChild = AgencyInvolvement.Of(state, agency).MaySeeChild,
                Council = book.Council,
                Due = Chasing.DueDay(state, request, book),
                Colleague = (effect.Effect as SendAdviceRequest)?.Colleague,
                Step = step,
                ToRole = toRole,

                // Requests for an assessment include what the family sent (reg 6(3)); requests for a review do not, because a review is
                // about the plan.
                Documents = request.Review is null ? FamilyEvidence.DocumentsOf(state) : [],
                Review = ReviewAsked.Of(state, request),
                Agency = entry,
            },
            cancellationToken);
    }

    /// <summary>
    /// Whether a request is still being sent. When a case ends, all its requests are withdrawn at once, so the requests that are being sent are
    /// remembered: as long as the case stays at the same version, a request can be sent in full, but none can be added.
    /// </summary>
    private async ValueTask<bool> IsBeingAskedAsync(AssessmentState state, string requestId, CancellationToken cancellationToken)
    {
        if (lastRead is { } last && last.Assessment == state.Id && last.Version == state.Version && !last.Requests.Contains(requestId))
        {
            return false;
        }

        var requests = (await store.EffectsAsync(state.Id, cancellationToken)).Where(e => e.End is null).Select(e => e.Effect.Effect switch
        {
            SendAdviceRequest asked => asked.RequestId,
            ReturnAdviceToAuthor returned => returned.RequestId,
            _ => null,
        }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        lastRead = new(state.Id, state.Version, requests);
        return requests.Contains(requestId);
    }

    private sealed record OpenSendings(AssessmentId Assessment, long Version, IReadOnlySet<string> Requests);
}
