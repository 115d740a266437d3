using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An adviser for whom the family asked (reg 6(1)(h)).</summary>
/// <param name="Id">Id of the request, chosen by the sender.</param>
/// <param name="Agency">The person or service.</param>
/// <param name="Reason">Why the family asks for this adviser.</param>
/// <param name="Asked">True if the council agreed to ask the adviser; false if it refused, for the reason in <paramref name="Answer"/>; null if
/// it has not answered.</param>
/// <param name="Answer">The reason that the council recorded.</param>
/// <param name="Reassessment">The number of the re-assessment in which the family asked; null in the first assessment.</param>
public sealed record AdviserWish(string Id, Agency Agency, string Reason, bool? Asked = null, string? Answer = null, int? Reassessment = null);
