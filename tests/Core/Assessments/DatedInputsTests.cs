using System.Reflection;
using CsCheck;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>No day that an input gives may contradict what is on record.</summary>
public class DatedInputsTests
{
    private static readonly DateOnly Drafted = Cases.Received.AddDays(30);
    private static readonly OpeningFacts ByPost = Cases.Facts with { Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = null } };
    private static readonly LocalAuthorityCode Elsewhere = Cases.Parse<LocalAuthorityCode>("301");

    public static TheoryData<string> Dates => [.. Table.Keys];

    public static TheoryData<Type> Inputs => [.. StepCatalogue.Steps.Select(kind => kind.Type)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Every_day_of_every_input_has_its_rule(Type input) =>
        Assert.Equal(DaysIn(input).Order(StringComparer.Ordinal), StepCatalogue.Step(input)!.Dates.Select(rule => rule.Member).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_rule_is_tried_below() => Assert.Equal(
        StepCatalogue.Steps.SelectMany(kind => kind.Dates.Where(r => r.Kind != DateKind.TheHubsClock).Select(r => $"{kind.Type.Name}.{r.Member}")).Order(StringComparer.Ordinal),
        Table.Keys.Select(key => key.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Dates))]
    public void A_day_out_of_order_is_refused_in_the_words_of_the_field_and_one_in_order_is_not(string date)
    {
        var (make, input, first, last) = Table[date];
        var member = date.Split(':')[0].Split('.', 2)[1];

        // Each edge itself, on every run, and days anywhere near.
        var edges = new[] { first ?? Cases.Received, last ?? first ?? Cases.Received };
        Assert.All(edges.SelectMany(edge => new[] { edge.AddDays(-1), edge, edge.AddDays(1) }).Distinct(), Try);
        Gen.Int[-60, 60].Sample(days => Try(edges[days < 0 ? 0 : 1].AddDays(days)), iter: 20, threads: 1);

        void Try(DateOnly day)
        {
            var life = make();
            var said = input(day);
            var rule = StepCatalogue.Step(said.GetType())!.Dates.Single(r => r.Member == member);
            var outOfOrder = day < first || day > last || (rule.Kind == DateKind.ThePast && day > life.Today);
            var before = Life.Json(life.State);
            var refusal = life.Try(said, By(said)).Refusal;
            var isOfTheDay = refusal is { Code: "day-in-future" or "day-before-request" or "day-out-of-order" };
            Assert.True(outOfOrder == isOfTheDay, $"{date} on {day:yyyy-MM-dd} (from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}, today {life.Today:yyyy-MM-dd}): {refusal}");
            if (outOfOrder)
            {
                Assert.StartsWith(rule.Name, refusal!.Reason, StringComparison.Ordinal);
                Assert.Equal(before, Life.Json(life.State));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Dates))]
    public void No_day_however_strange_throws(string date)
    {
        var (make, input, first, _) = Table[date];
        foreach (var day in new[] { DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(9999, 1, 1), new DateOnly(1, 2, 1) })
        {
            var life = make();
            var refusal = life.Try(input(day), By(input(day))).Refusal;
            Assert.True(refusal is not null || (first is null && day < Cases.Received), $"{day:yyyy-MM-dd} was taken for {date}");
        }
    }

    [Fact]
    public void A_draft_cannot_be_finalised_by_sending_it_before_it_was_written()
    {
        var life = Life.Consulting(ByPost);
        life.Refused("day-out-of-order", new RecordNoticeSent("draftPlan-1-family", Drafted.AddDays(-23), NoticeChannel.ByHand));
        life.Refused("day-out-of-order", new RecordNoticeSent("draftPlan-1-family", Drafted, NoticeChannel.ByHand, Drafted.AddDays(-1)));
        life.Do(new RecordNoticeSent("draftPlan-1-family", Drafted, NoticeChannel.ByHand));
        life.Do(new NamePlacement("Special school")).Refused("representations-still-open", new FinalisePlan("Officer One"));
    }

    [Fact]
    public void A_final_notice_cannot_be_dated_before_its_plan_so_the_time_to_appeal_stays_whole()
    {
        var life = Life.Consulting(ByPost);
        life.Do(new RecordNoticeSent("draftPlan-1-family", Drafted, NoticeChannel.ByHand)).Do(new NamePlacement("Special school"));
        life.On(Drafted.AddDays(20)).Do(new FinalisePlan("Officer One"));
        life.Refused("day-out-of-order", new RecordNoticeSent("finalPlan-2-family", life.Today.AddDays(-1), NoticeChannel.Post));
        life.Do(new RecordNoticeSent("finalPlan-2-family", life.Today, NoticeChannel.Post));
        Assert.True(Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == "appeal").Limit.Due > life.Today.AddMonths(2).AddDays(-1));
    }

    [Fact]
    public void A_clock_that_was_set_back_sends_nothing_before_it_became_due()
    {
        var life = Life.Consulting(ByPost);
        var settled = new EffectSettled("330-X/1/1", new SendNotice("draftPlan-1-family"), EffectOutcome.Done, Drafted.AddDays(-1));
        Assert.Null(life.Try(settled, Actor.TheHub).Refusal);
        Assert.Null(life.State.Notices.Single(n => n.Id == "draftPlan-1-family").SentOn);
        Assert.Contains(life.State.Attention, a => a.Id == "post-draftPlan-1-family");
    }

    private static readonly SchoolPlace At = new() { Rank = 1, Institution = Cases.OtherSchool.Id };

    /// <summary>For each day: a life in which it may be given, the input, the first lawful day where a fact bounds it, and the last where another fact than today does.</summary>
    private static readonly Dictionary<string, (Func<Life> Life, Func<DateOnly, AssessmentInput> Input, DateOnly? First, DateOnly? Last)> Table = new(StringComparer.Ordinal)
    {
        ["OpenAssessment.Facts.ReceivedOn"] = (() => new Life(), day => new OpenAssessment(Cases.Facts with { ReceivedOn = day, Child = Cases.Facts.Child with { DateOfBirth = Cases.Received.AddDays(-90) } }), Cases.Received.AddDays(-90), Cases.Received),
        ["OpenAssessment.Facts.Child.DateOfBirth"] = (() => new Life(), day => new OpenAssessment(Cases.Facts with { Child = Cases.Facts.Child with { DateOfBirth = day } }), null, null),
        ["OpenAssessment.Facts.Family.ElectronicServiceAgreedOn"] = (() => new Life(), day => new OpenAssessment(Cases.Facts with { Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = day } }), null, Cases.Received),
        ["OpenAssessment.Facts.Capacity.AssessedOn"] = (() => new Life(), day => new OpenAssessment(Cases.Facts with { Capacity = new CapacityRecord(false, day) }), Cases.Facts.Child.DateOfBirth, Cases.Received),
        ["TakeOverAssessment.Facts.ReceivedOn"] = (() => new Life(), day => new TakeOverAssessment(Cases.Facts with { ReceivedOn = day, Child = Cases.Facts.Child with { DateOfBirth = Cases.Received.AddDays(-90) } }, "The old system."), Cases.Received.AddDays(-90), Cases.Received),
        ["TakeOverAssessment.Facts.Child.DateOfBirth"] = (() => new Life(), day => new TakeOverAssessment(Cases.Facts with { Child = Cases.Facts.Child with { DateOfBirth = day } }, "The old system."), null, null),
        ["TakeOverAssessment.Facts.Family.ElectronicServiceAgreedOn"] = (() => new Life(), day => new TakeOverAssessment(Cases.Facts with { Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = day } }, "The old system."), null, Cases.Received),
        ["TakeOverAssessment.Facts.Capacity.AssessedOn"] = (() => new Life(), day => new TakeOverAssessment(Cases.Facts with { Capacity = new CapacityRecord(false, day) }, "The old system."), Cases.Facts.Child.DateOfBirth, Cases.Received),
        ["TakeOverAssessment.ConsultedOn"] = (() => Later(new Life()), day => Continued.Decided with { ConsultedOn = day }, Cases.Received, Continued.Decided.DecidedOn),
        ["TakeOverAssessment.PartnersToldOn"] = (() => Later(new Life()), day => Continued.Decided with { PartnersToldOn = day }, Cases.Received, null),
        ["TakeOverAssessment.DecidedOn"] = (() => Later(new Life()), day => new TakeOverAssessment(Cases.Facts, "The old system.", DecidedOn: day), Cases.Received, null),
        ["TakeOverAssessment.FamilyToldOn"] = (() => Later(new Life()), day => Continued.Decided with { FamilyToldOn = day }, Continued.Decided.DecidedOn, null),
        ["CorrectFacts.ReceivedOn"] = (() => Later(Life.Assessing()), day => new CorrectFacts("A slip.", ReceivedOn: day), Cases.Facts.Child.DateOfBirth, Cases.Received),
        ["CorrectFacts.Child.DateOfBirth"] = (() => Later(Life.Opened()), day => new CorrectFacts("A slip.", Child: Cases.Facts.Child with { DateOfBirth = day }), null, Cases.Received),
        ["CorrectFacts.Family.ElectronicServiceAgreedOn"] = (() => Later(Life.Opened()), day => new CorrectFacts("A slip.", Family: Cases.Facts.Family with { ElectronicServiceAgreedOn = day }), null, null),
        ["OpenAssessment.Facts.TakenOver.IssuedOn"] = (() => new Life(), day => new OpenAssessment(Taken.Facts with { TakenOver = Taken.Plan with { IssuedOn = day, LastReviewedOn = null } }), Taken.Facts.ReceivedOn, Cases.Received),
        ["OpenAssessment.Facts.TakenOver.TransferredOn"] = (() => new Life(), day => new OpenAssessment(Taken.Facts with { TakenOver = Taken.Plan with { FromCouncil = Elsewhere, TransferredOn = day } }), Taken.Plan.IssuedOn, Cases.Received),
        ["OpenAssessment.Facts.TakenOver.LastReviewedOn"] = (() => new Life(), day => new OpenAssessment(Taken.Facts with { TakenOver = Taken.Plan with { LastReviewedOn = day } }), Taken.Plan.IssuedOn, Cases.Received),
        ["OpenAssessment.Facts.TakenOver.Placement.From"] = (() => new Life(), day => new OpenAssessment(Taken.Facts with { TakenOver = Taken.Plan with { Placement = new Placement("Special school", From: day) } }), Cases.Facts.Child.DateOfBirth, null),
        ["RecordPastReview.CompletedOn"] = (() => Later(Taken.Over(Cases.Received, Taken.Plan with { LastReviewedOn = null })), day => new RecordPastReview(day, "The file."), Taken.Plan.IssuedOn, Cases.Received),
        ["CorrectFacts.Capacity.AssessedOn"] = (() => Later(Life.Opened()), day => new CorrectFacts("A slip.", Capacity: new CapacityRecord(false, day)), Cases.Facts.Child.DateOfBirth, null),
        ["RecordConsultation.On"] = (() => Later(Life.Opened()), day => new RecordConsultation(day, "Wants one."), Cases.Received, null),
        ["RecordDocument.ReceivedOn"] = (() => Later(Life.Opened()), day => new RecordDocument("d1", "Letter", day, new AttachmentRef("t", "a.pdf", "application/pdf", 1, new string('a', 64))), Cases.Facts.Child.DateOfBirth, null),
        ["RecordNote.On"] = (() => Later(Life.Opened()), day => new RecordNote("n1", CaseNoteKind.Note, day, "Called."), Cases.Facts.Child.DateOfBirth, null),
        ["RecordPanel.On"] = (() => Later(Life.Opened()), day => new RecordPanel(day, ["J. Farrow, chair"]), Cases.Received, null),
        ["RecordFamilyEvidence.ReceivedOn"] = (() => Later(Life.Opened()), day => new RecordFamilyEvidence("e1", FamilyEvidenceKind.Evidence, day, [new AttachmentRef("t", "a.pdf", "application/pdf", 1, new string('a', 64))]), Cases.Received, null),
        ["RecordNoticeSent.SentOn:of a decision"] = (() => Later(Decided()), day => new RecordNoticeSent("willAssess-family", day, NoticeChannel.ByHand), Cases.Received.AddDays(10), null),
        ["RecordNoticeSent.SentOn:of a draft"] = (() => Later(Life.Consulting(ByPost)), day => new RecordNoticeSent("draftPlan-1-family", day, NoticeChannel.ByHand), Drafted, null),
        ["RecordNoticeSent.SentOn:of a final plan"] = (() => Later(Final(ByPost)), day => new RecordNoticeSent("finalPlan-2-family", day, NoticeChannel.ByHand), Drafted.AddDays(20), null),
        ["RecordNoticeSent.SentOn:of an exception"] = (() => Later(Excepted()), day => new RecordNoticeSent("exceptionApplies-e1-family", day, NoticeChannel.ByHand), Cases.Received.AddDays(20), null),
        ["RecordNoticeSent.ServedOn"] = (() => Later(Life.Consulting(ByPost)), day => new RecordNoticeSent("draftPlan-1-family", Drafted.AddDays(2), NoticeChannel.ByHand, day), Drafted.AddDays(2), null),
        ["RecordNoticeOutcome.On"] = (() => Later(Posted()), day => new RecordNoticeOutcome("draftPlan-1-family", NoticeOutcome.Returned, day, "Gone away."), Drafted, null),
        ["RecordNoticeSent.SentOn:again"] = (() => Later(CameBack()), day => new RecordNoticeSent("draftPlan-1-family", day, NoticeChannel.ByHand), Drafted.AddDays(5), null),
        ["RecordRequestSent.SentOn"] = (() => Later(Unsent()), day => new RecordRequestSent("medical-1", day, "By post."), Cases.Received, null),
        ["RecordRequestSent.ReceivedOn"] = (() => Later(Unsent()), day => new RecordRequestSent("medical-1", Cases.Received.AddDays(4), "By post.", day), Cases.Received.AddDays(4), null),
        ["AcknowledgeAdviceRequest.ReceivedOn"] = (() => Later(Decided()), day => new AcknowledgeAdviceRequest("medical-1", day), Cases.Received.AddDays(10), null),
        ["AcceptAdviceRequest.ExpectedOn"] = (() => Later(Decided()), day => new AcceptAdviceRequest("medical-1", day), Cases.Received.AddDays(10), null),
        ["ReportOnAdviceRequest.ExpectedOn"] = (() => Later(Decided()), day => new ReportOnAdviceRequest("medical-1", AdviserReport.Planned, "An appointment.", day), Cases.Received.AddDays(10), null),
        ["SubmitAdvice.Content.WrittenOn"] = (() => Later(Life.Assessing()), day => new SubmitAdvice("medical-1", Cases.Content(day)), Cases.Facts.Child.DateOfBirth, null),
        ["ProposeExistingAdvice.Content.WrittenOn"] = (() => Later(Life.Assessing()), day => new ProposeExistingAdvice("x1", AdviceKind.Psychological, Cases.Psychology, Cases.Content(day)), Cases.Facts.Child.DateOfBirth, null),
        ["RecordMissedAppointment.On"] = (() => Later(Acknowledged()), day => new RecordMissedAppointment("medical-1", day), Cases.Received.AddDays(4), null),
        ["ClaimException.From"] = (() => Later(Life.Assessing()), day => new ClaimException("e1", Ground.ExceptionalCircumstances, day, Drafted, "Letter", "Away"), new DateOnly(2014, 9, 1), null),
        ["ClaimException.To"] = (() => Later(Life.Assessing()), day => new ClaimException("e1", Ground.ExceptionalCircumstances, Cases.Received.AddDays(-40), day, "Letter", "Away"), Cases.Received, null),
        ["EndException.EndedOn"] = (() => Later(Excepted()), day => new EndException("e1", "It ended.", day), Cases.Received.AddDays(10), null),
        ["NoteSchoolClosure.From"] = (() => Later(Life.Assessing()), day => new NoteSchoolClosure("c1", Cases.School.Id, day, Drafted), new DateOnly(2014, 9, 1), null),
        ["NoteSchoolClosure.To"] = (() => Later(Life.Assessing()), day => new NoteSchoolClosure("c1", Cases.School.Id, Drafted, day), Drafted, null),
        ["RecordRepresentations.On"] = (() => Later(Served()), day => new RecordRepresentations(1, day, "More."), Drafted.AddDays(3), null),
        ["AskForMeeting.On"] = (() => Later(Served()), day => new AskForMeeting(day), Drafted.AddDays(3), null),
        ["RecordMeetingHeld.On"] = (() => Later(Served().On(Drafted.AddDays(6)).Do(new AskForMeeting(Drafted.AddDays(5)))), day => new RecordMeetingHeld(day), Drafted.AddDays(5), null),
        ["WriteToFamily.Day"] = (() => Later(Life.Opened()), day => new WriteToFamily(FamilyLetter.InformationAsked, "The report.", day), Cases.Received, null),
        ["ConsultInstitution.On"] = (() => Later(Life.Consulting()), day => new ConsultInstitution(Cases.OtherSchool, day), Drafted, null),
        ["RecordInstitutionAnswer.On"] = (() => Later(Life.Consulting().On(Drafted.AddDays(4)).Do(new ConsultInstitution(Cases.OtherSchool, Drafted.AddDays(2)))), day => new RecordInstitutionAnswer(Cases.OtherSchool.Id, day, true, "Yes."), Drafted.AddDays(2), null),
        ["RecordIcbAgreement.On"] = (() => Later(Life.Consulting()), day => new RecordIcbAgreement(true, "Officer", day), Drafted, null),
        ["AskForPersonalBudget.On"] = (() => Later(Life.Consulting()), day => new AskForPersonalBudget(day), Drafted, null),
        ["SettlePersonalBudget.On"] = (() => Later(Life.Consulting().On(Drafted.AddDays(4)).Do(new AskForPersonalBudget(Drafted.AddDays(1)))), day => new SettlePersonalBudget(false, day, "No."), Drafted.AddDays(1), null),
        ["WithdrawRequest.On"] = (() => Later(Life.Opened()), day => new WithdrawRequest(day, "We manage."), Cases.Received, null),
        ["MoveToAnotherCouncil.MovedOn"] = (() => Later(Final()), day => new MoveToAnotherCouncil(Elsewhere, day, Cases.Received), Cases.Received, null),
        ["MoveToAnotherCouncil.BecameAwareOn"] = (() => Later(Life.Opened()), day => new MoveToAnotherCouncil(Elsewhere, Cases.Received, day), Cases.Received, null),
        ["NoteMediation.On"] = (() => Later(Final()), day => new NoteMediation(MediationStep.Wanted, day), Drafted.AddDays(20), null),
        ["NoteMediation.On:a later step"] = (() => Later(Final().On(Drafted.AddDays(30)).Do(new NoteMediation(MediationStep.Wanted, Drafted.AddDays(25)))), day => new NoteMediation(MediationStep.Ended, day), Drafted.AddDays(25), null),
        ["NoteMediation.OtherDate"] = (() => Later(Final()), day => new NoteMediation(MediationStep.Agreed, Drafted.AddDays(22), Remedy.AmendContents, day), Drafted.AddDays(22), null),
        ["NoteAppeal.On"] = (() => Later(Final()), day => new NoteAppeal(AppealStep.Registered, day), Drafted.AddDays(20), null),
        ["NoteAppeal.On:an order"] = (() => Later(Final().On(Drafted.AddDays(30)).Do(new NoteAppeal(AppealStep.Registered, Drafted.AddDays(25)))), day => new NoteAppeal(AppealStep.Ordered, day, Remedy.AmendContents), Drafted.AddDays(25), null),
        ["NoteAppeal.OtherDate"] = (() => Later(Final().On(Drafted.AddDays(30)).Do(new NoteAppeal(AppealStep.Registered, Drafted.AddDays(25)))), day => new NoteAppeal(AppealStep.Ordered, Drafted.AddDays(26), Remedy.AmendContents, day), Drafted.AddDays(26), null),
        ["ReverseRefusal.On"] = (() => Later(Refused()), day => new ReverseRefusal(day, "New evidence."), Cases.Received.AddDays(10), null),
        ["RecordTribunalDay.Day"] = (() => Later(Final()), day => new RecordTribunalDay(TribunalDayFor.Appeal, day, Drafted), Cases.Received, null),
        ["RecordTribunalDay.On"] = (() => Later(Final()), day => new RecordTribunalDay(TribunalDayFor.Appeal, Drafted.AddDays(40), day), Cases.Received, null),
        ["RefuseReassessment.AskedOn"] = (() => Later(Final()), day => new RefuseReassessment(day, "Needs have not changed."), Drafted.AddDays(20), null),
        ["RecordReassessmentRequest.On"] = (() => Later(Final()), day => new RecordReassessmentRequest(day, RecipientRole.Family), Drafted.AddDays(20), null),
        ["RecordRecommendation.ReceivedOn"] = (() => Later(Final().On(Drafted.AddDays(30)).Do(new NoteAppeal(AppealStep.Registered, Drafted.AddDays(25)))), day => new RecordRecommendation(day, "The ICB", "Therapy."), Drafted.AddDays(25), null),
        ["RecordAct.On"] = (() => Later(Final()), day => new RecordAct(Act.AmendmentFinished, day, "Kept."), Cases.Received, null),
        ["ArrangeReview.MeetingOn"] = (() => Later(Final()), day => new ArrangeReview(day, ReviewArranger.School, Reviewed.Everyone), Drafted.AddDays(20), null),
        ["RecordReviewInvitations.On"] = (() => Later(Reviewed.Arranged(Final())), day => new RecordReviewInvitations(day), Drafted.AddDays(20), null),
        ["RecordReviewPapers.On"] = (() => Later(Reviewed.Arranged(Final())), day => new RecordReviewPapers(day, "Advice."), Drafted.AddDays(20), null),
        ["RecordReviewMeeting.On"] = (() => Later(Reviewed.Arranged(Final())), day => new RecordReviewMeeting(day, "All.", [], [], "Content.", "Content."), Drafted.AddDays(20), null),
        ["RecordReviewReport.SentOn"] = (() => Later(Reviewed.Held(Reviewed.Arranged(Final(), daysAfterPlan: 0, daysAhead: 20))), day => new RecordReviewReport(day, ReviewChoice.Keep, "Kept."), Drafted.AddDays(40), null),
        ["ConsiderCeasing.AnswerBy"] = (() => Later(Final()), day => new ConsiderCeasing(CeasingReason.Other, "Over.", day), Drafted.AddDays(20), null),
        ["RecordCeasingView.On"] = (() => Later(Final().Do(new ConsiderCeasing(CeasingReason.Other, "Over.", Drafted.AddDays(60)))), day => new RecordCeasingView(RecipientRole.Family, day, "We agree."), Drafted.AddDays(20), null),
        ["RecordPlanCeased.On"] = (() => Later(Final()), day => new RecordPlanCeased(day, Died: true), Drafted.AddDays(20), null),
        ["CorrectRecord.WasOn"] = (() => Later(Decided()), day => new CorrectRecord(MistakenRecord.Consultation, day, "A slip.", Cases.Received), null, null),
        ["CorrectRecord.On"] = (() => Later(Decided()), day => new CorrectRecord(MistakenRecord.Consultation, Cases.Received.AddDays(10), "A slip.", day), Cases.Received, null),
        ["CorrectRecord.On:of a detention"] = (() => Later(Detained.From(Life.Assessing())), day => new CorrectRecord(MistakenRecord.Detention, Cases.Received, "A slip.", day, "start"), Cases.Facts.Child.DateOfBirth, Cases.Received),
        ["CorrectRecord.On:of a withdrawal"] = (() => Later(Later(Life.Assessing()).Do(new WithdrawRequest(Cases.Received.AddDays(70), "We manage."))), day => new CorrectRecord(MistakenRecord.Withdrawal, Cases.Received.AddDays(70), "A slip.", day), Cases.Received, null),
        ["CorrectRecord.On:of a sending"] = (() => Later(Decided().Do(new RecordNoticeSent("willAssess-family", Cases.Received.AddDays(10), NoticeChannel.ByHand))), day => new CorrectRecord(MistakenRecord.NoticeSent, Cases.Received.AddDays(10), "A slip.", day, "willAssess-family"), Cases.Received.AddDays(10), null),
        ["PauseChasing.Until"] = (() => Life.Assessing(), day => new PauseChasing(day, "Holidays."), null, null),
        ["RecordPlanCosts.From"] = (() => Later(Final()), day => new RecordPlanCosts(day, Lines: [new LineCost(Provision(Final().State), 100)]), Cases.Received, null),
        ["RecordSchoolPlace.From"] = (() => Life.Assessing(), day => new RecordSchoolPlace(At, day), Cases.Facts.Child.DateOfBirth, null),
        ["RecordSchoolPlace.To"] = (() => Life.Assessing(), day => new RecordSchoolPlace(At, Cases.Received, day), Cases.Received, null),
        ["NamePlacement.From"] = (() => Life.Consulting(), day => new NamePlacement("Special school", From: day), Cases.Received, null),
        ["AnswerTransferPreference.On"] = (() => Later(Final().Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Drafted.AddDays(300))).Do(new AskTransferPreference(Drafted.AddDays(40)))), day => new AnswerTransferPreference(day, "The school by the river."), Drafted.AddDays(20), null),
        ["AskTransferPreference.AnswerBy"] = (() => Later(Final().Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Drafted.AddDays(300)))), day => new AskTransferPreference(day), Drafted.AddDays(20), null),
        ["NotifyOfTransfer.ReviewBy"] = (() => Taken.Over(new(2026, 3, 2), Taken.Transferred), day => new NotifyOfTransfer(false, day), new(2026, 3, 2), null),
        ["DecideOnBudgetLine.AskedOn"] = (() => Later(Final()), day => new DecideOnBudgetLine(Budgeted.Line, false, day, "No."), Cases.Received, null),
        ["DecideOnBudgetLine.From"] = (() => Later(Final()), day => Budgeted.Agreement(Drafted.AddDays(20), day), Drafted.AddDays(20), null),
        ["ChangeBudgetLine.From"] = (() => Budgeted.Paid(Later(Final()), Drafted.AddDays(90)), day => new ChangeBudgetLine(Budgeted.Line, 5000, day, "More."), Drafted.AddDays(90), null),
        ["AnswerBudgetReview.AskedOn"] = (() => Later(Later(Final()).Do(new DecideOnBudgetLine(Budgeted.Line, false, Drafted, "No."))), day => new AnswerBudgetReview(Budgeted.Line, day, "We need it.", true, "No."), Drafted.AddDays(90), null),
        ["AskForBudgetLine.On"] = (() => Later(Final()), day => new AskForBudgetLine(day, "A helper of our own."), Cases.Received, null),
        ["AskForBudgetReview.On"] = (() => Later(Later(Final()).Do(new DecideOnBudgetLine(Budgeted.Line, false, Drafted, "No."))), day => new AskForBudgetReview(Budgeted.Line, day, "We need it."), Drafted.AddDays(90), null),
        ["RecordPaymentReview.On"] = (() => Later(Budgeted.Paid(Later(Final()), Drafted.AddDays(90))), day => new RecordPaymentReview(day, "Nothing changes."), Drafted.AddDays(90), null),
        ["RecordIcbChange.ChangedOn"] = (() => Later(Final()), day => new RecordIcbChange(Cases.Hospital, day, Drafted), Drafted.AddDays(20), null),
        ["RecordIcbChange.BecameAwareOn"] = (() => Later(Final()), day => new RecordIcbChange(Cases.Hospital, Drafted.AddDays(40), day), Cases.Facts.Child.DateOfBirth, null),
        ["RecordIcbRequest.On"] = (() => Later(IcbChanged()), day => new RecordIcbRequest(IcbStatement.Cannot, day, Drafted.AddDays(10), "None."), Drafted.AddDays(20), null),
        ["RecordIcbRequest.BecameAwareOn"] = (() => Later(IcbChanged()), day => new RecordIcbRequest(IcbStatement.Cannot, Drafted.AddDays(60), day, "None."), Cases.Facts.Child.DateOfBirth, Drafted.AddDays(60)),
        ["RecordDetention.DetainedOn"] = (() => Life.Assessing(), day => Detained.Step(day, Cases.Received), Cases.Facts.Child.DateOfBirth, Cases.Received),
        ["RecordDetention.BecameAwareOn"] = (() => Later(Life.Assessing()), day => Detained.Step(Cases.Received.AddDays(20), day), Cases.Received.AddDays(20), null),
        ["RecordDetention.ExpectedRelease"] = (() => Life.Assessing(), day => Detained.Step(Cases.Received) with { ExpectedRelease = day }, Cases.Received, null),
        ["RecordDetentionMove.On"] = (() => Later(Detained.From(Life.Assessing())), day => new RecordDetentionMove(Detained.OtherAccommodation, day), Cases.Received, null),
        ["RecordDetentionMove.ExpectedRelease"] = (() => Later(Detained.From(Life.Assessing())), day => new RecordDetentionMove(Detained.OtherAccommodation, Cases.Received.AddDays(20), ExpectedRelease: day), Cases.Received.AddDays(20), null),
        ["RecordRelease.On"] = (() => Later(Detained.From(Life.Assessing())), day => new RecordRelease(day), Cases.Received, null),
        ["RecordPhaseTransfer.On"] = (() => Later(Final()), day => new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, day), Cases.Received, null),
        ["RecordPhaseTransfer.PreferenceAskedOn"] = (() => Later(Final()), day => new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Drafted.AddDays(90), day), Cases.Received, null),
        ["RecordPerson.Person.ElectronicServiceAgreedOn"] = (() => Life.Assessing(), day => new RecordPerson(new FamilyPerson { Id = "p2", Name = "Jo", Role = PersonRole.Parent, Email = "jo@example.org", ElectronicServiceAgreedOn = day }), null, null),
        ["RecordPerson.Person.ConsentOn"] = (() => Life.Assessing(), day => new RecordPerson(new FamilyPerson { Id = "p2", Name = "Jo", Role = PersonRole.Supporter, ConsentOn = day }), null, null),
        ["IssueFamilyLink.ExpiresOn"] = (() => Life.Assessing(), day => new IssueFamilyLink("l1", day), null, null),
    };

    /// <summary>Seventy days on, so that only the fact in question bounds the day.</summary>
    private static string Provision(AssessmentState state) => state.NewestPlan!.Section(PlanSectionLetter.F).Lines[0].Id;

    private static Life Later(Life life) => life.On(life.Today.AddDays(70));

    private static Life IcbChanged()
    {
        var life = Final();
        return life.On(Drafted.AddDays(40)).Do(new RecordIcbChange(Cases.Hospital, Drafted.AddDays(40), Drafted.AddDays(40)));
    }

    private static Life Unsent() => Life.Assessing(effect => effect is SendAdviceRequest ? EffectOutcome.NoChannel : EffectOutcome.Done);

    private static Life Decided()
    {
        var life = Life.Opened(ByPost).On(Cases.Received.AddDays(10));
        return life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(true, "May be necessary."));
    }

    private static Life Refused()
    {
        var life = Life.Opened().On(Cases.Received.AddDays(10));
        return life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(false, "Not necessary."));
    }

    private static Life Acknowledged()
    {
        var life = Life.Assessing().On(Cases.Received.AddDays(5));
        return life.Do(new AcknowledgeAdviceRequest("medical-1", Cases.Received.AddDays(4)), Cases.As(Cases.Hospital));
    }

    private static Life Excepted()
    {
        var life = Life.Assessing(ByPost).On(Cases.Received.AddDays(20));
        return life.Do(new ClaimException("e1", Ground.ExceptionalCircumstances, Cases.Received.AddDays(10), Cases.Received.AddDays(15), "Letter", "Away"));
    }

    private static Life Posted()
    {
        var life = Life.Consulting(ByPost).On(Drafted.AddDays(5));
        return life.Do(new RecordNoticeSent("draftPlan-1-family", Drafted, NoticeChannel.Post));
    }

    private static Life CameBack() => Posted().Do(new RecordNoticeOutcome("draftPlan-1-family", NoticeOutcome.Returned, Drafted.AddDays(5), "Gone away."));

    private static Life Served()
    {
        var life = Life.Consulting(ByPost).On(Drafted.AddDays(3));
        return life.Do(new RecordNoticeSent("draftPlan-1-family", Drafted, NoticeChannel.ByHand, Drafted.AddDays(3)));
    }

    private static Life Final(OpeningFacts? facts = null)
    {
        var life = Life.Consulting(facts);
        if (facts is not null)
        {
            life.Do(new RecordNoticeSent("draftPlan-1-family", Drafted, NoticeChannel.ByHand));
        }

        return life.Do(new NamePlacement("Special school")).On(Drafted.AddDays(20)).Do(new FinalisePlan("Officer One"));
    }

    private static Actor By(AssessmentInput input) => StepCatalogue.Of(input).Senders.Contains(ActorRole.CouncilOfficer) ? Cases.Officer : Actor.TheHub;

    /// <summary>Paths of all days that an input may give, however deep.</summary>
    private static IEnumerable<string> DaysIn(Type type, string path = "", int depth = 0)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var of = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            of = of.IsGenericType && of.GetGenericArguments() is [var element] ? element : of;
            if (of == typeof(DateOnly) || of == typeof(DateTimeOffset) || of == typeof(DateTime))
            {
                yield return path + property.Name;
            }
            else if (depth < 6 && of.IsClass && of.Assembly.GetName().Name!.StartsWith("IntegrationHub", StringComparison.Ordinal))
            {
                foreach (var day in DaysIn(of, $"{path}{property.Name}.", depth + 1))
                {
                    yield return day;
                }
            }
        }
    }
}
