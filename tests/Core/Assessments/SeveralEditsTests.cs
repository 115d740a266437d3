using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>Several lines of the plan are changed in one step: all of them, or none.</summary>
public sealed class SeveralEditsTests
{
    private const string Line = "educational-1.1/p1";

    [Fact]
    public void All_are_made_each_on_what_the_one_before_left()
    {
        var life = Life.Consulting();
        life.Do(Changed("e1", Line, "First words.") with
        {
            Also = [Changed("e2", Line, "Second words."), new EditPlan("e3", "New.", PlanEditCause.Officer, Section: PlanSectionLetter.F, NewText: "A quiet room."), Changed("e4", "e3", "A quiet room each day.")],
        });

        Assert.Equal(["e1", "e2", "e3", "e4"], life.State.Edits.Select(edit => edit.EditId));
        var plan = PlanReading.Preview(life.State, Actor.TheHub, life.Now, life.Rules)!;
        var lines = plan.Sections.SelectMany(section => section.Lines).ToDictionary(line => line.Id);
        Assert.Equal(("Second words.", "First words."), (lines[Line].Text, lines[Line].From.Changes[^1].TextBefore));
        Assert.Equal("A quiet room each day.", lines["e3"].Text);
    }

    [Fact]
    public void Where_one_is_refused_none_is_made()
    {
        var life = Life.Consulting();
        var edits = life.State.Edits.Count;
        life.Refused("unknown-line", Changed("e1", Line, "First words.") with { Also = [Changed("e2", "no-such-line", "Words.")] });
        life.Refused("already-edited", Changed("e1", Line, "First words.") with { Also = [Changed("e1", Line, "Words.")] });
        life.Refused("too-many-edits", Changed("e1", Line, "First words.") with { Also = [Changed("e2", Line, "Words.") with { Also = [] }] });
        life.Refused("too-many-edits", Changed("e1", Line, "First words.") with { Also = [.. Enumerable.Range(0, 500).Select(n => Changed($"m{n}", Line, "Words."))] });
        life.Refused("too-many-edits", Changed("e1", Line, "First words.") with { Also = [null!] });
        Assert.Equal(edits, life.State.Edits.Count);
    }

    private static EditPlan Changed(string id, string line, string text) => new(id, "Clearer words.", PlanEditCause.Officer, line, NewText: text);
}
