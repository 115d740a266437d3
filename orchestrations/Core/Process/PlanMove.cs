using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The move of a family whose plan must be handed on (reg 15(2)).</summary>
/// <param name="Council">The council of the area that they move to.</param>
/// <param name="On">Day of the move.</param>
/// <param name="AwareOn">Day on which the council became aware of it.</param>
public sealed record PlanMove(LocalAuthorityCode Council, DateOnly On, DateOnly AwareOn);
