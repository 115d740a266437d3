using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// What the hub must know about a council before it can send notices for that council. Each text is copied into notices word for word; a notice
/// with a right of appeal is not sent while a text that reg 32 requires is missing.
/// </summary>
public sealed record CouncilProfile
{
    /// <summary>The council.</summary>
    public required LocalAuthorityCode Code { get; init; }

    /// <summary>The council's name.</summary>
    public required string Name { get; init; }

    /// <summary>The council's officers for social services, who are notified under reg 4(2).</summary>
    public required Agency SocialCare { get; init; }

    /// <summary>The council's educational psychology service, which is asked for advice under reg 6(1)(d) unless another service is
    /// named.</summary>
    public Agency? EducationalPsychology { get; init; }

    /// <summary>The integrated care board for the council's area. Families can ask for an assessment online only if this integrated care
    /// board is set.</summary>
    public Agency? Icb { get; init; }

    /// <summary>Contact details of the mediation adviser, reg 32.</summary>
    public string? MediationAdviser { get; init; }

    /// <summary>Contact details of the person at the council whom a family tells if it wants mediation (reg 32).</summary>
    public string? MediationContact { get; init; }

    /// <summary>The disagreement resolution service, CFA 2014 s57.</summary>
    public string? DisagreementResolution { get; init; }

    /// <summary>The information, advice and support service, CFA 2014 s32.</summary>
    public string? InformationAndAdvice { get; init; }

    /// <summary>
    /// Contact for families with questions about a letter: team, telephone, e-mail. If null, letters give <see cref="MediationContact"/>.
    /// </summary>
    public string? Contact { get; init; }

    /// <summary>Lines of the council's postal address, for the letterhead.</summary>
    public IReadOnlyList<string>? PostalAddress { get; init; }

    /// <summary>Where families can find schools, nurseries and colleges (reg 13(1)); if null, letters name the national register.</summary>
    public string? SchoolsInformation { get; init; }

    /// <summary>
    /// Whether the ICB is also notified when a review keeps the plan or proposes amendments. The Regulations require notice only of a final,
    /// amended or ceased plan, so the default is no.
    /// </summary>
    public bool TellsIcbOfReviews { get; init; }

    /// <summary>The council's SEND lead, who is notified in the last step of the chase ladder.</summary>
    public string SendLead { get; init => field = value ?? "SEND lead"; } = "SEND lead";

    /// <summary>How this council counts the day of receipt; null means the hub's default.</summary>
    public CountingPractice? Counting { get; init; }

    /// <summary>
    /// The council's own chase ladder, in the form of <c>chase-ladder.json</c>. The ladders and branches given here replace the hub's own.
    /// Null means that only the hub's own ladders and branches are used.
    /// </summary>
    public JsonElement? ChaseLadder { get; init; }

    /// <summary>The council's own funding bands, used to record what a plan costs; empty if the council has none.</summary>
    public IReadOnlyList<FundingBand> Bands { get; init => field = value ?? []; } = [];

    /// <summary>
    /// What is wrong with the council's own entries, or null if nothing is. The names are used in letters to families, and the documents of a
    /// case are addressed to these bodies.
    /// </summary>
    internal string? Fault
    {
        get
        {
            (string Member, string? Text)[] lines =
            [
                ("name", Name), ("socialCare.name", SocialCare.Name), ("educationalPsychology.name", EducationalPsychology?.Name ?? "-"), ("icb.name", Icb?.Name ?? "-"), ("sendLead", SendLead),
            ];
            return lines.FirstOrDefault(line => string.IsNullOrWhiteSpace(line.Text) || line.Text.Any(char.IsControl)) is { Member: { } member } ? $"{member} must be a text in one line."
                : Icb is { Id.Scheme: not AgencyScheme.Ods } ? "icb.id must be the board's ODS code, for example ods:QHL."
                : Counting is { } counting && !Enum.IsDefined(counting) ? "counting must be afterTheDay or dayOne."
                : null;
        }
    }

    /// <summary>The names of required texts that are missing; empty if notices with a right of appeal can be sent.</summary>
    public IEnumerable<string> MissingForAppealableNotices()
    {
        if (string.IsNullOrWhiteSpace(MediationAdviser))
        {
            yield return "mediation adviser";
        }

        if (string.IsNullOrWhiteSpace(MediationContact))
        {
            yield return "the council's mediation contact";
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
