using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Living;

/// <summary>An engine on a clock that the test moves, whatever drives it.</summary>
internal interface IDriven : IAsyncDisposable
{
    /// <summary>Puts a delivery in, decides it at once and answers with its outcome.</summary>
    ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Puts a delivery into the inbox, as from a queue.</summary>
    ValueTask PutAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Moves the clock from one due instant to the next up to <paramref name="to"/>, and sees to it that all that is due at each is done.</summary>
    Task AdvanceToAsync(DateTimeOffset to, CancellationToken cancellationToken);
}

/// <summary>The embedded engine, stepwise.</summary>
internal sealed class DrivenEmbedded(IAssessmentStore store, EmbeddedEngine engine, FakeTimeProvider clock) : IDriven
{
    public ValueTask<Outcome> SubmitAsync(Delivery delivery, CancellationToken cancellationToken) => engine.SubmitAsync(delivery, cancellationToken);

    public async ValueTask PutAsync(Delivery delivery, CancellationToken cancellationToken) => await store.PutAsync(delivery, cancellationToken);

    public Task AdvanceToAsync(DateTimeOffset to, CancellationToken cancellationToken) => engine.AdvanceToAsync(to, clock.SetUtcNow, cancellationToken);

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
