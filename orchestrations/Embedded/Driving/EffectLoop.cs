using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>Carries out effects as they fall due, several at once, until it is stopped.</summary>
internal sealed class EffectLoop(
    IAssessmentStore store,
    EffectRunner runner,
    TimeProvider time,
    EngineOptions options,
    WakeSignal wake,
    Action reported,
    Action<EngineFault> tell)
{
    private const string TheStore = "look for effects that are due";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> inHand = [];
    private readonly HashSet<string> doneSinceLook = [];
    private readonly Dictionary<string, int> perTarget = [];
    private readonly Backoff<string> failed = new(time);

    internal IReadOnlyList<EngineBackoff> BackoffAfter(int faults) => failed.After(faults, "record an attempt");

    /// <param name="stopping">Begin nothing new.</param>
    /// <param name="abandoning">Cancel what is being done.</param>
    internal async Task RunAsync(CancellationToken stopping, CancellationToken abandoning)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await BeginDueAsync(stopping, abandoning) == 0)
                {
                    await wake.WaitAsync(Pauses.For(await NextAsync(stopping), time, options), stopping);
                }

                failed.Succeeded(TheStore);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // The edge of the loop: a store that is away for a while must not end it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                tell(new EngineFault(TheStore, null, null, fault.GetType().Name, fault.StackTrace));
                failed.Failed(TheStore);
                await Pauses.UntilAsync(failed.Next(), time, stopping);
            }
        }

        Task[] last;
        lock (gate)
        {
            last = [.. inHand.Values];
        }

        await Task.WhenAll(last);
    }

    private async Task<int> BeginDueAsync(CancellationToken stopping, CancellationToken abandoning)
    {
        // An effect that ends between the query and the start below is on the list but no longer running: it must not be started again.
        lock (gate)
        {
            doneSinceLook.Clear();
        }

        // Effects for a target at its limit may be ahead of all others: look further until one can begin.
        for (var window = options.MaxEffects * 4; ; window *= 4)
        {
            var due = await store.DueEffectsAsync(time.GetUtcNow(), window, stopping);
            var begun = due.Count(pending => TryBegin(pending, abandoning));
            if (begun > 0 || due.Count < window || IsFull())
            {
                return begun;
            }
        }
    }

    private bool IsFull()
    {
        lock (gate)
        {
            return inHand.Count >= options.MaxEffects;
        }
    }

    private bool TryBegin(PendingEffect pending, CancellationToken cancellationToken)
    {
        var (id, target) = (pending.Effect.Id, Target(pending.Effect));
        lock (gate)
        {
            if (inHand.Count >= options.MaxEffects || inHand.ContainsKey(id) || doneSinceLook.Contains(id) || failed.Rests(id)
                || perTarget.GetValueOrDefault(target) >= options.MaxEffectsPerTarget)
            {
                return false;
            }

            perTarget[target] = perTarget.GetValueOrDefault(target) + 1;
            inHand[id] = Task.Run(() => RunAsync(pending, target, cancellationToken), CancellationToken.None);
            return true;
        }
    }

    private async Task RunAsync(PendingEffect pending, string target, CancellationToken cancellationToken)
    {
        var id = pending.Effect.Id;
        try
        {
            await runner.RunAsync(pending, cancellationToken);
            failed.Succeeded(id);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It stays due and is carried out after the next start.
        }
#pragma warning disable CA1031 // The edge of one effect. Handlers are guarded, so this is the store: the attempt was made and could not be recorded.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            tell(new EngineFault("record an attempt", pending.Effect.Assessment, id, fault.GetType().Name, fault.StackTrace));
            failed.Failed(id);
        }

        lock (gate)
        {
            inHand.Remove(id);
            doneSinceLook.Add(id);
            if (--perTarget[target] == 0)
            {
                perTarget.Remove(target);
            }
        }

        wake.Set();
        reported();
    }

    private async ValueTask<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        var next = await store.NextDueAsync(cancellationToken);
        return failed.Next() is { } again && (next is null || next <= time.GetUtcNow() || again < next) ? again : next;
    }

    /// <summary>Kind of effect and its recipient.</summary>
    private static string Target(OutboxEffect outbox)
    {
        AgencyId? agency = outbox.Effect switch
        {
            SendAdviceRequest e => e.Agency,
            SendReminder e => e.Agency,
            SendEscalation e => e.Agency,
            SendWithdrawal e => e.Agency,
            SendCorrection e => e.Agency,
            ReturnAdviceToAuthor e => e.Agency,
            _ => null,
        };
        return agency is { } known ? known.Value : outbox.Effect.GetType().Name;
    }
}
