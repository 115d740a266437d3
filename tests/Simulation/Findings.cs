using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Reporting;

namespace IntegrationHub.Simulation;

/// <summary>What was found and counted, by many at the same time.</summary>
internal sealed class Findings(Verdict verdict, Tally tally)
{
    private readonly Lock gate = new();

    /// <summary>Adds what was found; nothing where nothing was looked at.</summary>
    internal void Add(Verdict? found)
    {
        if (found is not null)
        {
            lock (gate)
            {
                verdict.Add(found);
            }
        }
    }

    /// <summary>Adds what was found in a case that is over, and counts it.</summary>
    internal void Add(Verdict found, CaseFile file, Retelling story)
    {
        lock (gate)
        {
            verdict.Add(found);
            tally.Add(file, story);
        }
    }
}
