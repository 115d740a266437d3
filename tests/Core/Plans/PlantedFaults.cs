using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;
using Letter = IntegrationHub.Contracts.Plans.PlanSectionLetter;

namespace IntegrationHub.Tests.Plans;

/// <summary>One fault planted in a good plan, and the finding that must name it.</summary>
internal sealed record PlantedFault(
    string Name, PlanStep Step, Func<PlanDocument, PlanDocument> Plant, string Code, Letter? Section, FindingSeverity Severity)
{
    /// <summary>What else is different around the plan.</summary>
    internal Func<PlanCheckContext, PlanCheckContext> Around { get; init; } = context => context;

    /// <summary>The good plan is that of a young person of 18 instead of a child.</summary>
    internal bool OfYoungPerson { get; init; }

    public override string ToString() => Name;
}

/// <summary>The seeded list. Each stands for something that real plans were criticised or overturned for.</summary>
internal static class PlantedFaults
{
    private const FindingSeverity Stops = FindingSeverity.Blocking;
    private const FindingSeverity Warns = FindingSeverity.Warning;

    internal static readonly IReadOnlyList<PlantedFault> All = [.. Links(), .. Provision(), .. Vague(), .. Stage(), .. Others(), .. Advice(), .. Form()];

    private static IEnumerable<PlantedFault> Links() =>
    [
        Draft("need of B without any outcome", p => Drop(p, Letter.E, "adv-school/o1"), Codes.NeedWithoutOutcome, Letter.B, Warns),
        Draft("need of B without provision", p => Drop(p, Letter.F, "adv-school/p1"), Codes.NeedWithoutProvision, Letter.B, Stops),
        Draft("second need of B without provision", p => Drop(p, Letter.F, "adv-psychology/p1"), Codes.NeedWithoutProvision, Letter.B, Stops),
        Draft("need of C without provision", p => Drop(p, Letter.G, "adv-medical/p1"), Codes.NeedWithoutProvision, Letter.C, Warns),
        Draft("need of D without an outcome", p => Drop(p, Letter.E, "adv-care/o1"), Codes.NeedWithoutOutcome, Letter.D, Warns),
        Draft("need of D without provision", p => Drop(Drop(p, Letter.H1, "adv-care/p1"), Letter.H2, "adv-care/p2"), Codes.NeedWithoutProvision, Letter.D, Warns),
        Draft("outcome for no need", p => Change(p, Letter.E, "adv-school/o1", l => l with { Answers = [] }), Codes.OutcomeWithoutNeed, Letter.E, Warns),
        Draft("outcome that nothing serves", p => Drop(p, Letter.F, "adv-school/p1"), Codes.OutcomeWithoutProvision, Letter.E, Warns),
        Draft("provision of F for no outcome", p => Change(p, Letter.F, "adv-school/p1", l => l with { Answers = [] }), Codes.ProvisionWithoutOutcome, Letter.F, Warns),
        Draft("provision of G for no outcome", p => Change(p, Letter.G, "adv-medical/p1", l => l with { Answers = [] }), Codes.ProvisionWithoutOutcome, Letter.G, Warns),
        Draft("provision of H2 for no outcome", p => Change(p, Letter.H2, "adv-care/p2", l => l with { Answers = [] }), Codes.ProvisionWithoutOutcome, Letter.H2, Warns),
        Draft("link to a line that is not there", p => Change(p, Letter.E, "adv-school/o1", l => l with { Answers = ["adv-school/n9"] }), Codes.LinkBroken, Letter.E, Stops),
        Draft("provision linked to a need, not to an outcome", p => Change(p, Letter.F, "adv-school/p1", l => l with { Answers = ["adv-school/n1"] }), Codes.LinkBroken, Letter.F, Stops),
    ];

    private static IEnumerable<PlantedFault> Provision() =>
    [
        Draft("F without who", p => Change(p, Letter.F, "adv-school/p1", l => l with { Who = null }), Codes.WhoMissing, Letter.F, Stops),
        Draft("F without how often", p => Change(p, Letter.F, "adv-school/p1", l => l with { HowOften = null }), Codes.HowOftenMissing, Letter.F, Stops),
        Draft("F without how long", p => Change(p, Letter.F, "adv-psychology/p1", l => l with { HowLong = " " }), Codes.HowLongMissing, Letter.F, Stops),
        Draft("F with a frequency that measures nothing", p => Change(p, Letter.F, "adv-school/p1", l => l with { HowOften = "On agreed days" }), Codes.NotQuantified, Letter.F, Warns),
        Draft("F with a length that measures nothing", p => Change(p, Letter.F, "adv-school/p1", l => l with { HowLong = "A short session" }), Codes.NotQuantified, Letter.F, Warns),
        Final("F without who, in a final", p => Change(p, Letter.F, "adv-psychology/p1", l => l with { Who = "" }), Codes.WhoMissing, Letter.F, Stops),
    ];

