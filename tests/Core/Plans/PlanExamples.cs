using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Tests.Plans;

/// <summary>Good plans of invented children: what the checks must find nothing in.</summary>
internal static class PlanExamples
{
    internal static readonly AssessmentId Assessment = AssessmentId.For(Council("330"), "plan-examples");

    internal static readonly IReadOnlyList<OtherChild> OtherCases =
    [
        new("Marguerite", "Ashdown-Tull") { Identifiers = ["330-7K3M9Q2XH4TD"] },
        new("Oluwaseun", "Brightwater"),
    ];

    internal static PlanInput Draft() => new()
    {
        Assessment = Assessment,
        Child = new Child { GivenName = "Rowan", FamilyName = "Example-Hart", DateOfBirth = new DateOnly(2017, 5, 14), NhsNumber = Nhs("9434765919") },
        Kind = PlanKind.Draft,
        Version = 1,
        PreparedOn = new DateOnly(2026, 3, 2),
        PreparedBy = "Priya Officer",
        Sources = [Family(), School(), Paediatrician(), Psychologist(), SocialCare()],
    };

    internal static PlanInput Final() => Draft() with
    {
        Kind = PlanKind.Final,
        Version = 2,
        PreparedOn = new DateOnly(2026, 3, 30),
        Placement = new PlanPlacement { InstitutionName = "Hillside Example Primary", Institution = Agency("urn:100001"), Type = "mainstream primary school" },
        PersonalBudget = new PersonalBudget
        {
            Agreed = true,
            Form = PersonalBudgetForm.DirectPayment,
            AnnualAmountPounds = 1450m,
            Text = "It pays for the sensory bag and its upkeep.",
            On = new DateOnly(2026, 3, 20),
            By = "Priya Officer",
            Outcomes = ["adv-school/o1"],
        },
    };

    /// <summary>A young person of 18 in Year 13, whose social care provision of section H1 must stand in H2.</summary>
    internal static PlanInput YoungPerson() => Draft() with
    {
        Child = new Child { GivenName = "Sorrel", FamilyName = "Sample", DateOfBirth = new DateOnly(2008, 3, 2) },
        Sources = [Family(), School(), Paediatrician(), Psychologist(), SocialCare(), Adulthood()],
    };

    internal static PlanCheckContext Before(PlanStep step, PlanInput input) => new()
    {
        Step = step,
        IcbAgreed = true,
        YearNineOrBeyond = input.Sources.Any(s => s.Kind == AdviceKind.PreparationForAdulthood),
        Advice = [.. input.Sources.Select(s => new KnownAdvice(s.AdviceId, s.Kind, s.ReceivedOn))],
        DraftPreparedOn = step == PlanStep.BeforeFinal ? new DateOnly(2026, 3, 2) : null,
        OtherChildren = OtherCases,
    };

    internal static PlanSource Family() => Source("adv-family", AdviceKind.FamilyViews, "a", null, null, new AdviceContent
    {
        Author = "Alex Example-Hart",
        AuthorRole = "Parent",
        WrittenOn = new DateOnly(2026, 1, 19),
        Views =
        [
            new("v1", "I like drawing maps and telling people about trains. I want to walk to school with my cousin."),
            new("v2", "We would like Rowan to have friends, to be safe on the road and to enjoy going to school."),
        ],
    });

    internal static PlanSource School() => Source("adv-school", AdviceKind.Educational, "b", "urn:100001", "Hillside Example Primary", new AdviceContent
    {
        Author = "Dana Headteacher",
        AuthorRole = "Head teacher",
        WrittenOn = new DateOnly(2026, 1, 26),
        Needs = [new("n1", NeedArea.Education, "Rowan reads single words but loses the meaning of a paragraph; reading age is 24 months behind.")],
        Outcomes = [new("o1", "By the end of Year 4, Rowan reads a page of a chosen book aloud and retells it in three sentences.", ["n1"])],
        Provision =
        [
            new()
            {
                Id = "p1", Kind = ProvisionKind.Education, Text = "Direct teaching of reading comprehension in a programme of structured questions, one adult to one child.",
                Who = "Teaching assistant with a level 3 qualification, trained and supervised by the specialist teacher", HowOften = "Four times a week in term time", HowLong = "25 minutes", Outcomes = ["o1"],
            },
        ],
        Attachments = [new("att-1", "School report spring 2026.pdf", "application/pdf", 48_211, new string('a', 64))],
    });

