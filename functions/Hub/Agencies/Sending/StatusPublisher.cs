using System.Globalization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Sending;

/// <summary>
/// When an assessment's stage changes, notifies every agency on the bus that was asked for advice in the assessment. Agencies that use the
/// hub itself are not notified, because they see the stage in the hub.
/// </summary>
public sealed class StatusPublisher(IAssessmentStore store, AgencyDirectory directory, IBusSender bus) : IEffectHandler
{
    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is PublishStatus;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        var stage = ((PublishStatus)effect.Effect).Stage;
        var state = (await store.LoadAsync(effect.Assessment, cancellationToken)).State;
        var since = await SinceAsync(effect, cancellationToken);
        foreach (var agency in AskedOnTheBus(state))
        {
            var told = new AssessmentStatusChanged { Assessment = effect.Assessment, Agency = agency, Stage = Of(stage), Since = since };
            var sent = BusEvents.For($"{effect.Id}/{BusEntities.SubscriptionName(agency)}", effect.Assessment.Council, agency, effect.Assessment, told, since);
            var result = await bus.SendAsync(BusEntities.AssessmentStatus.Name, sent, effect.Assessment.Value, effect.CorrelationId, cancellationToken);
            if (result.Fault != EffectFault.None)
            {
                // When publishing is tried again, agencies that were already notified get the message again under its first id.
                return result;
            }
        }

        return EffectResult.Done("bus");
    }

    /// <summary>The stage that is reported to agencies, which leaves out the hub's internal steps between two stages.</summary>
    internal static AssessmentStage Of(Stage stage) => stage switch
    {
        Stage.Considering => AssessmentStage.Requested,
        Stage.Assessing or Stage.Drafting => AssessmentStage.Assessing,
        Stage.Consulting => AssessmentStage.DraftPlan,
        Stage.Finalising or Stage.PlanIssued => AssessmentStage.FinalPlan,
        Stage.RefusedToAssess => AssessmentStage.NotAssessed,
        Stage.NoPlan => AssessmentStage.NoPlan,
        _ => AssessmentStage.Ended,
    };

    private IEnumerable<AgencyId> AskedOnTheBus(AssessmentState state) =>
        state.Requests.Select(request => request.Agency?.Id).OfType<AgencyId>().Distinct()
            .Where(agency => directory.For(agency).Reach == Reach.Bus)
            .OrderBy(agency => agency.Value, StringComparer.Ordinal);

    /// <summary>
    /// The time of the turn that changed the stage. The turn is found by the effect's id, so the time is the same at every attempt.
    /// </summary>
    private async ValueTask<DateTimeOffset> SinceAsync(OutboxEffect effect, CancellationToken cancellationToken)
    {
        var version = long.Parse(effect.Id.Split('/')[1], CultureInfo.InvariantCulture);
        return (await store.EventsAsync(effect.Assessment, version - 1, 1, cancellationToken))[0].At;
    }
}
