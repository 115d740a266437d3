using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir;

/// <summary>One problem in the received content.</summary>
/// <param name="Path">A FHIRPath-like path to the problem, for instance <c>Task.statusReason</c>, or "" for the whole content.</param>
/// <param name="Reason">The problem in plain words. The text never repeats a value that may be personal.</param>
/// <param name="Code">The FHIR issue type.</param>
public sealed record FhirProblem(string Path, string Reason, OperationOutcome.IssueType Code)
{
    /// <summary>
    /// The HTTP status for this problem: 400 not readable, 413 too large, 415 unknown format, 422 readable but not acceptable.
    /// </summary>
    public int Status { get; init; } = 422;

    /// <summary>
    /// Id of the FHIR rule that found the problem (see <see cref="Rules.CheckedRules"/>), or the SDK's own error code, or null.
    /// </summary>
    public string? Rule { get; init; }
}

/// <summary>The value that was read, or the problems that prevented it. Reading never throws an exception.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed record FhirReading<T>
    where T : class
{
    /// <summary>The value, or null if <see cref="Problems"/> is not empty.</summary>
    public T? Value { get; private init; }

    /// <summary>All problems found; empty if there is a value.</summary>
    public IReadOnlyList<FhirProblem> Problems { get; private init; } = [];

    /// <summary>Creates the result for content that was read.</summary>
    public static FhirReading<T> Of(T value) => new() { Value = value };

    /// <summary>Creates the result for content with problems.</summary>
    public static FhirReading<T> Failed(params IReadOnlyList<FhirProblem> problems) => new() { Problems = problems };

    /// <summary>The value if there are no problems, otherwise the problems.</summary>
    public static FhirReading<T> Of(IReadOnlyList<FhirProblem> problems, Func<T> value) =>
        problems.Count == 0 ? Of(value()) : Failed(problems);
}