    internal static PlanSource Paediatrician() => Source("adv-medical", AdviceKind.Medical, "c", "ods:RX1", "Example Community NHS Trust", new AdviceContent
    {
        Author = "Dr Imran Paediatrician",
        AuthorRole = "Consultant community paediatrician",
        WrittenOn = new DateOnly(2026, 1, 30),
        Needs = [new("n1", NeedArea.Health, "Rowan has developmental coordination disorder: writing by hand tires the arm after five minutes.")],
        Outcomes = [new("o1", "Within twelve months Rowan writes or types for 20 minutes without pain.", ["n1"])],
        Provision =
        [
            new()
            {
                Id = "p1", Kind = ProvisionKind.Health, Text = "Occupational therapy for hand function, with a home programme reviewed at each session.",
                Who = "Registered occupational therapist", HowOften = "Once a fortnight for 40 weeks", HowLong = "45 minutes", Outcomes = ["o1"],
            },
        ],
    });

    internal static PlanSource Psychologist() => Source("adv-psychology", AdviceKind.Psychological, "d", "la:330/educational-psychology", "Example Council Educational Psychology", new AdviceContent
    {
        Author = "Noor Psychologist",
        AuthorRole = "Educational psychologist",
        WrittenOn = new DateOnly(2026, 2, 3),
        Needs = [new("n1", NeedArea.Education, "Rowan becomes distressed at changes that nobody announced, and leaves the room.")],
        Outcomes = [new("o1", "By July 2027 Rowan stays with the class through four of five announced changes a week, as the class log shows.", ["n1"])],
        Provision =
        [
            new()
            {
                Id = "p1", Kind = ProvisionKind.Education, Text = "A visual timetable, gone through with Rowan before registration, with each change of the day shown on it.",
                Who = "Class teacher", HowOften = "Every school day", HowLong = "10 minutes", Outcomes = ["o1"],
            },
        ],
    });

    internal static PlanSource SocialCare() => Source("adv-care", AdviceKind.SocialCare, "e", "la:330/social-care", "Example Council Social Care", new AdviceContent
    {
        Author = "Jo Socialworker",
        AuthorRole = "Social worker, disabled children's team",
        WrittenOn = new DateOnly(2026, 1, 28),
        Needs = [new("n1", NeedArea.SocialCare, "Rowan spends no time with other children outside school.")],
        Outcomes = [new("o1", "By March 2027 Rowan goes to one club of choice in each of 30 weeks.", ["n1"])],
        Provision =
        [
            new()
            {
                Id = "p1", Kind = ProvisionKind.SocialCareSection2, Text = "A place at the inclusive Saturday club, with a support worker for Rowan alone.",
                Who = "Support worker with first aid training", HowOften = "Weekly, 40 weeks a year", HowLong = "3 hours", Outcomes = ["o1"],
            },
            new()
            {
                Id = "p2", Kind = ProvisionKind.SocialCareOther, Text = "Short breaks at home while the parents rest.",
                Who = "Personal assistant", HowOften = "Twice a month", HowLong = "4 hours", Outcomes = ["o1"],
            },
        ],
    });

    internal static PlanSource Adulthood() => Source("adv-adulthood", AdviceKind.PreparationForAdulthood, "g", "ukprn:10001234", "Example College", new AdviceContent
    {
        Author = "Lee Adviser",
        AuthorRole = "Transition adviser",
        WrittenOn = new DateOnly(2026, 2, 6),
        Needs = [new("n1", NeedArea.Education, "Sorrel has not yet travelled alone.")],
        Outcomes = [new("o1", "By July 2026 Sorrel travels by bus to college alone on five days in a row.", ["n1"])],
        Provision =
        [
            new()
            {
                Id = "p1", Kind = ProvisionKind.Education, Text = "Travel training on the route from home to college.",
                Who = "Accredited travel trainer", HowOften = "Twice a week for 12 weeks", HowLong = "90 minutes", Outcomes = ["o1"], PreparesForAdulthood = true,
            },
        ],
    });

    internal static PlanEdit Edit(string id, string? line, PlanEditCause cause) => new()
    {
        EditId = id,
        LineId = line,
        Reason = "Asked for at the meeting.",
        By = "Priya Officer",
        On = new DateOnly(2026, 3, 10),
        Cause = cause,
    };

    internal static PlanSource Source(string id, AdviceKind kind, string letter, string? agency, string? name, AdviceContent content) => new()
    {
        AdviceId = id,
        RequestId = agency is null ? null : "req-" + id,
        Kind = kind,
        LegalBasis = $"SEND Regs 2014 reg 6(1)({letter})",
        Agency = agency is null ? null : Agency(agency),
        AgencyName = name,
        ReceivedOn = content.WrittenOn.AddDays(2),
        Content = content,
    };

    internal static AgencyId Agency(string text) => AgencyId.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem, nameof(text));

    private static NhsNumber Nhs(string text) => NhsNumber.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem, nameof(text));

    private static LocalAuthorityCode Council(string text) => LocalAuthorityCode.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem, nameof(text));
}