    private static IEnumerable<PlantedFault> Vague() =>
    [
        .. new (string Words, Letter Section, string Line)[]
        {
            ("Access to a quiet room.", Letter.F, "adv-school/p1"),
            ("Regular reading support.", Letter.F, "adv-school/p1"),
            ("Regularly reviewed strategies.", Letter.F, "adv-psychology/p1"),
            ("Help as required.", Letter.F, "adv-psychology/p1"),
            ("Adult support as and when needed.", Letter.F, "adv-school/p1"),
            ("Opportunities for paired work.", Letter.F, "adv-school/p1"),
            ("The opportunity to rest.", Letter.F, "adv-psychology/p1"),
            ("Rowan would benefit from movement breaks.", Letter.F, "adv-psychology/p1"),
            ("Up to ten hours of adult help.", Letter.F, "adv-school/p1"),
            ("Small group work where possible.", Letter.F, "adv-school/p1"),
            ("A range of strategies.", Letter.F, "adv-psychology/p1"),
            ("Therapy where appropriate.", Letter.G, "adv-medical/p1"),
            ("Input from a therapist.", Letter.G, "adv-medical/p1"),
            ("A befriender, subject to funding.", Letter.H1, "adv-care/p1"),
            ("Breaks to be agreed.", Letter.H2, "adv-care/p2"),
        }.Select(v => Draft($"vague: {v.Words}", p => Change(p, v.Section, v.Line, l => l with { Text = v.Words }), Codes.VagueWords, v.Section, Warns)),
        Draft("vague in how often", p => Change(p, Letter.F, "adv-school/p1", l => l with { HowOften = "Twice a week, as\n necessary" }), Codes.VagueWords, Letter.F, Warns),
        Draft("vague in who", p => Change(p, Letter.F, "adv-school/p1", l => l with { Who = "Appropriate staff" }), Codes.VagueWords, Letter.F, Warns),
    ];

    private static IEnumerable<PlantedFault> Stage() =>
    [
        Final("G that the board did not agree, in a final", p => p, Codes.IcbNotAgreed, Letter.G, Stops) with { Around = c => c with { IcbAgreed = false } },
        Draft("G that the board did not agree yet, in a draft", p => p, Codes.IcbNotAgreed, Letter.G, Warns) with { Around = c => c with { IcbAgreed = false } },
        Draft("institution in a draft", p => AddTo(p, Letter.I, Line("placement", "Hillside Example Primary")), Codes.PlacementInDraft, Letter.I, Stops),
        Draft("type of institution in a draft", p => AddTo(p, Letter.I, Line("placement", "Type of institution: special school")), Codes.PlacementInDraft, Letter.I, Stops),
        Final("no placement in a final", p => Empty(p, Letter.I), Codes.PlacementMissing, Letter.I, Stops),
        Final("no views", p => Empty(p, Letter.A), Codes.SectionEmpty, Letter.A, Warns),
        Draft("no special educational needs", p => Empty(p, Letter.B), Codes.SectionEmpty, Letter.B, Stops),
        Draft("no outcomes", p => Empty(p, Letter.E), Codes.SectionEmpty, Letter.E, Stops),
        Draft("no special educational provision", p => Empty(p, Letter.F), Codes.SectionEmpty, Letter.F, Stops),
        Young("an adult's provision in H1", p => AddTo(p, Letter.H1, Line("h1", "A place at a club on 40 Saturdays.")), Codes.AdultInH1, Letter.H1, Stops),
        Young("nothing prepares for adulthood", WithoutAdulthood, Codes.AdulthoodMissing, Letter.F, Warns),
        Young("nothing prepares for adulthood, in a final", WithoutAdulthood, Codes.AdulthoodMissing, Letter.F, Stops) with { Step = PlanStep.BeforeFinal },
    ];

