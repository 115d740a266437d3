namespace IntegrationHub.Functions.Monitoring.Actions;

/// <summary>The text that an operator typed into the form of an action. The text is shown again if the form is refused.</summary>
/// <param name="Reason">The reason that the operator gave.</param>
/// <param name="Day">Day of the month.</param>
/// <param name="Month">Month.</param>
/// <param name="Year">Year.</param>
public sealed record TypedInput(string Reason, string Day, string Month, string Year);
