using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;

namespace IntegrationHub.Local.Demo;

/// <summary>Somebody who watches the demonstration.</summary>
/// <param name="Sent">Receives what the demonstration sends by post.</param>
/// <param name="AfterDay">Called with the hub and its clock when a day's work is done.</param>
internal sealed record DemoWatch(ConcurrentQueue<NoticeMessage> Sent, Func<WebApplication, VirtualClock, Task> AfterDay)
{
    /// <summary>The family and agencies that use the hub's pages; null where they use the API and the bus.</summary>
    internal DemoVisitors? Visitors { get; init; }
}

/// <summary>The family and agencies of a demonstration that use the hub's pages, from the links that they are sent and with no token.</summary>
/// <param name="Contributors">The agencies that are reached by e-mail, each with its contributor's address.</param>
/// <param name="AskAsync">The family asks for an assessment; answers the case that it opened.</param>
/// <param name="Partners">What each does day by day.</param>
internal sealed record DemoVisitors(
    IReadOnlyDictionary<AgencyId, string> Contributors,
    Func<WebApplication, Task<AssessmentId>> AskAsync,
    IReadOnlyList<IDemoPartner> Partners);
