namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A link to the family's page.</summary>
/// <param name="Id">The id of the link, unique within the assessment.</param>
/// <param name="IssuedOn">The day on which the link was issued.</param>
/// <param name="ExpiresOn">The last day on which the link works.</param>
/// <param name="Revoked">Whether the link was revoked and no longer works.</param>
/// <param name="Person">The family member to whom the link belongs; null means the first contact.</param>
public sealed record FamilyLink(string Id, DateOnly IssuedOn, DateOnly ExpiresOn, bool Revoked, string? Person = null);
