namespace IntegrationHub.Functions.Figures;

/// <summary>One request, assessment or plan that is counted: in which counts, what the child is like, and how long it took.</summary>
/// <param name="Population">What it is.</param>
/// <param name="Counts">The counts that it is in, besides its population.</param>
/// <param name="Values">Its value of each dimension.</param>
/// <param name="Days">Days from the request to the plan; 0 where it is something else.</param>
internal sealed record FigureUnit(string Population, IReadOnlyList<string> Counts, IReadOnlyDictionary<string, string> Values, int Days = 0);
