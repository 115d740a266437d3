using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Fhir.Subjects;

/// <summary>The child that a request is about, and every name by which FHIR content may refer to that child.</summary>
public sealed record KnownChild
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The child.</summary>
    public required Child Child { get; init; }

    /// <summary>References that are known to mean the child, such as <c>Patient/123</c>: the hub's own, and another system's that was verified.</summary>
    public required IReadOnlySet<string> References { get; init; }

    /// <summary>Name of the request, where content answers one; null where it is not known yet.</summary>
    public string? RequestId { get; init; }
}

/// <summary>Whom content is about, compared with the child that it must be about.</summary>
/// <param name="Contradictions">Every place that names another person; empty when nothing does.</param>
/// <param name="IsNamed">Something in it names the child: a reference, the NHS number or another identifier, or name and date of birth together.</param>
public sealed record SubjectReading(IReadOnlyList<FhirProblem> Contradictions, bool IsNamed)
{
    /// <summary>It names the child, and nothing in it names another person.</summary>
    public bool IsThatChild => IsNamed && Contradictions.Count == 0;
}
