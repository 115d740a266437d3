using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>A store that numbers its commits, so that it can list the assessments changed since a given commit.</summary>
public interface IChangeSource
{
    /// <summary>The assessments that have changed since a commit.</summary>
    /// <param name="after">The number of the commit: 0 returns every assessment, and the highest possible number returns none.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<StoreChanges> ChangesAsync(long after, CancellationToken cancellationToken = default);
}

/// <summary>The assessments in a store that have changed since a given commit.</summary>
/// <param name="Changed">The changed assessments, each with its current version, in no particular order.</param>
/// <param name="Last">The number of the newest commit, to be given in the next call.</param>
public sealed record StoreChanges(IReadOnlyList<(AssessmentId Id, long Version)> Changed, long Last);
