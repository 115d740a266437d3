namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A link to the family's page.</summary>
/// <param name="Id">Unique within the assessment.</param>
/// <param name="IssuedOn">Day it was issued.</param>
/// <param name="ExpiresOn">Last day on which it opens.</param>
/// <param name="Revoked">It no longer opens.</param>
/// <param name="Person">Whose it is, if the family has several people; null means the first contact's.</param>
public sealed record FamilyLink(string Id, DateOnly IssuedOn, DateOnly ExpiresOn, bool Revoked, string? Person = null);
