using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Core.Tests.Letters;

/// <summary>Which letters there are, to whom, with which facts.</summary>
public sealed class LetterWritingTests
{
    public static TheoryData<string> Letters => [.. LetterCases.All().Select(l => l.Subject.Id)];

    [Theory]
    [MemberData(nameof(Letters))]
    public void Every_letter_has_a_rule_and_every_fact_that_the_law_wants_in_it(string id)
    {
        var (subject, state) = LetterCases.All().Single(l => l.Subject.Id == id);

        var letter = LetterWriting.Write(subject, state, Cases.Rules, Sending(NoticeChannel.Electronic))!;

        Assert.Contains(subject, LetterWriting.Of(state));
        Assert.Empty(letter.Missing);
        Assert.Subset(LetterVocabulary.Facts.ToHashSet(), letter.Facts.Keys.ToHashSet());
        Assert.Single(letter.TrueConditions.Intersect(LetterVocabulary.Routes));
        Assert.Equal(letter.Agency is null ? "Sam Example" : letter.Agency.Name, letter.RecipientName);
        Assert.Equal("Tuesday 14 July 2026", letter.Facts["letterDate"]);
    }

    [Theory]
    [InlineData(NoticeKind.WillNotAssess, "2026-07-14", "Monday 14 September 2026", "Monday 14 September 2026")]
    [InlineData(NoticeKind.NoPlan, "2026-06-20", "Tuesday 1 September 2026", "Thursday 20 August 2026")]
    [InlineData(NoticeKind.FinalPlan, "2026-10-27", "Monday 4 January 2027", "Sunday 27 December 2026")]
    [InlineData(NoticeKind.WillNotAssess, "2026-12-31", "Monday 1 March 2027", "Sunday 28 February 2027")]
    [InlineData(NoticeKind.PlanKeptAfterReview, "2026-07-14", "Monday 14 September 2026", "Monday 14 September 2026")]
    [InlineData(NoticeKind.PlanCeases, "2026-06-20", "Tuesday 1 September 2026", "Thursday 20 August 2026")]
    [InlineData(NoticeKind.AmendedPlan, "2026-10-27", "Monday 4 January 2027", "Sunday 27 December 2026")]
    [InlineData(NoticeKind.NotAmendedAfterAll, "2026-12-31", "Monday 1 March 2027", "Sunday 28 February 2027")]
    [InlineData(NoticeKind.WillNotReassess, "2026-12-31", "Monday 1 March 2027", "Sunday 28 February 2027")]
    [InlineData(NoticeKind.NoChange, "2026-12-31", "Monday 1 March 2027", "Sunday 28 February 2027")]
    public void The_last_day_for_an_appeal_is_counted_by_the_law_from_the_day_of_sending(NoticeKind kind, string sent, string appeal, string mediation)
    {
        var state = LetterCases.With(kind);
        var notice = state.Notices.Single(n => n.To == RecipientRole.Family);

        var letter = LetterWriting.Write(new(LetterWriting.KindOf(kind), notice.Id), state, Cases.Rules, new(DateOnly.Parse(sent), NoticeChannel.Post))!;

        Assert.Equal(appeal, letter.Facts["appealLastDay"]);
        Assert.Equal(mediation, letter.Facts["mediationLastDay"]);
    }

    [Theory]
    [InlineData(NoticeChannel.Electronic, "Tuesday 28 July 2026")]
    [InlineData(NoticeChannel.ByHand, "Tuesday 28 July 2026")]
    [InlineData(NoticeChannel.Post, "Thursday 30 July 2026")]
    public void The_familys_fifteen_days_run_from_service_by_the_way_of_sending(NoticeChannel by, string last)
    {
        var state = LetterCases.With(NoticeKind.DraftPlan);

        var letter = LetterWriting.Write(new(LetterKind.DraftPlan, state.Notices[0].Id), state, Cases.Rules, Sending(by))!;

        Assert.Equal(last, letter.Facts["representationsLastDay"]);
    }

    [Theory]
    [InlineData(NoticeKind.PlanToBeAmended, NoticeChannel.Electronic, "Tuesday 28 July 2026", "Tuesday 8 September 2026")]
    [InlineData(NoticeKind.AmendmentProposed, NoticeChannel.ByHand, "Tuesday 28 July 2026", "Tuesday 8 September 2026")]
    [InlineData(NoticeKind.PlanToBeAmended, NoticeChannel.Post, "Thursday 30 July 2026", "Tuesday 8 September 2026")]
    public void The_changes_proposed_are_shown_with_fifteen_days_from_service_and_eight_weeks_from_sending(NoticeKind kind, NoticeChannel by, string last, string plan)
    {
        var state = LetterCases.With(kind);

        var letter = LetterWriting.Write(new(LetterKind.PlanToBeAmended, state.Notices[0].Id), state, Cases.Rules, Sending(by))!;

        Assert.Equal((last, plan), (letter.Facts["representationsLastDay"], letter.Facts["amendedPlanBy"]));
        Assert.All(["Section F. Now: Therapy each month.\nIt would become: Therapy each week.\nWhy: The therapist's report.", "Section E. New: Robin reads a page."], words => Assert.Contains(words, letter.Facts["proposedChanges"], StringComparison.Ordinal));
    }

