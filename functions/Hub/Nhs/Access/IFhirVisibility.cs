using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>What a caller may know about one assessment. The rule is the same for FHIR and every other interface of the hub.</summary>
/// <param name="Exists">Whether the caller may know that the assessment exists.</param>
/// <param name="ShowsChild">Whether the caller may see the details of the child, the school and the family's documents.</param>
/// <param name="Child">The child's present details, or null if <paramref name="ShowsChild"/> is false.</param>
public sealed record FhirVisibility(bool Exists, bool ShowsChild, Child? Child)
{
    /// <summary>The caller must not learn that the assessment exists.</summary>
    public static FhirVisibility None { get; } = new(false, false, null);

    /// <summary>The caller may see the request, but not the child.</summary>
    public static FhirVisibility WithoutChild { get; } = new(true, false, null);
}

/// <summary>Decides what a caller may know about an assessment. A single class connects this interface to the assessments.</summary>
public interface IFhirVisibility
{
    /// <summary>What a caller may currently know about an assessment.</summary>
    ValueTask<FhirVisibility> OfAsync(FhirCaller caller, AssessmentId assessment, CancellationToken cancellationToken);

    /// <summary>
    /// The child's present details, with the UPN, which no Patient resource has; null if there is no such assessment. The details are only
    /// compared with what a caller sends, and never shown, so the access log has no entry.
    /// </summary>
    ValueTask<Child?> ChildAsync(AssessmentId assessment, CancellationToken cancellationToken);
}
