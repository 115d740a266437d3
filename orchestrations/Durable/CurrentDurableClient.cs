using Microsoft.DurableTask.Client;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// The Durable Task client of this process. Azure Functions provides the client only as a binding of a function and never as a service, so
/// each function that receives a client stores it here for the code that it calls. All Durable Task clients share one connection.
/// </summary>
public sealed class CurrentDurableClient
{
    private volatile DurableTaskClient? client;

    /// <summary>The client that a function stored last.</summary>
    /// <exception cref="InvalidOperationException">No function with a binding for the client has run yet.</exception>
    public DurableTaskClient Client => client ?? throw new InvalidOperationException("No function with a [DurableClient] binding has run in this process.");

    /// <summary>Stores a client that a function received.</summary>
    public void Use(DurableTaskClient bound) => client = bound;
}
