using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>Rewords the findings of the SDK's strict reading without quoting values, because values may be personal.</summary>
internal static partial class SdkFindings
{
    // The SDK's own name for a resource without a type.
    private const string Unnamed = "UnnamedResource_$this";

    internal static FhirProblem Of(CodedException finding, string root)
    {
        var extended = finding as ExtendedCodedException;
        root = root == Unnamed ? "Resource" : root;
        var reason = Quoted().Replace((extended?.BaseErrorMessage ?? "the resource is not valid.").Replace("$this", root, StringComparison.Ordinal), Keep);

        // Text that cannot be read as FHIR is a bad request (400); FHIR with a wrong value is unprocessable (422).
        var malformed = finding.ErrorCode.StartsWith("JSON", StringComparison.Ordinal) || finding.ErrorCode.StartsWith("XML", StringComparison.Ordinal)
            || finding.ErrorCode == "PVAL130";
        return new FhirProblem(Path(extended?.InstancePath?.Replace(Unnamed, "$this", StringComparison.Ordinal), root), reason, extended?.IssueType ?? OperationOutcome.IssueType.Invalid)
        {
            Status = malformed ? 400 : 422,
            Rule = finding.ErrorCode,
        };
    }

    // The SDK writes "$this" for the root, and an unknown element's own name as the last step. A path of more than 200
    // characters is cut.
    private static string Path(string? path, string root)
    {
        if (path is null or "$this")
        {
            return root;
        }

        var full = path.StartsWith("$this.", StringComparison.Ordinal) ? $"{root}{path[5..]}" : path;
        return full.Length > 200 ? full[..200] : full;
    }

    // Names of elements, types and value sets are left in the text. Any other quoted text came from the sender.
    private static string Keep(Match quoted)
    {
        var word = quoted.Groups[1].Value;
        var isName = word == "resourceType" || ModelInfo.IsKnownResource(word) || ModelInfo.IsDataType(word) || ModelInfo.IsPrimitive(word)
            || quoted.Result("$`").EndsWith("lement ", StringComparison.Ordinal) || quoted.Result("$`").EndsWith("valueset ", StringComparison.Ordinal)
            || quoted.Result("$`").EndsWith("expected ", StringComparison.Ordinal) || quoted.Result("$`").EndsWith("Property ", StringComparison.Ordinal);
        return isName && word.Length <= 80 ? quoted.Value : "(as sent)";
    }

    [GeneratedRegex("'([^']*)'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
