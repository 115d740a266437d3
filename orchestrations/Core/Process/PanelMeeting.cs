namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One meeting at which a panel considered the case.</summary>
/// <param name="On">The day of the meeting.</param>
/// <param name="Present">The people present, each with name and position.</param>
/// <param name="Advice">What the panel advised, or why it deferred the case; null if that was not recorded.</param>
/// <param name="By">The officer who recorded the meeting.</param>
public sealed record PanelMeeting(DateOnly On, IReadOnlyList<string> Present, string? Advice, string By);
