using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The move of a family whose plan must be transferred to another council (reg 15(2)).</summary>
/// <param name="Council">The council of the area that the family moves to.</param>
/// <param name="On">The day of the move.</param>
/// <param name="AwareOn">The day on which the council became aware of the move.</param>
public sealed record PlanMove(LocalAuthorityCode Council, DateOnly On, DateOnly AwareOn);
