using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Tests.Plans;

public sealed class PlanDiffTests
{
    [Fact]
    public void The_same_plan_has_no_difference() => PlanGeneratorsSample(input =>
        PlanDiff.Between(PlanAssembly.Assemble(input), PlanAssembly.Assemble(input)).IsEmpty);

    [Fact]
    public void Backwards_added_is_removed()
    {
        var a = PlanAssembly.Assemble(PlanExamples.Draft());
        var b = PlanAssembly.Assemble(PlanExamples.YoungPerson());

        var forward = PlanDiff.Between(a, b);
        var back = PlanDiff.Between(b, a);

        Assert.Equal(forward.Sections.SelectMany(s => s.Added).Select(l => l.Id), back.Sections.SelectMany(s => s.Removed).Select(l => l.Id));
        Assert.Equal((PlanSectionLetter.H1, PlanSectionLetter.H2), Assert.Single(forward.Moved.Select(m => (m.From, m.To))));
        Assert.True(forward.ChildChanged);
    }

    [Fact]
    public void Each_part_of_a_line_is_compared()
    {
        var edit = PlanExamples.Edit("e1", "adv-school/p1", PlanEditCause.Officer) with { NewText = "New", Who = "W", HowOften = "Weekly", HowLong = "1 hour", PreparesForAdulthood = true, Answers = [] };

        var diff = PlanDiff.Between(PlanAssembly.Assemble(PlanExamples.Draft()), PlanAssembly.Assemble(PlanExamples.Draft() with { Edits = [edit] }));

        var change = Assert.Single(Assert.Single(diff.Sections).Changed);
        Assert.Equal(LineParts.Text | LineParts.Who | LineParts.HowOften | LineParts.HowLong | LineParts.PreparesForAdulthood | LineParts.Answers, change.Parts);
    }

    [Fact]
    public void After_the_draft_the_placement_and_the_personal_budget_may_come()
    {
        var diff = PlanDiff.Between(PlanAssembly.Assemble(PlanExamples.Draft()), PlanAssembly.Assemble(PlanExamples.Final()));

        Assert.Equal([PlanSectionLetter.I, PlanSectionLetter.J], diff.Sections.Select(s => s.Letter));
        Assert.Empty(PlanDiff.NotAllowedAfterDraft(diff, []));
    }

    [Theory]
    [InlineData(PlanEditCause.FamilyRepresentation, true)]
    [InlineData(PlanEditCause.Placement, true)]
    [InlineData(PlanEditCause.Officer, false)]
    [InlineData(PlanEditCause.AdviceReadIn, false)]
    public void After_the_draft_the_cause_of_an_edit_decides(PlanEditCause cause, bool allowed)
    {
        PlanEdit[] edits =
        [
            PlanExamples.Edit("change", "adv-school/p1", cause) with { HowLong = "30 minutes" },
            PlanExamples.Edit("remove", "adv-care/n1", cause) with { Remove = true },
            PlanExamples.Edit("move", "adv-medical/p1", cause) with { Section = PlanSectionLetter.F },
            PlanExamples.Edit("add", null, cause) with { Section = PlanSectionLetter.B, NewText = "Rowan hums when worried." },
        ];

        var refused = AfterDraft(edits, edits);

        Assert.Equal(allowed ? [] : ["add", "adv-care/n1", "adv-medical/p1", "adv-school/p1"], refused.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_officers_edit_behind_a_familys_on_the_same_line_still_forces_a_new_draft()
    {
        PlanEdit[] edits =
        [
            PlanExamples.Edit("family", "adv-school/p1", PlanEditCause.FamilyRepresentation) with { HowLong = "30 minutes" },
            PlanExamples.Edit("officer", "adv-school/p1", PlanEditCause.Officer) with { Who = "Anyone" },
        ];

        Assert.Equal(["adv-school/p1"], AfterDraft(edits, edits));
    }

    [Fact]
    public void An_edit_that_the_draft_already_showed_is_not_held_against_the_final()
    {
        var before = PlanExamples.Edit("officer", "adv-school/p1", PlanEditCause.Officer) with { HowLong = "20 minutes" };
        var after = PlanExamples.Edit("family", "adv-school/p1", PlanEditCause.FamilyRepresentation) with { HowLong = "30 minutes" };
        var draft = PlanAssembly.Assemble(PlanExamples.Draft() with { Edits = [before] });
        var final = PlanAssembly.Assemble(PlanExamples.Final() with { Edits = [before, after] });

        Assert.Empty(PlanDiff.NotAllowedAfterDraft(PlanDiff.Between(draft, final), [before, after]));
    }

    [Fact]
    public void Advice_that_came_after_the_draft_forces_a_new_one_and_the_familys_own_does_not()
    {
        var input = PlanExamples.Draft();
        var draft = PlanAssembly.Assemble(input with { Sources = [.. input.Sources.Where(s => s.AdviceId != "adv-psychology" && s.AdviceId != "adv-family")] });

        var refused = PlanDiff.NotAllowedAfterDraft(PlanDiff.Between(draft, PlanAssembly.Assemble(PlanExamples.Final())), []);

        Assert.Contains(refused, c => c is { Section: PlanSectionLetter.K, LineId: "adv-psychology" });
        Assert.DoesNotContain(refused, c => c is { Section: PlanSectionLetter.K, LineId: "adv-family" });
    }

    [Fact]
    public void The_eighteenth_birthday_alone_forces_no_new_draft()
    {
        var input = PlanExamples.YoungPerson();
        var draft = PlanAssembly.Assemble(input with { PreparedOn = new DateOnly(2026, 3, 1) });

        Assert.Empty(PlanDiff.NotAllowedAfterDraft(PlanDiff.Between(draft, PlanAssembly.Assemble(input)), []));
    }

    private static IEnumerable<string> AfterDraft(IReadOnlyList<PlanEdit> made, IReadOnlyList<PlanEdit> known)
    {
        var draft = PlanAssembly.Assemble(PlanExamples.Draft());
        var final = PlanAssembly.Assemble(PlanExamples.Final() with { Edits = made });
        return PlanDiff.NotAllowedAfterDraft(PlanDiff.Between(draft, final), known).Select(c => c.LineId);
    }

    private static void PlanGeneratorsSample(Func<PlanInput, bool> holds) => CsCheck.Check.Sample(PlanGenerators.Input, holds, iter: 500);
}
