using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Amending;

/// <summary>What the family says about proposed amendments: of the whole and of each changed line, in time, late, and by each of several people (reg 22(2)(c)).</summary>
public sealed class AmendmentAnswerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_comment_speaks_of_a_changed_line_or_of_another_line_of_the_plan(bool afterReview)
    {
        var life = Proposed(afterReview);
        var changed = Assert.Single(life.State.Amendments[^1].Changes).Line;
        var other = life.State.NewestPlan!.Sections.SelectMany(s => s.Lines).First(l => l.Id != changed).Id;

        life.Refused("unknown-line", Saying(life, new LineComment("no/such", "Why?")));
        life.Refused("not-the-newest-draft", Saying(life, new LineComment(changed, "Why?")) with { Version = 2 });
        life.Do(Saying(life, new LineComment(changed, "Not enough.", "every day"), new LineComment(other, "This too.")), Cases.Family);

        Assert.Null(Assert.Single(life.State.Representations).LateAfter);
        Assert.Single(life.State.Attention, a => a.Id.StartsWith("comments-3", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_in_words_alone_asks_an_officer_and_an_agreement_does_not()
    {
        var life = Proposed(afterReview: false);
        life.Do(new RecordRepresentations(3, life.Today, "", Agrees: true), Cases.Family);
        Assert.DoesNotContain(life.State.Attention, a => a.Id.StartsWith("answer-", StringComparison.Ordinal));
        life.Do(new RecordRepresentations(3, life.Today, "Every day, please."), Cases.Family);
        Assert.Single(life.State.Attention, a => a.Id.StartsWith("answer-3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public void An_answer_after_the_last_day_is_taken_and_said_to_be_late(int days, bool late)
    {
        var life = Proposed(afterReview: true);
        var last = life.Today.AddDays(14);
        life.On(life.Today.AddDays(days)).Do(new RecordRepresentations(3, life.Today, "Every day, please."), Cases.Family);

        Assert.Equal(late ? last : null, Assert.Single(life.State.Representations).LateAfter);
        Assert.Equal(late, new RepresentationsReceived(3, life.Today, "Every day, please.", LateAfter: late ? last : null).Note()!.Contains("late", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_that_an_officer_enters_late_was_in_time_if_it_came_in_time()
    {
        var life = Proposed(afterReview: true);
        var received = life.Today.AddDays(14);
        life.On(life.Today.AddDays(20)).Do(new RecordRepresentations(3, received, "By post."));
        Assert.Null(Assert.Single(life.State.Representations).LateAfter);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_after_the_council_decided_is_on_record_as_late_and_asks_an_officer(bool amended)
    {
        var life = Proposed(afterReview: false);
        var last = life.Today.AddDays(14);
        _ = amended ? Amended.Finalised(life, 20) : life.On(life.Today.AddDays(20)).Do(new DecideNotToAmend("It stays as it is.")).HandOverAll();
        life.On(life.Today.AddDays(1)).Do(new RecordRepresentations(3, life.Today, "Every day, please.", Agrees: false), Cases.Family);

        Assert.Equal(last, Assert.Single(life.State.Representations).LateAfter);
        Assert.Single(life.State.Attention, a => a.Id.StartsWith("late-answer-3", StringComparison.Ordinal));
        life.Refused("already-recorded", new RecordRepresentations(3, life.Today, "Every day, please.", Agrees: false));

        // The next proposal is answered by itself.
        Amended.Edited(life, "every month").On(life.Today.AddDays(30)).Do(new ProposeAmendments("A newer report.", "Therapy each month."));
        life.Do(new RecordRepresentations(amended ? 4 : 3, life.Today, "No."), Cases.Family);
    }

    [Fact]
    public void An_earlier_proposal_that_was_served_does_not_count_for_the_next()
    {
        var life = Amended.Finalised(Amended.Proposed(Disputed.Issued(Disputed.ByPost)));
        Amended.Edited(life, "every month").Do(new ProposeAmendments("A newer report.", "Therapy each month."));
        life.Refused("draft-not-served", new RecordRepresentations(4, life.Today, "No."));
    }

    [Fact]
    public void Parents_who_disagree_are_both_on_record()
    {
        var life = Disputed.Issued().Do(new RecordPerson(new FamilyPerson { Id = "p2", Name = "Jo", Role = PersonRole.Parent, ParentalResponsibility = true, PostalAddress = ["9 Other Road", "EX9 9ZZ"] }));
        Amended.Proposed(life);
        life.Do(new RecordRepresentations(3, life.Today, "", Agrees: true), Cases.Family);
        life.Do(new RecordRepresentations(3, life.Today, "", Agrees: false, Person: "p2"), Cases.Family);
        Assert.Equal([(null, true), ("p2", false)], life.State.Representations.Select(r => (r.Person, r.Agrees!.Value)));
    }

    [Fact]
    public void A_draft_is_answered_late_too()
    {
        var life = Life.Consulting();
        life.On(life.Today.AddDays(15)).Do(new RecordRepresentations(1, life.Today, "After all."), Cases.Family);
        Assert.Equal(life.Today.AddDays(-1), Assert.Single(life.State.Representations).LateAfter);
    }

    private static RecordRepresentations Saying(Life life, params LineComment[] comments) => new(3, life.Today, "", null, comments);

    private static Life Proposed(bool afterReview) => afterReview
        ? Reviewed.Decided(Amended.Edited(Reviewed.Held(Reviewed.Arranged(Disputed.Issued()))), ReviewChoice.Amend, 5)
        : Amended.Proposed(Disputed.Issued());
}
