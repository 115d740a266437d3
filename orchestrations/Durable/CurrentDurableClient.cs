using Microsoft.DurableTask.Client;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// The Durable Task client of this process. Azure Functions hands it out as a binding of a function only, never as a service; each
/// function that receives it stores it here for the code that it calls. All of these clients share one connection.
/// </summary>
public sealed class CurrentDurableClient
{
    private volatile DurableTaskClient? client;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">No function with the binding has run yet.</exception>
    public DurableTaskClient Client => client ?? throw new InvalidOperationException("No function with a [DurableClient] binding has run in this process.");

    /// <summary>Stores the client.</summary>
    public void Use(DurableTaskClient bound) => client = bound;
}
