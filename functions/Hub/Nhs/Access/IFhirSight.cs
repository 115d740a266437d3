using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>What a caller may know of one assessment, which is the same over FHIR as through every other interface of the hub.</summary>
/// <param name="Exists">Whether the caller may know that there is an assessment.</param>
/// <param name="ShowsChild">Whether the caller may know the child, the school and the family's documents.</param>
/// <param name="Child">The child's present details; null where <paramref name="ShowsChild"/> is false.</param>
public sealed record FhirSight(bool Exists, bool ShowsChild, Child? Child)
{
    /// <summary>To this caller there is no such assessment.</summary>
    public static FhirSight None { get; } = new(false, false, null);

    /// <summary>What was asked, without the child.</summary>
    public static FhirSight WithoutChild { get; } = new(true, false, null);
}

/// <summary>Says what a caller may know of an assessment. Connected to the assessments in one place.</summary>
public interface IFhirSight
{
    /// <summary>What <paramref name="caller"/> may know of <paramref name="assessment"/> at this moment.</summary>
    ValueTask<FhirSight> OfAsync(FhirCaller caller, AssessmentId assessment, CancellationToken cancellationToken);
}
