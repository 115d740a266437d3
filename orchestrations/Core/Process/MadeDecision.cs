namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A decision of the council.</summary>
/// <param name="Yes">Whether the council decided to assess, to issue a plan or to amend the plan.</param>
/// <param name="On">The day of the decision.</param>
/// <param name="Reasons">The reasons for the decision.</param>
public sealed record MadeDecision(bool Yes, DateOnly On, string Reasons);
