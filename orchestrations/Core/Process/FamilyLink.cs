namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A link with which the family sees where its assessment stands.</summary>
/// <param name="Id">Unique within the assessment.</param>
/// <param name="IssuedOn">Day it was issued.</param>
/// <param name="ExpiresOn">Last day on which it opens.</param>
/// <param name="Revoked">It no longer opens.</param>
/// <param name="Person">Whose it is, of several people of the family; null: the first contact's.</param>
public sealed record FamilyLink(string Id, DateOnly IssuedOn, DateOnly ExpiresOn, bool Revoked, string? Person = null);
