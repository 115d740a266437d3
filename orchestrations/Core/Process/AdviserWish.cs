using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An adviser that the family asked for, reg 6(1)(h).</summary>
/// <param name="Id">Id chosen by the sender.</param>
/// <param name="Agency">The person or service.</param>
/// <param name="Reason">Why the family asks.</param>
/// <param name="Asked">True: is asked. False: was refused, with <paramref name="Answer"/>. Null while it has not been answered.</param>
/// <param name="Answer">The recorded reason.</param>
/// <param name="Reassessment">Number of the re-assessment in which it was asked; null in the first assessment.</param>
public sealed record AdviserWish(string Id, Agency Agency, string Reason, bool? Asked = null, string? Answer = null, int? Reassessment = null);
