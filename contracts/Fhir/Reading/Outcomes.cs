using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>Makes OperationOutcomes, which state each problem, its path, its rule and NHS England's code for the HTTP status.</summary>
public static class Outcomes
{
    private const string SdkCodes = "http://firely.com/CodeSystem/ErrorMessages";

    /// <summary>One OperationOutcome that lists all <paramref name="problems"/>.</summary>
    /// <param name="problems">The problems; at least one.</param>
    public static OperationOutcome Of(params IReadOnlyList<FhirProblem> problems) => new()
    {
        Meta = new Meta { Profile = [FhirUris.UkCoreOperationOutcome] },
        Issue = [.. problems.Select(Issue)],
    };

    /// <summary>
    /// The HTTP status with which <paramref name="problems"/> are reported: 415, 413 or 400 if a problem has one of these (in this order),
    /// otherwise the status of the first problem.
    /// </summary>
    public static int Status(IReadOnlyList<FhirProblem> problems)
    {
        foreach (var grave in (ReadOnlySpan<int>)[415, 413, 400])
        {
            if (problems.Any(problem => problem.Status == grave))
            {
                return grave;
            }
        }

        return problems.Count == 0 ? 500 : problems[0].Status;
    }

    /// <summary>The OperationOutcome that reports success.</summary>
    public static OperationOutcome AllOk(string text) => new()
    {
        Issue = [new() { Severity = OperationOutcome.IssueSeverity.Information, Code = OperationOutcome.IssueType.Informational, Diagnostics = text }],
    };

    /// <summary>
    /// NHS England's code for an HTTP status, as used by a receiver (REC_). BaRS has no codes for 410, 412, 413 and 415, so these use the
    /// code of the nearest status.
    /// </summary>
    public static string NhsCode(int status) => status switch
    {
        401 => "REC_UNAUTHORIZED",
        403 => "REC_FORBIDDEN",
        404 or 410 => "REC_NOT_FOUND",
        405 => "REC_METHOD_NOT_ALLOWED",
        406 => "REC_NOT_ACCEPTABLE",
        409 or 412 => "REC_CONFLICT",
        422 => "REC_UNPROCESSABLE_ENTITY",
        429 => "REC_TOO_MANY_REQUESTS",
        501 => "REC_NOT_IMPLEMENTED",
        >= 500 => "REC_SERVER_ERROR",
        _ => "REC_BAD_REQUEST",
    };

    private static OperationOutcome.IssueComponent Issue(FhirProblem problem)
    {
        var details = new CodeableConcept(FhirUris.NhsHttpErrorCodes, NhsCode(problem.Status));
        if (problem.Rule is { } rule)
        {
            details.Coding.Add(new Coding(rule.StartsWith("PVAL", StringComparison.Ordinal) || rule.StartsWith("JSON1", StringComparison.Ordinal) || rule.StartsWith("XML1", StringComparison.Ordinal) ? SdkCodes : FhirUris.CheckedRuleCodes, rule));
        }

        return new OperationOutcome.IssueComponent
        {
            Severity = OperationOutcome.IssueSeverity.Error,
            Code = problem.Code,
            Details = details,
            Diagnostics = problem.Reason,
            Expression = problem.Path.Length > 0 ? [problem.Path] : [],
        };
    }
}
