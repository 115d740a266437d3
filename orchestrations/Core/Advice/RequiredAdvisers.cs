using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Advice;

/// <summary>The facts that decide who must give advice on a child.</summary>
public sealed record ChildSituation
{
    /// <summary>Kind of setting that the child attends.</summary>
    public required SettingKind SettingKind { get; init; }

    /// <summary>The setting that the child attends.</summary>
    public Agency? Setting { get; init; }

    /// <summary>Hearing or visual impairment.</summary>
    public SensoryImpairment SensoryImpairment { get; init; }

    /// <summary>Whether the child is in or beyond Year 9.</summary>
    public required bool InOrBeyondYear9 { get; init; }

    /// <summary>The responsible commissioning body.</summary>
    public required Agency Icb { get; init; }

    /// <summary>The council's social services.</summary>
    public required Agency SocialCare { get; init; }

    /// <summary>The council's educational psychology service.</summary>
    public Agency? EducationalPsychology { get; init; }

    /// <summary>Advisers named for this child, who take precedence over the defaults.</summary>
    public IReadOnlyList<NamedAdviser> Advisers { get; init => field = value ?? []; } = [];
}

/// <summary>One kind of advice that must be sought.</summary>
public sealed record RequiredAdvice
{
    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The paragraph that requires the advice.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>A description of who gives the advice.</summary>
    public required string From { get; init; }

    /// <summary>The agency that is asked, or null if the family is asked or no agency has been named yet (see
    /// <see cref="MissingAdviser"/>).</summary>
    public Agency? Agency { get; init; }

    /// <summary>Whom the adviser must first consult under reg 6(2).</summary>
    public string? AfterConsultationWith { get; init; }

    /// <summary>Whether the adviser has not been chosen yet.</summary>
    public bool MissingAdviser => Kind != AdviceKind.FamilyViews && Agency is null;
}

/// <summary>Who must be asked for advice on a child: SEND Regs 2014 reg 6(1).</summary>
public static class RequiredAdvisers
{
    /// <summary>All advice that must be sought, in the order of paragraphs (a) to (g). Advice under paragraphs (f) and (h) is added by
    /// separate decisions.</summary>
    public static IReadOnlyList<RequiredAdvice> On(ChildSituation child)
    {
        var required = new List<RequiredAdvice>(6)
        {
            new() { Kind = AdviceKind.FamilyViews, LegalBasis = "reg 6(1)(a)", From = "the child's parent or the young person" },
            Educational(child),
            new()
            {
                Kind = AdviceKind.Medical,
                LegalBasis = "reg 6(1)(c)",
                From = "a health care professional identified by the responsible commissioning body",
                // If no provider has been named yet, the integrated care board itself is asked, because it must identify the health
                // professional.
                Agency = Named(child, AdviceKind.Medical) ?? child.Icb,
            },
            new()
            {
                Kind = AdviceKind.Psychological,
                LegalBasis = "reg 6(1)(d)",
                From = "an educational psychologist",
                Agency = Named(child, AdviceKind.Psychological) ?? child.EducationalPsychology,
            },
            new()
            {
                Kind = AdviceKind.SocialCare,
                LegalBasis = "reg 6(1)(e)",
                From = "the council's social care",
                Agency = Named(child, AdviceKind.SocialCare) ?? child.SocialCare,
            },
        };
        if (child.InOrBeyondYear9)
        {
            required.Add(new RequiredAdvice
            {
                Kind = AdviceKind.PreparationForAdulthood,
                LegalBasis = "reg 6(1)(g)",
                From = "any person suitable to advise on preparation for adulthood and independent living",
                Agency = Named(child, AdviceKind.PreparationForAdulthood) ?? child.Setting,
            });
        }

        return required;
    }

    /// <summary>The duty under which an agency answers one kind of advice.</summary>
    /// <param name="kind">Kind of advice.</param>
    /// <param name="agency">The agency, or null for the family.</param>
    /// <param name="council">The council that asks for the advice.</param>
    public static AnswerDuty DutyOf(AdviceKind kind, AgencyId? agency, LocalAuthorityCode council) => agency switch
    {
        null or { Scheme: AgencyScheme.Person } => AnswerDuty.Invited,
        // NHS bodies and other councils are bodies that can be asked under CFA 2014 s31; schools and colleges are local partners, s28.
        { Scheme: AgencyScheme.Ods } => AnswerDuty.Section31Body,
        { Scheme: AgencyScheme.La } own when own.Code.StartsWith(council.Value, StringComparison.Ordinal) => AnswerDuty.OwnService,
        { Scheme: AgencyScheme.La } => AnswerDuty.Section31Body,
        _ => AnswerDuty.LocalPartner,
    };

    /// <summary>The teacher who must be consulted under reg 6(2), or null if the child has no hearing or visual impairment.</summary>
    public static string? SpecialistTeacher(SensoryImpairment impairment) => impairment switch
    {
        SensoryImpairment.None => null,
        SensoryImpairment.Hearing => "a person qualified to teach pupils with hearing impairment",
        SensoryImpairment.Visual => "a person qualified to teach pupils with visual impairment",
        _ => "a person qualified to teach pupils with multi-sensory impairment",
    };

    private static RequiredAdvice Educational(ChildSituation child)
    {
        var named = Named(child, AdviceKind.Educational);
        var (basis, from) = child.SettingKind switch
        {
            SettingKind.None => ("reg 6(1)(b)(iii)", "the person responsible for the child's education"),
            _ when named is not null && named.Id != child.Setting?.Id
                => ("reg 6(1)(b)(ii)", "a person with experience of teaching children with special educational needs, in place of the head"),
            SettingKind.School => ("reg 6(1)(b)(i)", "the head of the school"),
            SettingKind.Post16Institution => ("reg 6(1)(b)(i)", "the principal of the institution"),
            _ => ("reg 6(1)(b)(i)", "the manager of the early years provider"),
        };
        return new RequiredAdvice
        {
            Kind = AdviceKind.Educational,
            LegalBasis = basis,
            From = from,
            Agency = named ?? child.Setting,
            AfterConsultationWith = SpecialistTeacher(child.SensoryImpairment),
        };
    }

    private static Agency? Named(ChildSituation child, AdviceKind kind) => child.Advisers.FirstOrDefault(a => a.Kind == kind)?.Agency;
}
