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

    public async ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellation) => (await host.Engine.SubmitAsync(delivery, null, cancellation)).Outcome!;

    public async ValueTask PutAsync(Delivery delivery, CancellationToken cancellation) => await host.Engine.PutAsync(delivery, cancellation);

    public async Task AdvanceToAsync(DateTimeOffset to, CancellationToken cancellation)
    {
        await SettleAsync(cancellation);
        while (await store.NextDueAsync(cancellation) is { } next && next <= to)
        {
            if (next > clock.GetUtcNow())
            {
                clock.SetUtcNow(next);
            }

            await SettleAsync(cancellation);
        }

        if (to > clock.GetUtcNow())
        {
            clock.SetUtcNow(to);
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task SettleAsync(CancellationToken cancellation)
    {
        while (await DueAsync(cancellation) is { } assessment)
        {
            await host.InstancePoker.PokeAsync(assessment, cancellation);
            var rest = await host.Rests.ReadAsync(cancellation).AsTask().WaitAsync(GivesUp, cancellation);
            if (rest.HasEnded)
            {
                await host.Client.WaitForInstanceCompletionAsync(assessment.Value, cancellation).WaitAsync(GivesUp, cancellation);
            }
        }
    }

    private async Task<AssessmentId?> DueAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await store.DueAsync(now, 1, cancellation) is [var waiting])
        {
            return waiting;
        }

        return await store.DueEffectsAsync(now, 1, cancellation) is [var effect] ? effect.Effect.Assessment : null;
    }
}
