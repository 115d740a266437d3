using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>Carries out effects as they fall due, several at once, until the loop is stopped.</summary>
internal sealed class EffectLoop(
    IAssessmentStore store,
    EffectRunner runner,
    TimeProvider time,
    EngineOptions options,
    WakeSignal wake,
    Action reported,
    Action<EngineFault> tell)
{
    private const string TheStore = "finding effects that are due";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> inHand = [];
    private readonly HashSet<string> doneSinceLook = [];
    private readonly Dictionary<string, int> perTarget = [];
    private readonly Backoff<string> failed = new(time);

    internal IReadOnlyList<EngineBackoff> BackoffAfter(int faults) => failed.FailedAtLeast(faults, "recording an attempt");

    /// <param name="stopping">Signals that no new effect may begin.</param>
    /// <param name="abandoning">Signals that running effects must be cancelled.</param>
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
#pragma warning disable CA1031 // A store that is temporarily unavailable must not end the loop.
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
        // An effect that ends between the query for due effects and the start below is on the list but no longer running, and must not be
        // started again.
        lock (gate)
        {
            doneSinceLook.Clear();
        }

        // Effects for a target that already has its greatest number of running effects may come before all others, so the search continues
        // until an effect can begin.
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
            // The effect stays due and is carried out after the next start.
        }
#pragma warning disable CA1031 // Handlers are guarded, so this exception comes from the store: the attempt was made but could not be recorded.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            tell(new EngineFault("recording an attempt", pending.Effect.Assessment, id, fault.GetType().Name, fault.StackTrace));
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

    /// <summary>The kind of an effect together with its recipient.</summary>
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
