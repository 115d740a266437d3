using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// What the hub must know about a council before it may send notices for it. Each text is copied into notices word for word; a notice with
/// a right of appeal is not sent while one of the texts that reg 32 requires is missing.
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

    /// <summary>The integrated care board of the council's children. Where it is set, families can ask for an assessment on the web.</summary>
    public Agency? Icb { get; init; }

    /// <summary>Contact details of the mediation adviser, reg 32.</summary>
    public string? MediationAdviser { get; init; }

    /// <summary>Contact details of the person at the council whom the family tells that it wants mediation, reg 32.</summary>
    public string? MediationContact { get; init; }

    /// <summary>The disagreement resolution service, CFA 2014 s57.</summary>
    public string? DisagreementResolution { get; init; }

    /// <summary>The information, advice and support service, CFA 2014 s32.</summary>
    public string? InformationAndAdvice { get; init; }

    /// <summary>
    /// Contact for families with questions about a letter: team, telephone, e-mail. Where null, <see cref="MediationContact"/> is given.
    /// </summary>
    public string? Contact { get; init; }

    /// <summary>Lines of the council's postal address, for the head of letters.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>Where families find schools, nurseries and colleges (reg 13(1)); the national register where null.</summary>
    public string? SchoolsInformation { get; init; }

    /// <summary>
    /// Whether the ICB is also told when a review keeps the plan or proposes amendments. The Regulations require it to be told only of a
    /// final, amended or ceased plan, so it is not told of these unless the council sets this.
    /// </summary>
    public bool TellsIcbOfReviews { get; init; }

    /// <summary>The council's SEND lead, who is told in the last step of the chase ladder.</summary>
    public string SendLead { get; init => field = value ?? "SEND lead"; } = "SEND lead";

    /// <summary>How this council counts the day of receipt; null for the hub's default.</summary>
    public CountingPractice? Counting { get; init; }

    /// <summary>
    /// The council's own chase ladder, in the form of <c>chase-ladder.json</c>: the ladders and branches that it names replace the hub's.
    /// Null: only the hub's.
    /// </summary>
    public JsonElement? ChaseLadder { get; init; }

    /// <summary>The council's own bands, by which it records what a plan costs; empty where it has none.</summary>
    public IReadOnlyList<FundingBand> Bands { get; init => field = value ?? []; } = [];

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
