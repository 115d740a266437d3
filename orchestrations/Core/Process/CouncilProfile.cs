using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.StatutoryClock;

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

    /// <summary>The integrated care board of the council's children. Where it stands here, families can ask for an assessment on the web.</summary>
    public Agency? Icb { get; init; }

    /// <summary>Contact details of the mediation adviser, reg 32.</summary>
    public string? MediationAdviser { get; init; }

    /// <summary>Contact details of the council's person whom the family tells that it wants mediation, reg 32.</summary>
    public string? MediationContact { get; init; }

    /// <summary>The disagreement resolution service, CFA 2014 s57.</summary>
    public string? DisagreementResolution { get; init; }

    /// <summary>The information, advice and support service, CFA 2014 s32.</summary>
    public string? InformationAndAdvice { get; init; }

    /// <summary>Whom families ask about a letter: team, telephone, e-mail. Where null, <see cref="MediationContact"/> is given.</summary>
    public string? Contact { get; init; }

    /// <summary>Lines of the council's postal address, for the head of letters.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>Where families find schools, nurseries and colleges (reg 13(1)); the national register where null.</summary>
    public string? SchoolsInformation { get; init; }

    /// <summary>
    /// The ICB is told too when a review keeps the plan, or proposes amendments. The Regulations have it told of the final, the amended and the
    /// ceasing plan only, so it is not told of these unless the council says so.
    /// </summary>
    public bool TellsIcbOfReviews { get; init; }

    /// <summary>Whom the chase ladder tells last: the council's SEND lead.</summary>
    public string SendLead { get; init => field = value ?? "SEND lead"; } = "SEND lead";

    /// <summary>How this council counts the day of receipt; null: as the hub does.</summary>
    public CountingPractice? Counting { get; init; }

    /// <summary>
    /// The council's own chase ladder, in the form of <c>chase-ladder.json</c>: the ladders and branches that it names take the place of the
    /// hub's. Null: the hub's alone.
    /// </summary>
    public JsonElement? ChaseLadder { get; init; }

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
