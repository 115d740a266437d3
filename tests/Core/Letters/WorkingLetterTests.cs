using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Letters;

/// <summary>The letters that the work needs go out by themselves or on an officer's word, once, and to the right people.</summary>
public sealed class WorkingLetterTests
{
    private static readonly DateOnly Fifteen = new(2010, 9, 10);

    private static readonly OpeningFacts OfAPupil = Cases.Facts with { Child = Cases.Facts.Child with { DateOfBirth = Fifteen } };

    private static readonly OpeningFacts OfAPlan = Taken.Facts with { Child = OfAPupil.Child, TakenOver = Taken.Plan };

    private static readonly DateOnly Switch = Age.EndOfCompulsorySchoolAge(Fifteen).AddDays(1);

    private static readonly FamilyPerson Young = new() { Id = "young", Name = "Robin Example", Role = PersonRole.YoungPerson, Email = "robin@example.org", ElectronicServiceAgreedOn = Cases.Received };

    [Fact]
    public void A_request_is_acknowledged_when_it_arrives_with_the_last_day_of_the_decision()
    {
        var life = Life.Opened();

        var notice = Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.RequestAcknowledged);
        Assert.Equal((RecipientRole.Family, life.Today), (notice.To, notice.PlannedOn!.Value));
    }

    [Fact]
    public void An_institution_is_sent_the_letter_with_the_draft_when_it_is_consulted_today_and_not_when_it_was_before()
    {
        var life = Life.Consulting();
        life.On(life.Today.AddDays(1)).Do(new ConsultInstitution(Cases.School, life.Today.AddDays(-1)));
        Assert.DoesNotContain(life.State.Notices, n => n.Kind == NoticeKind.InstitutionConsulted);

        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today));

        var notice = Assert.Single(life.State.Notices, n => n.Kind == NoticeKind.InstitutionConsulted);
        Assert.Equal((Cases.OtherSchool, life.State.NewestPlan!.Version), (notice.Agency!, notice.PlanVersion!.Value));
    }

    [Fact]
    public void An_officer_asks_and_invites_as_often_as_is_needed_and_everybody_is_written_to()
    {
        var life = Life.Opened();
        life.Do(new RecordPerson(new FamilyPerson { Id = "p2", Name = "Jo Example", Role = PersonRole.Parent, ParentalResponsibility = true, PostalAddress = ["2 Example Street"] }));
        life.Refused("day-passed", new WriteToFamily(FamilyLetter.InformationAsked, "The report.", life.Today));
        life.Refused("place-unclear", new WriteToFamily(FamilyLetter.InformationAsked, "The report.", life.Today.AddDays(9), "2 pm"));
        life.Refused("place-unclear", new WriteToFamily(FamilyLetter.MeetingInvited, "The draft.", life.Today.AddDays(9)));

        life.Do(new WriteToFamily(FamilyLetter.InformationAsked, "The report.", life.Today.AddDays(9)));
        life.Do(new WriteToFamily(FamilyLetter.InformationAsked, "The other report.", life.Today.AddDays(12)));
        life.Do(new WriteToFamily(FamilyLetter.MeetingInvited, "The next steps.", life.Today.AddDays(9), "2 pm, Example Hall"));

        Assert.Equal(
            ["informationAsked-1-family", "informationAsked-1-family-p2", "informationAsked-2-family", "informationAsked-2-family-p2", "meetingInvited-1-family", "meetingInvited-1-family-p2"],
            life.State.Notices.Where(n => n.Asks is not null).Select(n => n.Id));
    }

    [Fact]
    public void A_review_meeting_of_the_council_is_announced_to_all_and_again_when_it_moves_and_one_of_the_school_is_not()
    {
        var life = Disputed.Issued();
        life.Do(new ArrangeReview(life.Today.AddDays(40), ReviewArranger.School, Reviewed.Everyone));
        Assert.DoesNotContain(life.State.Notices, n => n.Kind == NoticeKind.ReviewInvited);

        life.Do(new ArrangeReview(life.Today.AddDays(40), ReviewArranger.Council, Reviewed.Everyone, Place: "10 am, online"));
        life.Do(new ArrangeReview(life.Today.AddDays(50), ReviewArranger.Council, Reviewed.Everyone));

        var invitations = life.State.Notices.Where(n => n.Kind == NoticeKind.ReviewInvited).ToLookup(n => n.Occasion);
        RecipientRole[] all = [RecipientRole.Family, RecipientRole.Setting, RecipientRole.Icb, RecipientRole.SocialCare];
        Assert.Equal(all, invitations[1].Select(n => n.To));
        Assert.Equal(all, invitations[2].Select(n => n.To));
        Assert.All(invitations[2], n => Assert.Equal(life.Today.AddDays(50), n.Day));
    }

    [Fact]
    public void Parents_and_young_person_are_told_once_when_the_rights_have_passed()
    {
        var life = Life.Opened(OfAPupil).On(Switch.AddDays(-1));
        life.Do(new RecordPerson(Young));
        Assert.Empty(Told(life.State));

        Assert.Equal(["rightsPassedOn-1-family", "rightsAreYours-1-family-young"], Told(life.On(Switch).State));
        Assert.Equal(2, Told(life.On(Switch.AddDays(200)).State).Length);
    }

    [Fact]
    public void A_young_person_of_whom_nothing_is_known_is_a_task_and_is_told_once_recorded()
    {
        var life = Life.Opened(OfAPupil).On(Switch);
        Assert.Contains(life.State.Attention, a => a.Id == "young-person");

        life.Do(new RecordPerson(Young));

        Assert.Contains("rightsAreYours-1-family-young", Told(life.State));
        Assert.DoesNotContain(life.State.Attention, a => a.Id == "young-person");
    }

    [Fact]
    public void What_passed_long_ago_sends_no_letter_by_itself()
    {
        var late = Life.Opened(OfAPupil).StoodStillUntil(Switch.AddDays(60)).On(Switch.AddDays(60));
        Assert.Contains(late.State.Attention, a => a.Text.Contains("Decide whether it should still be sent", StringComparison.Ordinal));
        Assert.Empty(Told(Life.Opened(OfAPupil).StoodStillUntil(Switch.AddYears(1).AddDays(1)).On(Switch.AddYears(1).AddDays(1)).State));
    }

    [Fact]
    public void A_case_that_was_closed_on_the_day_and_is_open_again_leaves_the_letter_to_a_person()
    {
        var life = Life.Opened(OfAPupil);
        life.Do(new RecordConsultation(life.Today, "They wish for it."));
        life.Do(new DecideWhetherToAssess(false, "The school can meet the needs."));
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));
        Assert.Empty(Told(life.On(Switch.AddDays(60)).State));

        life.Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.Assess));
        life.On(life.Today.AddDays(1));

        Assert.Equal(["rightsPassedOn-1-family"], Told(life.State));
        Assert.Contains(life.State.Attention, a => a.Id == "post-rightsPassedOn-1-family");
        Assert.DoesNotContain(life.Effects, e => e is SendNotice { NoticeId: "rightsPassedOn-1-family" });

        // Sent still, or not: either way it is settled, and nobody is asked again.
        life.Do(new ResolveAttention("post-rightsPassedOn-1-family", "They know it."));
        Assert.DoesNotContain(life.On(life.Today.AddDays(30)).State.Attention, a => a.Id == "post-rightsPassedOn-1-family");
    }

    [Fact]
    public void With_a_plan_that_was_taken_over_only_what_passes_afterwards_is_told()
    {
        var before = new Life().StoodStillUntil(Switch.AddDays(20)).Do(new OpenAssessment(OfAPlan));
        Assert.Empty(before.On(before.Today.AddDays(60)).State.Notices);

        var after = new Life().StoodStillUntil(Switch.AddDays(-20)).Do(new OpenAssessment(OfAPlan));
        Assert.Empty(after.State.Notices);
        after.On(Switch.AddDays(1));

        // Who speaks for the child is not known yet: a person finds out, and sends it.
        Assert.Equal(["rightsPassedOn-1-family"], Told(after.State));
        Assert.Contains(after.State.Attention, a => a.Id == "post-rightsPassedOn-1-family");
        Assert.DoesNotContain(after.Effects, e => e is SendNotice);
    }

    [Fact]
    public void Nobody_is_told_of_a_right_that_does_not_pass()
    {
        var lacks = OfAPupil with { Capacity = new CapacityRecord(true, Cases.Received, "The psychologist") };

        Assert.Empty(Told(Life.Opened(lacks).On(Switch).State));
        Assert.Empty(Told(Life.Opened().On(Switch).State));
    }

    private static string[] Told(AssessmentState state) =>
        [.. state.Notices.Where(n => n.Kind is NoticeKind.RightsPassedOn or NoticeKind.RightsAreYours).Select(n => n.Id)];
}
