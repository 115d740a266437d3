using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Tests.Plans;

public sealed class PlanChecksTests
{
    public static TheoryData<string> Faults => new(PlantedFaults.All.Select(f => f.Name));

    [Fact]
    public void The_list_of_faults_is_long_enough_and_each_has_its_own_name()
    {
        Assert.True(PlantedFaults.All.Count >= 60, $"Only {PlantedFaults.All.Count} faults.");
        Assert.Equal(PlantedFaults.All.Count, PlantedFaults.All.Select(f => f.Name).Distinct().Count());
        var codes = typeof(PlanFindingCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!);
        Assert.Empty(codes.Except(PlantedFaults.All.Select(f => f.Code)));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_found(string name)
    {
        var fault = PlantedFaults.All.Single(f => f.Name == name);
        var input = (fault.Step, fault.OfYoungPerson) switch
        {
            (_, true) => PlanExamples.YoungPerson(),
            (PlanStep.BeforeFinal, _) => PlanExamples.Final(),
            _ => PlanExamples.Draft(),
        };

        var findings = PlanChecks.Check(fault.Plant(PlanAssembly.Assemble(input)), fault.Around(PlanExamples.Before(fault.Step, input)));

        var finding = Assert.Single(findings, f => f.Code == fault.Code && f.Section == fault.Section);
        Assert.Equal(fault.Severity, finding.Severity);
        Assert.True(fault.Severity == FindingSeverity.Warning || PlanChecks.Refuses(findings));
        // A finding goes to worklists: the other child's words must not.
        Assert.DoesNotContain(findings, f => f.Reason.Contains("Brightwater", StringComparison.OrdinalIgnoreCase) || f.Reason.Contains("Oluwaseun", StringComparison.OrdinalIgnoreCase) || f.Reason.Contains("9434765870", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_found_in_the_good_plans()
    {
        var edited = PlanExamples.Draft() with
        {
            Edits =
            [
                PlanExamples.Edit("e1", "adv-school/p1", PlanEditCause.Officer) with { HowLong = "30 minutes" },
                PlanExamples.Edit("e2", null, PlanEditCause.Officer) with { Section = PlanSectionLetter.A, NewText = "Rowan showed us the map of the school." },
            ],
        };
        (PlanStep, PlanInput)[] good =
        [
            (PlanStep.BeforeDraft, PlanExamples.Draft()),
            (PlanStep.BeforeFinal, PlanExamples.Final()),
            (PlanStep.BeforeFinal, PlanExamples.Final() with { Kind = PlanKind.AmendedFinal, Version = 3 }),
            (PlanStep.BeforeDraft, PlanExamples.YoungPerson()),
            (PlanStep.BeforeFinal, PlanExamples.YoungPerson() with { Kind = PlanKind.Final, Placement = new PlanPlacement { Type = "college of further education" } }),
            (PlanStep.BeforeDraft, edited),
        ];

        Assert.All(good, g => Assert.Empty(PlanChecks.Check(PlanAssembly.Assemble(g.Item2), PlanExamples.Before(g.Item1, g.Item2))));
    }

    [Fact]
    public void An_officer_may_accept_what_the_Code_says_should_be_and_not_what_the_law_says_must()
    {
        var input = PlanExamples.Draft() with
        {
            Edits = [PlanExamples.Edit("e1", "adv-school/p1", PlanEditCause.Officer) with { HowLong = "" }],
        };
        var context = PlanExamples.Before(PlanStep.BeforeFinal, input) with
        {
            Accepted =
            [
                new(PlanFindingCodes.HowLongMissing, "adv-school/p1", "Equipment, there all day.", "Priya Officer", new DateOnly(2026, 3, 1)),
                new(PlanFindingCodes.PlacementMissing, null, "Later.", "Priya Officer", new DateOnly(2026, 3, 1)),
            ],
        };

        var findings = PlanChecks.Check(PlanAssembly.Assemble(input), context);

        Assert.Equal(FindingSeverity.Warning, findings.Single(f => f.Code == PlanFindingCodes.HowLongMissing).Severity);
        Assert.Equal(FindingSeverity.Blocking, findings.Single(f => f.Code == PlanFindingCodes.PlacementMissing).Severity);
    }

    [Theory]
    [InlineData("a regularity of the heart", null)]
    [InlineData("irregular verbs", null)]
    [InlineData("Access  TO a room", "access to")]
    [InlineData("as and when required", "as and when required")]
    [InlineData("inaccess to", null)]
    [InlineData("Soften the light", null)]
    public void Vague_words_are_whole_words(string text, string? found) => Assert.Equal(found, VagueWords.FindFirst(text));

    [Fact]
    public void The_checks_never_fail_on_a_random_plan() => CsCheck.Check.Sample(
        PlanGenerators.Input,
        input => PlanChecks.Check(PlanAssembly.Assemble(input), PlanExamples.Before(PlanStep.BeforeDraft, input)).All(f => f.Reason.Length > 0),
        iter: 1_000);
}
