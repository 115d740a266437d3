using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// What the hub must know of a council before it may send notices for it. Each text enters notices word for word; an appealable
/// notice is not sent while one of those that reg 32 requires is missing.
/// </summary>
public sealed record CouncilProfile
{
    /// <summary>The council.</summary>
    public required LocalAuthorityCode Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The council's officers for social services, told under reg 4(2).</summary>
    public required Agency SocialCare { get; init; }

    /// <summary>The council's educational psychology service, asked under reg 6(1)(d) unless another is named.</summary>
    public Agency? EducationalPsychology { get; init; }

    /// <summary>Contact details of the mediation adviser, reg 32.</summary>
    public string? MediationAdviser { get; init; }

    /// <summary>Contact details of the council's person whom the family tells that it wants mediation, reg 32.</summary>
    public string? MediationContact { get; init; }

    /// <summary>The disagreement resolution service, CFA 2014 s57.</summary>
    public string? DisagreementResolution { get; init; }

    /// <summary>The information, advice and support service, CFA 2014 s32.</summary>
    public string? InformationAndAdvice { get; init; }

    /// <summary>Whom the chase ladder tells last: the council's SEND lead.</summary>
    public string SendLead { get; init => field = value ?? "SEND lead"; } = "SEND lead";

    /// <summary>The required texts that are missing, by name; empty when appealable notices may be sent.</summary>
    public IEnumerable<string> MissingForAppealableNotices()
    {
        if (string.IsNullOrWhiteSpace(MediationAdviser))
        {
            yield return "mediation adviser";
        }

        if (string.IsNullOrWhiteSpace(MediationContact))
        {
            yield return "mediation contact of the council";
        }

        if (string.IsNullOrWhiteSpace(DisagreementResolution))
        {
            yield return "disagreement resolution service";
        }

        if (string.IsNullOrWhiteSpace(InformationAndAdvice))
        {
            yield return "information, advice and support service";
        }
    }
}
