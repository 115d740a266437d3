using Microsoft.DurableTask.Client;

namespace IntegrationHub.Durable.Tests;

/// <summary>Orchestrator and activities at work, with a client that reaches them.</summary>
internal interface IRunningTasks : IAsyncDisposable
{
    /// <summary>The client.</summary>
    DurableTaskClient Client { get; }
}
