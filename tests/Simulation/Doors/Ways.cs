using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Nhs.Exchange;

namespace IntegrationHub.Simulation.Doors;

/// <summary>For tests that plant a bug: what stands in the ways through the doors.</summary>
internal sealed record Ways
{
    /// <summary>Between the bus and its receiver.</summary>
    internal Func<IBusReceiver, IBusReceiver> Bus { get; init; } = receiver => receiver;

    /// <summary>Between the FHIR endpoint and the cases.</summary>
    internal Func<INhsExchange, INhsExchange> Fhir { get; init; } = exchange => exchange;

    /// <summary>Between every door and the cases.</summary>
    internal Func<TakeInput, TakeInput> Take { get; init; } = take => take;

    /// <summary>Between a browser and the pages.</summary>
    internal Func<RuleInput, Func<RuleInput, Task<Answered>>, Task<Answered>> Web { get; init; } = (asked, ask) => ask(asked);
}
