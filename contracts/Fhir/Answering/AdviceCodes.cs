using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>One of the hub's own values and the FHIR code for it.</summary>
internal sealed record CodeEntry<T>(T Value, string Code, string Display)
    where T : struct, Enum
{
    internal Coding Coding => new(FhirUris.AdviceSectionCodes, Code, Display);
}

/// <summary>
/// Codes for the part of the plan to which a line of advice belongs; a questionnaire and a Composition use the same codes.
/// </summary>
internal static class AdviceCodes
{
    internal const string Views = "views";
    internal const string Outcomes = "outcomes";

    internal static readonly IReadOnlyList<CodeEntry<NeedArea>> NeedAreas =
    [
        new(NeedArea.Education, "needs-education", "Special educational need"),
        new(NeedArea.Health, "needs-health", "Health need"),
        new(NeedArea.SocialCare, "needs-social-care", "Social care need"),
    ];

    internal static readonly IReadOnlyList<CodeEntry<ProvisionKind>> ProvisionKinds =
    [
        new(ProvisionKind.Education, "provision-education", "Special educational provision"),
        new(ProvisionKind.Health, "provision-health", "Health provision"),
        new(ProvisionKind.SocialCareSection2, "provision-social-care-section-2", "Social care provision under section 2 of the Chronically Sick and Disabled Persons Act 1970"),
        new(ProvisionKind.SocialCareOther, "provision-social-care-other", "Other social care provision"),
    ];

    /// <summary>All codes in this code system.</summary>
    internal static IEnumerable<string> All => [Views, Outcomes, .. NeedAreas.Select(entry => entry.Code), .. ProvisionKinds.Select(entry => entry.Code)];

    /// <summary>The meaning of one of the hub's own codes; null for any other code.</summary>
    internal static string? Display(string? code) => code switch
    {
        Views => "Views, interests and aspirations",
        Outcomes => "Outcomes",
        _ => NeedAreas.FirstOrDefault(entry => entry.Code == code)?.Display ?? ProvisionKinds.FirstOrDefault(entry => entry.Code == code)?.Display,
    };

    internal static T? Value<T>(IReadOnlyList<CodeEntry<T>> codes, string? code)
        where T : struct, Enum => codes.FirstOrDefault(entry => entry.Code == code)?.Value;

    internal static Coding Of<T>(IReadOnlyList<CodeEntry<T>> codes, T value)
        where T : struct, Enum => codes.First(entry => entry.Value.Equals(value)).Coding;
}
