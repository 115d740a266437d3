using System.Collections.Concurrent;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Living;

/// <summary>The other side of every effect. It outlives the hub's process and drops repeats by id, as the real ones do.</summary>
internal sealed class Outside(Func<OutboxEffect, int, EffectResult>? answer = null) : IEffectHandler
{
    private readonly ConcurrentDictionary<string, int> calls = [];

    /// <summary>Ids in the order in which they first happened.</summary>
    internal ConcurrentQueue<OutboxEffect> Happened { get; } = [];

    /// <summary>Ids in the order of all calls.</summary>
    internal ConcurrentQueue<string> Calls { get; } = [];

    public bool Handles(Effect effect) => true;

    public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue(effect.Id);
        var call = calls.AddOrUpdate(effect.Id, 1, (_, before) => before + 1);
        var result = answer?.Invoke(effect, call) ?? EffectResult.Done("reference-" + effect.Id);
        if (result.Fault == EffectFault.None && Happened.All(h => h.Id != effect.Id))
        {
            Happened.Enqueue(effect);
        }

        return new(result);
    }
}
