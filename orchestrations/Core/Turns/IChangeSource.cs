using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>A store that numbers its commits, so that it can list the assessments changed since a given commit.</summary>
public interface IChangeSource
{
    /// <summary>The assessments that have changed since a commit.</summary>
    /// <param name="after">Number of the commit; 0 for every assessment, the highest number there is for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<StoreChanges> ChangesAsync(long after, CancellationToken cancellationToken = default);
}

/// <summary>The changes in a store.</summary>
/// <param name="Changed">The assessments, each with the version that it has now, in no particular order.</param>
/// <param name="Last">Number of the newest commit, for the next call.</param>
public sealed record StoreChanges(IReadOnlyList<(AssessmentId Id, long Version)> Changed, long Last);
