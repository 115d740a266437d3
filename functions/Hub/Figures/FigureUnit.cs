namespace IntegrationHub.Functions.Figures;

/// <summary>
/// One request, assessment or plan that is counted, with the counts that include it, the child's characteristics, and how long the process
/// took.
/// </summary>
/// <param name="Population">The population that the unit belongs to, for example all requests.</param>
/// <param name="Counts">The counts that include the unit, in addition to its population.</param>
/// <param name="Values">The child's characteristics: the value in each dimension.</param>
/// <param name="Days">Days from the request to the plan; 0 if the unit is not a new plan.</param>
internal sealed record FigureUnit(string Population, IReadOnlyList<string> Counts, IReadOnlyDictionary<string, string> Values, int Days = 0);
