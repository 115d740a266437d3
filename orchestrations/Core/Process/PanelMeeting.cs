namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One meeting at which a panel considered the case.</summary>
/// <param name="On">The day.</param>
/// <param name="Present">Who was present, each by name and position.</param>
/// <param name="Advice">What the panel advised, or why it put the case off; null where that was not recorded.</param>
/// <param name="By">Who recorded it.</param>
public sealed record PanelMeeting(DateOnly On, IReadOnlyList<string> Present, string? Advice, string By);
