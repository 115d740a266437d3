using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>What the family says about a draft: about the whole, and about single lines.</summary>
public sealed class RepresentationTests
{
    [Fact]
    public void Comments_speak_of_lines_of_the_newest_draft_and_every_word_is_in_the_note()
    {
        var life = Life.Consulting();
        life.On(life.Today.AddDays(1));
        var line = life.State.NewestPlan!.Sections.SelectMany(s => s.Lines).First().Id;
        RecordRepresentations Said(params LineComment[] comments) => new(1, life.Today, "", null, comments);

        life.Refused("unknown-line", Said(new LineComment("no/such", "Why?")));
        life.Refused("text-missing", Said(new LineComment(line, "")));
        life.Refused("text-missing", Said());
        life.Refused("unknown-person", Said(new LineComment(line, "Why?")) with { Person = "p9" });
        life.Do(Said(new LineComment(line, "Why?", "Because of this.")) with { PreferredPlace = "Foxglove Hill", Agrees = false }, Cases.Family);
        life.Refused("already-recorded", Said(new LineComment(line, "Why?", "Because of this.")) with { PreferredPlace = "Foxglove Hill", Agrees = false });
        life.Do(Said(new LineComment(line, "And when?")), Cases.Family);

        var note = new RepresentationsReceived(1, life.Today, "Whole.", null, [new LineComment(line, "Why?", "Because of this.")], "Foxglove Hill", false).Note()!;
        Assert.All((string[])["Whole.", "Why?", "Because of this.", "Foxglove Hill", "does not agree", line], words => Assert.Contains(words, note, StringComparison.Ordinal));
        Assert.Equal(2, life.State.Attention.Count(a => a.Id.StartsWith("comments-1", StringComparison.Ordinal)));
        Assert.Single(life.State.Attention, a => a.Id.StartsWith("preferred-1", StringComparison.Ordinal));
    }

    [Fact]
    public void What_an_earlier_hub_stored_says_what_it_said()
    {
        var state = new RepresentationsReceived(1, new DateOnly(2026, 6, 1), "As before.").Apply(AssessmentState.None(Cases.Id));
        Assert.Equal(new Representation(1, new DateOnly(2026, 6, 1), "As before."), Assert.Single(state.Representations));
    }
}
