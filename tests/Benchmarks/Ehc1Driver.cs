using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>What drives the cases of EHC-1.</summary>
/// <param name="SubmitAsync">Puts a delivery in and decides it.</param>
/// <param name="AdvanceToAsync">Moves the clock from one due instant to the next, and sees to it that all that is due at each is done.</param>
internal sealed record Ehc1Driver(Func<Delivery, Task> SubmitAsync, Func<DateTimeOffset, Action<DateTimeOffset>, Task> AdvanceToAsync)
{
    /// <summary>The embedded engine.</summary>
    internal static Ehc1Driver Of(EmbeddedEngine engine) => new(
        async delivery => await engine.SubmitAsync(delivery), (to, setClock) => engine.AdvanceToAsync(to, setClock));
}
