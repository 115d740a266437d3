using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>
/// Allows only one turn at a time for each assessment. Without these gates, the store would accept one of several simultaneous turns, and
/// the others would have to be decided again; waiting saves that work.
/// </summary>
internal sealed class AssessmentGates
{
    private readonly Dictionary<AssessmentId, Gate> gates = [];

    /// <summary>Waits until no other turn of the assessment holds its gate. The result must be disposed of once the turn has been
    /// taken.</summary>
    internal async ValueTask<Pass> EnterAsync(AssessmentId id, CancellationToken cancellationToken)
    {
        Gate gate;
        Task? wait = null;
        lock (gates)
        {
            if (!gates.TryGetValue(id, out gate!))
            {
                gates[id] = gate = new Gate();
            }

            gate.Users++;
            if (gate.Users > 1)
            {
                wait = (gate.Turns ??= new SemaphoreSlim(0)).WaitAsync(cancellationToken);
            }
        }

        if (wait is not null)
        {
            try
            {
                await wait;
            }
            catch (OperationCanceledException)
            {
                // The turn that waited never held the gate, so there is nothing to release; only the count of turns that use the gate falls
                // by one.
                lock (gates)
                {
                    gate.GaveUp(gates, id);
                }

                throw;
            }
        }

        return new Pass(this, id, gate);
    }

    private void Leave(AssessmentId id, Gate gate)
    {
        lock (gates)
        {
            if (--gate.Users == 0)
            {
                gates.Remove(id);
            }
            else
            {
                gate.Turns!.Release();
            }
        }
    }

    internal sealed class Gate
    {
        internal int Users { get; set; }

        internal SemaphoreSlim? Turns { get; set; }

        internal void GaveUp(Dictionary<AssessmentId, Gate> gates, AssessmentId id)
        {
            Users--;
            if (Users == 0)
            {
                gates.Remove(id);
            }
        }
    }

    internal readonly struct Pass(AssessmentGates gates, AssessmentId id, Gate gate) : IDisposable
    {
        public void Dispose() => gates.Leave(id, gate);
    }
}