    [Fact]
    public void Amendments_proposed_again_after_a_review_are_found_by_their_own_number_and_not_by_the_reviews()
    {
        var state = LetterCases.With(NoticeKind.AmendmentProposed);
        var first = state.Amendments[0];
        state = state with
        {
            Amendments = [first with { Review = 2, Outcome = AmendmentOutcome.ProposedAgain }, first with { Number = 2, Review = 3, Proposal = "Therapy each day." }, first with { Number = 3, Review = 2, Proposal = "Another." }],
            Notices = [state.Notices[0] with { Occasion = 2 }],
        };

        var letter = LetterWriting.Write(new(LetterKind.PlanToBeAmended, state.Notices[0].Id), state, Cases.Rules, Sending(NoticeChannel.Electronic))!;

        Assert.StartsWith("Therapy each day.", letter.Facts["proposedChanges"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_agency_is_told_the_familys_last_day_of_the_plan_that_ceases_and_not_an_older_one()
    {
        var state = LetterCases.With(NoticeKind.PlanCeases);
        var older = new Notice { Id = "older", Kind = NoticeKind.FinalPlan, To = RecipientRole.Family, SentOn = LetterCases.Sent.AddYears(-1) };

        var letter = LetterWriting.Write(new(LetterKind.PlanCeases, "PlanCeases-Icb"), state with { Notices = [older, .. state.Notices] }, Cases.Rules, Sending(NoticeChannel.Electronic))!;

        Assert.Equal("Monday 14 September 2026", letter.Facts["appealLastDay"]);
    }

    [Theory]
    [InlineData(NoticeKind.WillNotAssess)]
    [InlineData(NoticeKind.NoPlan)]
    [InlineData(NoticeKind.FinalPlan)]
    [InlineData(NoticeKind.PlanKeptAfterReview)]
    [InlineData(NoticeKind.PlanCeases)]
    [InlineData(NoticeKind.NoChange)]
    [InlineData(NoticeKind.WillNotReassess)]
    [InlineData(NoticeKind.AmendedPlan)]
    [InlineData(NoticeKind.NotAmendedAfterAll)]
    public void What_reg_32_wants_and_the_council_has_not_told_is_named(NoticeKind kind)
    {
        var bare = Cases.Rules with { Council = Cases.Profile with { MediationAdviser = " ", MediationContact = null, DisagreementResolution = null, InformationAndAdvice = "" } };
        var state = LetterCases.With(kind);
        var notice = state.Notices.Single(n => n.To == RecipientRole.Family);

        var letter = LetterWriting.Write(new(LetterWriting.KindOf(kind), notice.Id), state, bare, Sending(NoticeChannel.Post))!;

        Assert.Equal(["mediation adviser", "mediation contact", "disagreement resolution", "information and advice"], letter.Missing);
    }

    [Fact]
    public void A_letter_of_another_case_is_none() =>
        Assert.Null(LetterWriting.Write(new(LetterKind.NoPlan, "NoPlan-Family"), LetterCases.With(NoticeKind.WillNotAssess), Cases.Rules, Sending(NoticeChannel.Post)));

    [Fact]
    public void Every_appealable_notice_to_a_family_must_tell_all_points_of_reg_32()
    {
        string[] points = ["mediationRight", "certificate", "mediationAdviser", "mediationTime", "tellCouncil", "mediationContact", "appealRight", "appealTime", "disagreementResolution", "informationAndAdvice"];
        foreach (var kind in Enum.GetValues<NoticeKind>().Where(NoticeKinds.IsAppealable).Select(LetterWriting.KindOf))
        {
            Assert.Subset(LetterLaw.England2014.Of(kind, LetterReader.Family)!.Points.Select(p => p.Point).ToHashSet(), points.ToHashSet());
        }

        Assert.All(LetterLaw.England2014.Rules.SelectMany(r => r.Points), p => Assert.True(p.Verified || p.Note is not null, $"{p.Point}: what is not verified says what to check."));
    }

    [Fact]
    public void Each_way_of_sending_has_its_rule_of_service()
    {
        Assert.Equal([0, 2, 0, 2], Enum.GetValues<NoticeChannel>().Select(by => ServiceRules.Of(by).WorkingDays));
        Assert.Equal(new DateOnly(2026, 12, 29), ServiceRules.ServedOn(new DateOnly(2026, 12, 23), NoticeChannel.Post));
    }

    private static LetterSending Sending(NoticeChannel by) => new(LetterCases.Sent, by);
}
