using System.Collections.Frozen;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Schemas of identifiers, for the API document. Check digits are verified when an identifier is read; a pattern cannot express them.
/// </summary>
internal static class IdentifierSchemas
{
    private static readonly FrozenDictionary<Type, (string Pattern, string Description)> All = new Dictionary<Type, (string, string)>
    {
        [typeof(AssessmentId)] = ("^[2-9][0-9]{2}-[0-9A-HJKMNP-TV-Z]{12}$", "An assessment, for instance 330-7K3M9Q2XH4TD."),
        [typeof(LocalAuthorityCode)] = ("^[2-9][0-9]{2}$", "A council, by the code of the Department for Education."),
        [typeof(AgencyId)] = ("^(ods:[A-Z0-9]{3,10}|urn:[1-9][0-9]{5}|ukprn:1[0-9]{7}|(la|person):[2-9][0-9]{2}/[a-z0-9-]{1,40})$", "An agency, with the register in which it is listed."),
        [typeof(NhsNumber)] = ("^[0-9]{10}$", "NHS number; the last digit is a check digit."),
        [typeof(Upn)] = ("^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$", "Unique pupil number; the first letter is a check letter."),
        [typeof(Uln)] = ("^[0-9]{10}$", "Unique learner number."),
        [typeof(Urn)] = ("^[1-9][0-9]{5}$", "Unique reference number of a school or other establishment."),
        [typeof(Ukprn)] = ("^1[0-9]{7}$", "UK provider reference number."),
        [typeof(OdsCode)] = ("^[A-Z0-9]{3,10}$", "Code of an NHS organisation."),
    }.ToFrozenDictionary();

    internal static (string Pattern, string Description)? Of(Type type) => All.TryGetValue(type, out var schema) ? schema : null;
}
