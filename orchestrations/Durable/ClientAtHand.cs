using Microsoft.DurableTask.Client;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// The Durable Task client of this process. Azure Functions hands it out as a binding of a function only, never as a service; each
/// function that takes it puts it here for those who are called deeper down. They are all the same connection.
/// </summary>
public sealed class ClientAtHand
{
    private volatile DurableTaskClient? client;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">No function with the binding has run yet.</exception>
    public DurableTaskClient Client => client ?? throw new InvalidOperationException("No function with a [DurableClient] binding has run in this process.");

    /// <summary>Puts it at hand.</summary>
    public void Use(DurableTaskClient bound) => client = bound;
}