    private static IEnumerable<PlantedFault> Others() =>
    [
        Draft("another child's full name", p => Say(p, Letter.B, "adv-school/n1", "Marguerite Ashdown-Tull reads single words."), Codes.OtherChild, Letter.B, Stops),
        Draft("another child's name, family name first", p => Say(p, Letter.A, "adv-family/v1", "ASHDOWN-TULL, Marguerite likes maps."), Codes.OtherChild, Letter.A, Stops),
        Draft("another child's name over a line break", p => Say(p, Letter.F, "adv-school/p1", "Direct teaching, as\nOluwaseun\r\n Brightwater has it."), Codes.OtherChild, Letter.F, Stops),
        Draft("another child's case reference", p => Say(p, Letter.E, "adv-school/o1", "See 330-7K3M9Q2XH4TD."), Codes.OtherChild, Letter.E, Stops),
        Draft("another child's given name", p => Say(p, Letter.D, "adv-care/n1", "Oluwaseun spends no time with others."), Codes.OtherChildPerhaps, Letter.D, Warns),
        Draft("another child's name in who", p => Change(p, Letter.G, "adv-medical/p1", l => l with { Who = "Therapist of Oluwaseun Brightwater" }), Codes.OtherChild, Letter.G, Stops),
        Draft("another child's name in a file name", p => Change(p, Letter.K, "adv-school/document-" + new string('a', 64), l => l with { Attachment = l.Attachment! with { FileName = "Oluwaseun Brightwater report.pdf" } }), Codes.OtherChild, Letter.K, Stops),
        Draft("another child's NHS number", p => Say(p, Letter.C, "adv-medical/n1", "NHS no. 943 476 5870: tires easily."), Codes.OtherIdentifier, Letter.C, Stops),
        Draft("another child's pupil number", p => Say(p, Letter.B, "adv-school/n1", "Pupil H801200001001 reads words."), Codes.OtherIdentifier, Letter.B, Stops),
        Draft("another child's NHS number with narrow spaces", p => Say(p, Letter.C, "adv-medical/n1", "NHS no. 943\u2009476\u00A05870: tires easily."), Codes.OtherIdentifier, Letter.C, Stops),
        Draft("another child's name in advice", p => p, Codes.AdviceNamesOther, Letter.K, Stops) with { Around = c => c with { SentWithDraft = [new("adv-school", ["Seen with", "Oluwaseun Brightwater"])] } },
        Draft("another child's NHS number in advice", p => p, Codes.AdviceNamesOther, Letter.K, Stops) with { Around = c => c with { SentWithDraft = [new("adv-medical", ["NHS no. 943 476 5870"])] } },
    ];

    private static IEnumerable<PlantedFault> Advice() =>
    [
        Draft("psychological advice still awaited", p => p, Codes.AdviceOutstanding, Letter.K, Stops) with { Around = c => c with { Advice = [.. c.Advice, new("req-x", AdviceKind.Psychological, null)] } },
        Draft("other advice still awaited", p => p, Codes.AdviceOutstanding, Letter.K, Warns) with { Around = c => c with { Advice = [.. c.Advice, new("req-y", AdviceKind.Other, null)] } },
        Draft("advice obtained and not listed", p => p, Codes.AdviceNotInK, Letter.K, Stops) with { Around = c => c with { Advice = [.. c.Advice, new("adv-z", AdviceKind.Other, new DateOnly(2026, 2, 1))] } },
        Draft("a line that rests on advice not listed", p => Drop(p, Letter.K, "adv-medical"), Codes.AdviceNotInK, Letter.C, Stops),
        Draft("a document nobody read in", p => AddTo(p, Letter.K, Line("adv-scan", "Other advice") with { From = OfAdvice("adv-scan", new DateOnly(2026, 2, 1)) }), Codes.AdviceNotReadIn, Letter.K, Stops),
        Draft("advice that came after the draft", p => Change(p, Letter.K, "adv-care", l => l with { From = l.From with { ReceivedOn = new DateOnly(2026, 3, 3) } }), Codes.AdviceAfterDraft, Letter.K, Stops),
        Final("advice between the draft and the final", p => Change(p, Letter.K, "adv-care", l => l with { From = l.From with { ReceivedOn = new DateOnly(2026, 3, 20) } }), Codes.AdviceAfterDraft, Letter.K, Stops),
        Draft("advice received before it was written", p => Change(p, Letter.K, "adv-care", l => l with { From = l.From with { ReceivedOn = new DateOnly(2026, 1, 1) } }), Codes.AdviceDateWrong, Letter.K, Warns),
        Draft("advice without the day it came", p => Change(p, Letter.K, "adv-care", l => l with { From = l.From with { ReceivedOn = null } }), Codes.AdviceDateWrong, Letter.K, Warns),
    ];

