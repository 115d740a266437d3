using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>
/// The channel to bodies whose own endpoint the hub calls. The hub also stores its own copy of the request, compares the body's Task with
/// the copy, and accepts answers at its own endpoint as well.
/// </summary>
public sealed class FhirPushChannel(
    PushEndpoints endpoints, FhirPush push, FhirPublisher publisher, TaskFollower follower, IFhirResourceStore store, NoticeOptions hub) : IAgencyChannel
{
    /// <inheritdoc/>
    public Reach Reach => Reach.FhirPush;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken)
    {
        if (endpoints.Of(message.Agency.Id) is not { } endpoint)
        {
            return EffectResult.NeedsHuman($"No FHIR endpoint is configured for {message.Agency.Id}.");
        }

        var ids = CallIds.Of(message.EffectId, message.CorrelationId ?? message.Assessment.Value);
        switch (message.Kind)
        {
            case AgencyMessageKind.Request:
                return await AskAsync(endpoint, message, RequestNames.Of(message.Assessment, message.Request.Id), ids, cancellationToken);
            case AgencyMessageKind.Return:
                return await AskAsync(endpoint, message, RequestNames.NameOfRepeatedRequest(message.Assessment, message.Request.Id, message.EffectId), ids, cancellationToken);
            case AgencyMessageKind.Withdrawal:
                var reason = message.Request.StatusReason ?? "The council has withdrawn this request for advice.";
                return await EachAsync(message, name => WithdrawAsync(endpoint, name, reason, ids, cancellationToken), name => publisher.WithdrawAsync(name, reason, cancellationToken), cancellationToken);
            case AgencyMessageKind.Correction:
                return await CorrectAsync(endpoint, message, ids, cancellationToken);
            default:
                return await EachAsync(message, name => push.ChaseAsync(endpoint, name, ids, cancellationToken), name => publisher.PublishAsync(AskWriting.Of(message, name), cancellationToken), cancellationToken);
        }
    }

    private async ValueTask<EffectResult> AskAsync(PushEndpoint endpoint, AgencyMessage message, string name, CallIds ids, CancellationToken cancellationToken)
    {
        var ask = AskWriting.Of(message, name);
        var place = FhirPush.PositionName(RequestResources.TaskId(name));
        if (await store.PositionAsync(place, cancellationToken) == 0)
        {
            await store.StorePositionAsync(place, FhirPush.UnderWay, cancellationToken);
        }

        await publisher.PublishAsync(ask, cancellationToken);

        // The body's server would resolve an address without a host against its own address.
        var result = await push.AskAsync(endpoint, ask with { HubAddress = hub.BaseAddress ?? "" }, AskWriting.Authored(message), ids, cancellationToken);
        if (result.End == PushOutcome.Done)
        {
            await store.StorePositionAsync(place, FhirPush.UnderWay + 1, cancellationToken);
        }

        return Result(result);
    }

    // The hub's copy is written first, so that the body can read it immediately even if the call to the body fails.
    private async ValueTask<EffectResult> CorrectAsync(PushEndpoint endpoint, AgencyMessage message, CallIds ids, CancellationToken cancellationToken)
    {
        var names = await FhirPullChannel.NamesAsync(store, message, cancellationToken);
        foreach (var name in names)
        {
            await publisher.CorrectAsync(AskWriting.Of(message, name), cancellationToken);
        }

        foreach (var name in names)
        {
            if (await push.CorrectAsync(endpoint, AskWriting.Of(message, name), message.MaySeeChild, ids, cancellationToken) is { End: not PushOutcome.Done } trouble)
            {
                return Result(trouble);
            }
        }

        return EffectResult.Done();
    }

    // The body may have answered since its Task was last checked. The hub accepts any answer, or passes it to an officer, before it closes
    // both Tasks and stops checking.
    private async Task<PushResult> WithdrawAsync(PushEndpoint endpoint, string name, string reason, CallIds ids, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync("Task", RequestResources.TaskId(name), cancellationToken) is { Deleted: false } ours)
        {
            await follower.FollowAsync(endpoint, ours, cancellationToken);
        }

        // A request that never arrived at the body, and is no longer sent, leaves nothing to withdraw there.
        return await store.PositionAsync(FhirPush.PositionName(RequestResources.TaskId(name)), cancellationToken) == FhirPush.UnderWay
            && await push.LookAsync(endpoint, name, ids, cancellationToken) is (null, null)
            ? PushResult.Done("the body never received this request")
            : await push.WithdrawAsync(endpoint, name, reason, ids, cancellationToken);
    }

    // The body's Task is closed before the hub's Task. If the body's Task cannot be reached, the attempt is repeated, and the repeated
    // attempt can find the hub's Task only if that Task is still open.
    private async ValueTask<EffectResult> EachAsync(AgencyMessage message, Func<string, Task<PushResult>> there, Func<string, Task> here, CancellationToken cancellationToken)
    {
        foreach (var name in await FhirPullChannel.OpenNamesAsync(store, message, cancellationToken))
        {
            var told = await there(name);
            if (told.End != PushOutcome.Done)
            {
                return Result(told);
            }

            await here(name);
        }

        return EffectResult.Done();
    }

    private static EffectResult Result(PushResult result) => result.End switch
    {
        PushOutcome.Done => EffectResult.Done(result.Detail),
        PushOutcome.Transient => EffectResult.Transient(result.Detail, result.RetryAfter),
        PushOutcome.Permanent => EffectResult.Permanent(result.Detail),
        _ => EffectResult.NeedsHuman(result.Detail),
    };
}
