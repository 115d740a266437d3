namespace IntegrationHub.Contracts.Api;

/// <summary>One meeting at which a panel considered the case.</summary>
/// <param name="On">The day.</param>
/// <param name="Present">Who was present, each by name and position.</param>
/// <param name="Advice">What the panel advised, or why it put the case off.</param>
/// <param name="By">The officer who recorded the meeting.</param>
public sealed record PanelMeeting(DateOnly On, IReadOnlyList<string> Present, string? Advice, string By);
