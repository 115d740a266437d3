namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>A store that signals each commit, so that nobody needs to ask repeatedly.</summary>
public interface ICommitSignal
{
    /// <summary>Raised after each commit, on the writer's thread; a listener must only set a signal.</summary>
    event Action? Committed;
}
