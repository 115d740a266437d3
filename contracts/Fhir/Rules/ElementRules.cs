using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>Invariants of data types, and the hub's own rules about identifiers and references.</summary>
internal static partial class ElementRules
{
    internal static readonly IReadOnlyList<CheckedRule> All =
    [
        CheckedRule.For<Extension>("ext-1", "An extension must have either a value or extensions of its own.",
            (Extension e) => e.Value is null == e.Extension.Count > 0),
        CheckedRule.For<Attachment>("att-1", "An attachment that contains data must state the content type.",
            (Attachment a) => a.Data is null || a.ContentType is not null, "contentType"),
        CheckedRule.For<Period>("per-1", "A period must not end before it starts.",
            (Period p) => FhirTimes.InOrder(p.Start, p.End), "end"),
        CheckedRule.For<Quantity>("qty-3", "A quantity with a unit code must name the code's system.",
            (Quantity q) => q.Code is null || q.System is not null, "system"),
        CheckedRule.For<ContactPoint>("cpt-2", "A contact point with a value must state the system.",
            (ContactPoint c) => c.Value is null || c.System is not null, "system"),
        CheckedRule.For<Identifier>("hub-nhs-number", "An NHS number must have ten digits, and the last must be the correct check digit (NHS Data Dictionary).",
            (Identifier i) => i.System != FhirUris.NhsNumber || i.Value is null || NhsNumber.TryParse(i.Value, out _, out _), "value")
            with { Code = OperationOutcome.IssueType.Value },
        CheckedRule.For<Identifier>("hub-ods-code", "An ODS code must have three to ten letters and digits.",
            (Identifier i) => i.System != FhirUris.OdsOrganization || i.Value is null || OdsCode.TryParse(i.Value, out _, out _), "value")
            with { Code = OperationOutcome.IssueType.Value },
        CheckedRule.For<ResourceReference>("hub-reference", "A reference must be Type/id, an http(s) address, urn:uuid, urn:oid, #id, or a search (Type?...) inside a transaction.",
            (ResourceReference r) => r.Reference is not { } text || IsReference(text), "reference")
            with { Code = OperationOutcome.IssueType.Value },
    ];

    private static bool IsReference(string text)
    {
        if (text.StartsWith('#') || text.StartsWith("urn:uuid:", StringComparison.Ordinal) || text.StartsWith("urn:oid:", StringComparison.Ordinal))
        {
            return text.Length <= 128;
        }

        if (text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out _);
        }

        var type = text.AsSpan(0, text.AsSpan().IndexOfAny('/', '?') is var end && end > 0 ? end : 0);
        return ModelInfo.IsKnownResource(type.ToString()) && (text[type.Length] == '?' || IdAndVersion().IsMatch(text.AsSpan(type.Length + 1)));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9\-.]{1,64}(/_history/[A-Za-z0-9\-.]{1,64})?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdAndVersion();
}
