namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A matter that an officer must deal with.</summary>
/// <param name="Id">An id, unique within the assessment.</param>
/// <param name="Text">What the officer must do, without personal data.</param>
/// <param name="Since">The day on which the matter arose.</param>
public sealed record Attention(string Id, string Text, DateOnly Since);
