using CsCheck;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Tests.Plans;

/// <summary>Random cases: any number of advices, ids used twice, links to nothing, lines without words, edits that fit and edits that do not.</summary>
internal static class PlanGenerators
{
    private static readonly Gen<string> LineId = Pick("1", "2", "3", "n1", "o1", "p1");
    private static readonly Gen<string> Words = Gen.OneOf(Gen.Const(" "), Gen.String[Gen.Char.AlphaNumeric, 1, 60], Pick("<b>bold</b> & \"quoted\"", "Naïve – “dash” 😀", "regular access to support"));
    private static readonly Gen<string?> Perhaps = Gen.OneOf(Gen.Const(() => (string?)null), Words.Select(w => (string?)w));
    private static readonly Gen<DateOnly> Day = Gen.Int[0, 700].Select(n => new DateOnly(2025, 1, 1).AddDays(n));
    private static readonly Gen<IReadOnlyList<string>> Links = LineId.List[0, 3].Select(l => (IReadOnlyList<string>)l);

    private static readonly Gen<AdviceProvision> Provision =
        Gen.Select(LineId, Gen.Enum<ProvisionKind>(), Words, Gen.Select(Perhaps, Perhaps, Perhaps), Gen.Bool, Links).Select(x => new AdviceProvision
        {
            Id = x.Item1,
            Kind = x.Item2,
            Text = x.Item3,
            Who = x.Item4.Item1,
            HowOften = x.Item4.Item2,
            HowLong = x.Item4.Item3,
            PreparesForAdulthood = x.Item5,
            Outcomes = x.Item6,
        });

    private static readonly Gen<AdviceContent> Content = Gen.Select(
        Gen.Select(LineId, Words, (i, w) => new AdviceView(i, w)).List[0, 3],
        Gen.Select(LineId, Gen.Enum<NeedArea>(), Words, (i, a, w) => new AdviceNeed(i, a, w)).List[0, 4],
        Gen.Select(LineId, Words, Links, (i, w, l) => new AdviceOutcome(i, w, l)).List[0, 4],
        Provision.List[0, 5],
        Day).Select(x => new AdviceContent
        {
            Author = "Author",
            AuthorRole = "Role",
            WrittenOn = x.Item5,
            Views = x.Item1,
            Needs = x.Item2,
            Outcomes = x.Item3,
            Provision = x.Item4,
        });

    private static readonly Gen<PlanSource> Source = Gen.Select(Pick("a", "b", "c", "d"), Gen.Enum<AdviceKind>(), Day, Content).Select(x => new PlanSource
    {
        AdviceId = x.Item1,
        Kind = x.Item2,
        LegalBasis = "SEND Regs 2014 reg 6(1)",
        ReceivedOn = x.Item3,
        Content = x.Item4,
    });

    private static readonly Gen<PlanEdit> Edit = Gen.Select(
        Gen.Int[1, 99], Gen.OneOf(Gen.Const(() => (string?)null), Gen.Select(Pick("a", "b", "c", "d"), LineId, (a, l) => (string?)$"{a}/{l}")),
        Gen.OneOf(Gen.Const(() => (PlanSectionLetter?)null), Gen.Enum<PlanSectionLetter>().Select(l => (PlanSectionLetter?)l)), Perhaps, Gen.Bool, Gen.Enum<PlanEditCause>()).Select(x => new PlanEdit
        {
            EditId = $"edit-{x.Item1}",
            LineId = x.Item2,
            Section = x.Item3,
            NewText = x.Item4,
            Remove = x.Item5,
            Cause = x.Item6,
            By = "Officer",
            On = new DateOnly(2026, 1, 1),
            Reason = "Because.",
        });

    internal static readonly Gen<PlanInput> Input = Gen.Select(Source.List[0, 6], Edit.List[0, 6], Gen.Enum<PlanKind>(), Gen.Int[0, 26 * 365], Gen.Bool).Select(x => new PlanInput
    {
        Assessment = PlanExamples.Assessment,
        Child = new Child { GivenName = "Any", FamilyName = "Child", DateOfBirth = new DateOnly(2000, 1, 1).AddDays(x.Item4) },
        Kind = x.Item3,
        Version = 1,
        PreparedOn = new DateOnly(2026, 3, 2),
        PreparedBy = "Officer",
        Sources = x.Item1,
        Edits = x.Item2,
        Placement = x.Item5 ? new PlanPlacement { Type = "special school" } : null,
    });

    private static Gen<string> Pick(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);
}
