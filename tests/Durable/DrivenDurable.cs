using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Durable.Tests;

/// <summary>Durable Task on a clock that the test moves: where a timer would have fired, it pokes.</summary>
internal sealed class DrivenDurable(IAssessmentStore store, DurableHost host, FakeTimeProvider clock) : IDriven
{
    /// <summary>No measure of anything: an instance that never answers fails its test instead of keeping it for ever.</summary>
    private static readonly TimeSpan GivesUp = TimeSpan.FromMinutes(1);

    public async ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellationToken) => (await host.Engine.SubmitAsync(delivery, null, cancellationToken)).Outcome!;

    public async ValueTask PutAsync(Delivery delivery, CancellationToken cancellationToken) => await host.Engine.PutAsync(delivery, cancellationToken);

    public async Task AdvanceToAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        while (await store.NextDueAsync(cancellationToken) is { } next && next <= to)
        {
            if (next > clock.GetUtcNow())
            {
                clock.SetUtcNow(next);
            }

            await SettleAsync(cancellationToken);
        }

        if (to > clock.GetUtcNow())
        {
            clock.SetUtcNow(to);
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (await DueAsync(cancellationToken) is { } assessment)
        {
            await host.InstancePoker.WakeAsync(assessment, cancellationToken);
            var rest = await host.Rests.ReadAsync(cancellationToken).AsTask().WaitAsync(GivesUp, cancellationToken);
            if (rest.HasEnded)
            {
                await host.Client.WaitForInstanceCompletionAsync(assessment.Value, cancellationToken).WaitAsync(GivesUp, cancellationToken);
            }
        }
    }

    private async Task<AssessmentId?> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await store.DueAsync(now, 1, cancellationToken) is [var waiting])
        {
            return waiting;
        }

        return await store.DueEffectsAsync(now, 1, cancellationToken) is [var effect] ? effect.Effect.Assessment : null;
    }
}
