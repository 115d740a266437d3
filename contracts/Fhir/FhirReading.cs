using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir;

/// <summary>One thing that is wrong with what was received.</summary>
/// <param name="Path">Where: a FHIRPath-like path, for instance <c>Task.statusReason</c>; "" for the whole.</param>
/// <param name="Reason">What, in plain words. Never repeats a value that may be personal.</param>
/// <param name="Code">The FHIR issue type.</param>
public sealed record FhirProblem(string Path, string Reason, OperationOutcome.IssueType Code)
{
    /// <summary>The HTTP status this problem deserves: 400 not readable, 413 too large, 415 unknown form, 422 readable but not acceptable.</summary>
    public int Status { get; init; } = 422;

    /// <summary>Id of the held rule that found it (see <see cref="Rules.HeldRules"/>), or the SDK's own error code, or null.</summary>
    public string? Rule { get; init; }
}

/// <summary>What was read, or why it could not be. Reading never throws.</summary>
/// <typeparam name="T">What is read.</typeparam>
public sealed record FhirReading<T>
    where T : class
{
    /// <summary>The value; null exactly when <see cref="Problems"/> is not empty.</summary>
    public T? Value { get; private init; }

    /// <summary>All problems found; empty when there is a value.</summary>
    public IReadOnlyList<FhirProblem> Problems { get; private init; } = [];

    /// <summary>Read.</summary>
    public static FhirReading<T> Of(T value) => new() { Value = value };

    /// <summary>Not readable.</summary>
    public static FhirReading<T> Failed(params IReadOnlyList<FhirProblem> problems) => new() { Problems = problems };

    /// <summary>The value where nothing was wrong, otherwise the problems.</summary>
    public static FhirReading<T> Of(IReadOnlyList<FhirProblem> problems, Func<T> value) =>
        problems.Count == 0 ? Of(value()) : Failed(problems);
}
