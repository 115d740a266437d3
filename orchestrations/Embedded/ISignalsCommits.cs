namespace IntegrationHub.Orchestrations.Embedded;

/// <summary>A store that tells when something was committed, so that nobody needs to ask again and again.</summary>
public interface ISignalsCommits
{
    /// <summary>After each commit, on the writer's thread: whoever listens only sets a signal.</summary>
    event Action? Committed;
}
