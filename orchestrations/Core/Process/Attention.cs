namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Something that an officer must look at.</summary>
/// <param name="Id">Unique within the assessment.</param>
/// <param name="Text">What must be done, without personal data.</param>
/// <param name="Since">Day it arose.</param>
public sealed record Attention(string Id, string Text, DateOnly Since);
