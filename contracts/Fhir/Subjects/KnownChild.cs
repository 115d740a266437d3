using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Fhir.Subjects;

/// <summary>The child that a request is about, with all references and names by which FHIR content can refer to the child.</summary>
public sealed record KnownChild
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The child.</summary>
    public required Child Child { get; init; }

    /// <summary>
    /// References known to mean the child, such as <c>Patient/123</c>: the hub's own references and verified references of other systems.
    /// </summary>
    public required IReadOnlySet<string> References { get; init; }

    /// <summary>Address of the FHIR endpoint from which the content comes, usually the hub's own, or empty if it is not known. An address
    /// below it means the same as the reference that is relative to it.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Whether a relative reference that is not in <see cref="References"/> refers to another person. It does not if the references
    /// in the content are those of a system that the hub does not know.</summary>
    public bool HasAllReferences { get; init; } = true;

    /// <summary>Id of the request that the content answers, or null if not known yet.</summary>
    public string? RequestId { get; init; }
}

/// <summary>The result of comparing the person whom content is about with the child whom it must be about.</summary>
/// <param name="Contradictions">All elements of the content that name another person; empty if there are none.</param>
/// <param name="IsNamed">Whether the content names the child by a reference, the NHS number or another identifier, or by name and date of
/// birth together.</param>
public sealed record SubjectReading(IReadOnlyList<FhirProblem> Contradictions, bool IsNamed)
{
    /// <summary>Whether the content names the child and no other person.</summary>
    public bool IsSameChild => IsNamed && Contradictions.Count == 0;
}