    private static IEnumerable<PlantedFault> Form() =>
    [
        Draft("a section is missing", p => p with { Sections = [.. p.Sections.Where(s => s.Letter != Letter.D)] }, Codes.SectionsIncomplete, null, Stops),
        Draft("sections out of order", p => p with { Sections = [.. p.Sections.Reverse()] }, Codes.SectionsIncomplete, null, Stops),
        Draft("a line twice", p => AddTo(p, Letter.B, p.Section(Letter.B).Lines[0]), Codes.DuplicateLine, Letter.B, Stops),
        Draft("a line without words", p => Say(p, Letter.C, "adv-medical/n1", " "), Codes.EmptyText, Letter.C, Stops),
        Draft("a line without author", p => Change(p, Letter.B, "adv-school/n1", l => l with { From = l.From with { Author = "" } }), Codes.NoProvenance, Letter.B, Stops),
        Draft("a line without source", p => Change(p, Letter.F, "adv-school/p1", l => l with { From = l.From with { Source = " " } }), Codes.NoProvenance, Letter.F, Stops),
        Draft("a line without date", p => Change(p, Letter.E, "adv-school/o1", l => l with { From = l.From with { WrittenOn = default } }), Codes.NoProvenance, Letter.E, Stops),
    ];

    private static PlantedFault Draft(string name, Func<PlanDocument, PlanDocument> plant, string code, Letter? section, FindingSeverity severity) =>
        new(name, PlanStep.BeforeDraft, plant, code, section, severity);

    private static PlantedFault Final(string name, Func<PlanDocument, PlanDocument> plant, string code, Letter? section, FindingSeverity severity) =>
        new(name, PlanStep.BeforeFinal, plant, code, section, severity);

    private static PlantedFault Young(string name, Func<PlanDocument, PlanDocument> plant, string code, Letter? section, FindingSeverity severity) =>
        new(name, PlanStep.BeforeDraft, plant, code, section, severity) { OfYoungPerson = true };

    private static PlanDocument WithoutAdulthood(PlanDocument plan) => Change(plan, Letter.F, "adv-adulthood/p1", l => l with { PreparesForAdulthood = false });

    private static PlanDocument Say(PlanDocument plan, Letter letter, string id, string text) => Change(plan, letter, id, l => l with { Text = text });

    private static PlanDocument Change(PlanDocument plan, Letter letter, string id, Func<PlanLine, PlanLine> change)
    {
        Assert.Contains(plan.Section(letter).Lines, l => l.Id == id);
        return With(plan, letter, lines => lines.Select(l => l.Id == id ? change(l) : l));
    }

    private static PlanDocument Drop(PlanDocument plan, Letter letter, string id)
    {
        Assert.Contains(plan.Section(letter).Lines, l => l.Id == id);
        return With(plan, letter, lines => lines.Where(l => l.Id != id));
    }

    private static PlanDocument AddTo(PlanDocument plan, Letter letter, PlanLine line) => With(plan, letter, lines => lines.Append(line));

    private static PlanDocument Empty(PlanDocument plan, Letter letter) => With(plan, letter, _ => []);

    private static PlanDocument With(PlanDocument plan, Letter letter, Func<IReadOnlyList<PlanLine>, IEnumerable<PlanLine>> lines) =>
        plan with { Sections = [.. plan.Sections.Select(s => s.Letter == letter ? s with { Lines = [.. lines(s.Lines)] } : s)] };

    private static PlanLine Line(string id, string text) => new()
    {
        Id = id,
        Text = text,
        From = new LineProvenance { Source = id, Author = "Priya Officer", AuthorRole = "Case officer of the council", WrittenOn = new DateOnly(2026, 3, 1) },
    };

    private static LineProvenance OfAdvice(string id, DateOnly on) =>
        new() { Source = id, Kind = AdviceKind.Other, Author = "Sam Therapist", AuthorRole = "Therapist", WrittenOn = on, ReceivedOn = on };
}
