using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;

namespace IntegrationHub.Local.Demo;

/// <summary>An observer of the demonstration, such as a test.</summary>
/// <param name="Sent">Receives what the demonstration sends by post.</param>
/// <param name="AfterDay">Called with the hub and its clock after each day's work.</param>
internal sealed record DemoWatch(ConcurrentQueue<NoticeMessage> Sent, Func<WebApplication, VirtualClock, Task> AfterDay)
{
    /// <summary>The family and agencies that use the hub's pages, or null if they use the API and the bus.</summary>
    internal DemoVisitors? Visitors { get; init; }
}

/// <summary>The family and agencies of a demonstration that use the hub's pages through the links sent to them, without a token.</summary>
/// <param name="Contributors">The agencies that are reached by e-mail, each with the address of its contributor.</param>
/// <param name="AskAsync">Makes the family's request for an assessment, and returns the new case.</param>
/// <param name="Partners">The family and agencies, with what each does day by day.</param>
internal sealed record DemoVisitors(
    IReadOnlyDictionary<AgencyId, string> Contributors,
    Func<WebApplication, Task<AssessmentId>> AskAsync,
    IReadOnlyList<IDemoPartner> Partners);
