namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A decision of the council.</summary>
/// <param name="Yes">To assess; to issue a plan.</param>
/// <param name="On">Day.</param>
/// <param name="Reasons">Reasons.</param>
public sealed record MadeDecision(bool Yes, DateOnly On, string Reasons);
