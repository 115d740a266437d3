using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>
/// Bodies whose own endpoint the hub calls. The hub keeps its own copy of the request too, compares the body's Task with it, and accepts
/// answers there as well.
/// </summary>
public sealed class FhirPushChannel(
    PushEndpoints endpoints, FhirPush push, FhirPublisher publisher, TaskFollower follower, IFhirResourceStore store, NoticeOptions hub) : IAgencyChannel
{
    /// <inheritdoc/>
    public Reach Reach => Reach.FhirPush;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellation)
    {
        if (endpoints.Of(message.Agency.Id) is not { } endpoint)
        {
            return EffectResult.NeedsHuman($"No FHIR endpoint is configured for {message.Agency.Id}.");
        }

        var ids = CallIds.Of(message.EffectId, message.CorrelationId ?? message.Assessment.Value);
        switch (message.Kind)
        {
            case AgencyMessageKind.Request:
                return await Ask(endpoint, message, RequestNames.Of(message.Assessment, message.Request.Id), ids, cancellation);
            case AgencyMessageKind.Return:
                return await Ask(endpoint, message, RequestNames.Again(message.Assessment, message.Request.Id, message.EffectId), ids, cancellation);
            case AgencyMessageKind.Withdrawal:
                var reason = message.Request.StatusReason ?? "The council no longer asks for this advice.";
                return await Each(message, name => Withdraw(endpoint, name, reason, ids, cancellation), name => publisher.Withdraw(name, reason, cancellation), cancellation);
            case AgencyMessageKind.Correction:
                return await Correct(endpoint, message, ids, cancellation);
            default:
                return await Each(message, name => push.Chase(endpoint, name, ids, cancellation), name => publisher.Publish(AskWriting.Of(message, name), cancellation), cancellation);
        }
    }

    private async ValueTask<EffectResult> Ask(PushEndpoint endpoint, AgencyMessage message, string name, CallIds ids, CancellationToken cancel)
    {
        var ask = AskWriting.Of(message, name);
        var place = FhirPush.PlaceOf(AskResources.TaskId(name));
        if (await store.Place(place, cancel) == 0)
        {
            await store.NotePlace(place, FhirPush.UnderWay, cancel);
        }

        await publisher.Publish(ask, cancel);

        // The body's server would resolve an address without a host against itself.
        var result = await push.Ask(endpoint, ask with { HubAddress = hub.BaseAddress ?? "" }, AskWriting.Authored(message), ids, cancel);
        if (result.End == PushEnd.Done)
        {
            await store.NotePlace(place, FhirPush.UnderWay + 1, cancel);
        }

        return Result(result);
    }

    // The hub's copy first, because the body can read it immediately even if the call fails.
    private async ValueTask<EffectResult> Correct(PushEndpoint endpoint, AgencyMessage message, CallIds ids, CancellationToken cancel)
    {
        var names = await FhirPullChannel.Names(store, message, cancel);
        foreach (var name in names)
        {
            await publisher.Correct(AskWriting.Of(message, name), cancel);
        }

        foreach (var name in names)
        {
            if (await push.Correct(endpoint, AskWriting.Of(message, name), message.NeedsChild, ids, cancel) is { End: not PushEnd.Done } trouble)
            {
                return Result(trouble);
            }
        }

        return EffectResult.Done();
    }

    // They may have answered since the last look: any answer is taken in, or passed to a person, before both Tasks are closed and nobody looks again.
    private async Task<PushResult> Withdraw(PushEndpoint endpoint, string name, string reason, CallIds ids, CancellationToken cancel)
    {
        if (await store.Read("Task", AskResources.TaskId(name), cancel) is { Deleted: false } ours)
        {
            await follower.Follow(endpoint, ours, cancel);
        }

        return await push.Withdraw(endpoint, name, reason, ids, cancel);
    }

    // The body's Task first: if it cannot be reached the attempt is repeated, and then the hub's Task must still be open to be found.
    private async ValueTask<EffectResult> Each(AgencyMessage message, Func<string, Task<PushResult>> there, Func<string, Task> here, CancellationToken cancel)
    {
        foreach (var name in await FhirPullChannel.OpenNames(store, message, cancel))
        {
            var told = await there(name);
            if (told.End != PushEnd.Done)
            {
                return Result(told);
            }

            await here(name);
        }

        return EffectResult.Done();
    }

    private static EffectResult Result(PushResult result) => result.End switch
    {
        PushEnd.Done => EffectResult.Done(result.Detail),
        PushEnd.Transient => EffectResult.Transient(result.Detail, result.RetryAfter),
        PushEnd.Permanent => EffectResult.Permanent(result.Detail),
        _ => EffectResult.NeedsHuman(result.Detail),
    };
}
