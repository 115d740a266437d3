using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Council;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>Every event has its line, in plain English, without the child and without anybody's own words.</summary>
public sealed partial class TimelineTests
{
    private const string Words = "words-of-a-person";
    private static readonly DateOnly Day = new(2026, 7, 14);
    private static readonly AssessmentId Id = AssessmentId.For(HubUnderTest.Own, "a");
    private static readonly Agency Trust = new() { Id = HubUnderTest.Asked, Name = "Example NHS Trust" };
    private static readonly AdviceContent Content = new() { Author = Words, AuthorRole = Words, WrittenOn = Day };

    private static readonly (AssessmentEvent Event, string Line)[] Lines =
    [
        (new AssessmentOpened(Id, Facts()), "Assessment opened: the child's parent asked for an assessment on 14 July 2026."),
        (new FamilyConsulted(Day, Words), "The family was consulted on 14 July 2026."),
        (new NoticePlanned(Notice()), "Notice to the family (the draft plan, version 2) is due."),
        (new NoticeDelivered("draftPlan-2-family", Day, Words), "Notice draftPlan-2-family was delivered on 14 July 2026."),
        (new NoticeNotGiven("draftPlan-2-family", Day, true, Words), "Notice draftPlan-2-family was returned on 14 July 2026 and must be sent again."),
        (new NoticeEnded("draftPlan-2-family", Day, "draftPlan-2-family-2"), "Notice draftPlan-2-family has not been due since 14 July 2026."),
        (new NoticeSent("draftPlan-2-family", Day, Day.AddDays(2), NoticeChannel.Post), "Notice draftPlan-2-family was sent by post on 14 July 2026 and is treated as served on 16 July 2026."),
        (new CaseOfficerAssigned(Words, null), "A case officer was assigned."),
        (new KeyWorkerAssigned(Words, null, Words), "Another key worker took over."),
        (new DocumentRecorded(new CaseDocument("d", Words, new DateOnly(2026, 6, 1), new AttachmentRef(Words, Words, Words, 1, Words), Words)), "A document that was received on 1 June 2026 was added to the case."),
        (new PanelConsidered(new PanelMeeting(new DateOnly(2026, 6, 8), [Words], Words, Words)), "A panel considered the case on 8 June 2026."),
        (new NoteRecorded(new CaseNote("n", CaseNoteKind.CallReceived, new DateOnly(2026, 6, 3), Words, Words, Words)), "A telephone call received of 3 June 2026 was recorded."),
        (new CaseRestricted([Words, "b"], Words), "The case was restricted to 2 people at the council."),
        (new RestrictionLifted(Words), "The restriction of the case was lifted."),
        (new FactsCorrected(Facts(), Words), "Facts about the case were corrected."),
        (new AdviserNamed(AdviceKind.Medical, Trust), "Example NHS Trust will be asked for medical advice."),
        (new AssessmentAgreed(Day, Words), "The council decided on 14 July 2026 to assess."),
        (new AssessmentRefused(Day, Words), "The council decided on 14 July 2026 not to assess."),
        (new AdviceRequested(Request(), Words, null), "Medical advice from Example NHS Trust was asked for on 14 July 2026 (reg 6(1)(c))."),
        (new AdviceRequestMoved("medical-1", RequestStatus.Declined, Day, Words, null), "Request medical-1: the request was declined on 14 July 2026, with its reason."),
        (new AdviceReceived(Received()), "Medical advice from Example NHS Trust was received on 14 July 2026."),
        (new AdviceReturned("medical-1.1", Day, Words), "Advice medical-1.1 was returned as insufficient on 14 July 2026."),
        (new AdviceCorrected("medical-1.1", "medical-1.2", Day, Words), "Advice medical-1.1 was corrected by its author on 14 July 2026; both texts are stored."),
        (new AdviceRetracted("medical-1.1", Day, Words), "Advice medical-1.1 was withdrawn by its author on 14 July 2026 and is no longer used; its text is stored."),
        (new AdviceRequestReported("medical-1", AdviserReport.OnHold, Day, Words), "Request medical-1: work was paused on 14 July 2026. The time limit still runs."),
        (new AdviceRequestPassedOn("medical-1", new Colleague("colleague-1", "Robin Example", "robin@example.org", Day)), "Request medical-1: the adviser passed the request on to a colleague on 14 July 2026."),
        (new AnswerLinksRevoked("medical-1", Words), "Request medical-1: the links that open the page of this request were revoked."),
        (new AdviserWished("wish-1", Trust, Words), "The family asked that Example NHS Trust be asked for advice."),
        (new AdviserWishAnswered("wish-1", false, Words), "The council refused to ask for advice from adviser wish-1 and gave its reason."),
        (new ExistingAdviceProposed(Existing()), "Existing medical advice from Example NHS Trust was put forward."),
        (new ExistingAdviceJudged("existing-1", AgreeingParty.Family, true), "The family is satisfied that existing advice existing-1 is sufficient."),
        (new ExistingAdviceReliedOn("existing-1", Day), "Existing advice existing-1 is relied on from 14 July 2026; nobody is asked for it again (reg 6(4))."),
        (new AppointmentMissed("medical-1", Day), "An appointment for request medical-1 was missed on 14 July 2026."),
        (new ChaseStepTaken("medical-1", "remind-overdue", Day, "contributor", true), "The contributor was reminded that request medical-1 is due on this day, 14 July 2026."),
        (new ExceptionClaimed(Exception()), "An exception was claimed from 14 July 2026 to 1 September 2026: school closed for four weeks or more. The last days of limits do not change."),
        (new ExceptionEnded("e-1", Words), "The exception (exception e-1) was withdrawn."),
        (new DelayExplained(Day, Words), "A delay was explained on 14 July 2026; no exception is claimed for it."),
        (new DutyChased("orderFinalPlan@2026-07-13", "duty-overdue-officer", Day.AddDays(-1), "case officer", true), "The case officer was told that \"Tribunal order: send the finalised plan\" was due on 13 July 2026."),
        (new LimitMissed("finalPlan@2026-07-14", Day, []), "The limit for the final plan (20 weeks) was not met by its last day, 14 July 2026."),
        (new PlanAgreed(Day, Words, ["medical-1"], Words), "The council decided on 14 July 2026 to issue a plan, without waiting for all advice."),
        (new PlanRefused(Day, Words), "The council decided on 14 July 2026 that no plan is necessary."),
        (new PlanEdited(new PlanEdit { EditId = "e", LineId = "l", NewText = Words, Reason = Words, By = Words, On = Day, Cause = PlanEditCause.Officer }), "A line of the plan was changed on 14 July 2026."),
        (new PlanFindingAccepted(new FindingAccepted("vague-words", null, Words, Words, Day)), "A finding on the plan was accepted on 14 July 2026 (vague-words)."),
        (new PlanPrepared(Plan(), "hash"), "Version 2 of the plan (draft) was prepared on 14 July 2026."),
        (new PlanKept(2, "where"), "Version 2 of the plan was stored."),
        (new PlanRead(2, "docx", new Actor { Role = ActorRole.Agency, Id = Words, Agency = Trust.Id }), "Version 2 of the plan was given to ods:RX1 to read (docx)."),
        (new RepresentationsReceived(2, Day, Words, Trust), "The family's representations on version 2 were received on 14 July 2026."),
        (new MeetingAskedFor(Day), "The family asked for a meeting on 14 July 2026."),
        (new MeetingHeld(Day), "The meeting with the family was held on 14 July 2026."),
        (new SchoolListShared(new SharedSchools([new ListedSchool(Trust, [Words], [Words], Words)], Day, Words)), "A list of 1 school was shared with the family on 14 July 2026."),
        (new InstitutionConsulted(Trust, Day), "Example NHS Trust was consulted on 14 July 2026."),
        (new InstitutionAnswered(Trust.Id, Day, false, Words), "ods:RX1 answered on 14 July 2026: it cannot meet the needs."),
        (new IcbAnswered(2, true, Words, Day, Words), "The ICB agreed to section G of version 2 on 14 July 2026."),
        (new PersonalBudgetAskedFor(Day), "The family asked for a personal budget on 14 July 2026."),
        (new PersonalBudgetSettled(new BudgetSettlement(false, Day, Words)), "The personal budget was refused on 14 July 2026."),
        (new PlacementNamed("Mainstream", Trust, Words), "Example NHS Trust was named as the placement."),
        (new FinalPlanSent(3, Day), "The final plan (version 3) has been sent to everybody who must have it. The last copy was sent on 14 July 2026."),
        (new RequestWithdrawn(Day, Words), "The family withdrew the request on 14 July 2026."),
        (new MovedToAnotherCouncil(HubUnderTest.Other, Day, Day), "The family moved on 14 July 2026; council 331 is responsible. This council became aware on 14 July 2026."),
        (new MediationNoted(MediationStep.Agreed, Day, Remedy.AmendContents, Day), "Mediation: an agreement was reached on 14 July 2026; the council must amend the contents of the plan, by 14 July 2026."),
        (new AppealNoted(AppealStep.Ordered, Day, Remedy.Assess, null), "Appeal: the Tribunal sent out an order on 14 July 2026; the council must assess."),
        (new RefusalReversed(Day, Words, false), "The council reversed its refusal to assess on 14 July 2026."),
        (new DecisionReopened(Day, Stage.Considering), "The decision whether to assess has been open again since 14 July 2026, because the Tribunal referred it back."),
        (new TribunalDaySet(TribunalDayFor.Response, Day, Day), "The Tribunal set 14 July 2026 for the council's response on 14 July 2026."),
        (new RecommendationReceived(Day, "the ICB", Words), "A recommendation of the Tribunal on health or social care was received on 14 July 2026."),
        (new ActRecorded(new RecordedAct(Act.RemedyCarriedOut, Day, Words, Remedy.ContinuePlan)), "The remedy was carried out (continue to maintain the plan) on 14 July 2026."),
        (new DecidedOnPlan(Day, true, Words), "The council decided on 14 July 2026 to amend the plan."),
        (new ReassessmentAsked(Day, RecipientRole.NamedInstitution, Words), "A request to re-assess was received from the named institution on 14 July 2026."),
        (new ReassessmentAgreed(Day, Day.AddDays(-10), Words), "The council decided on 14 July 2026 to re-assess, after a request on 4 July 2026."),
        (new ReassessmentRefused(Day, Day.AddDays(-10), Words), "The council decided on 14 July 2026 not to re-assess, after a request on 4 July 2026."),
        (new ReassessmentAdviceBegun(1, Day, Words), "The council asked for advice again on 14 July 2026, for re-assessment 1."),
        (new ReassessmentAdviceEnded(1, Day, Words), "No more advice has been accepted for re-assessment 1 since 14 July 2026."),
        (new AssessmentTakenOver(new TakenUnderWay(Day, Words, true)), "The assessment was taken over on 14 July 2026 from the council's earlier system. What happened before is recorded with its own day."),
        (new PlanTakenOver(Day, new TakenPlan { IssuedOn = Day.AddYears(-3), LastReviewedOn = Day.AddYears(-1), Source = Words }), "The plan that was issued on 14 July 2023 was taken over on 14 July 2026 from the council's earlier system. The last review of the plan was decided on 14 July 2025."),
        (new PastReviewRecorded(Day, Words), "Before the plan was taken over, its last review was decided on 14 July 2026."),
        (new PlanTextEntered(Plan() with { PreparedOn = Day }, Words, [], [Words], Words), "The text of the plan that was issued on 14 July 2026 was entered: 0 lines."),
        (new ReviewArranged(1, Day, ReviewArranger.School, [ReviewInvitee.Family], Words, Words), "The meeting of review 1 is arranged for 14 July 2026 and will be held by the school or setting."),
        (new ReviewInvitationsSent(1, Day), "Everyone was invited to the meeting of review 1 by 14 July 2026."),
        (new ReviewPapersSent(1, Day, Words), "The advice for the meeting of review 1 was sent by 14 July 2026."),
        (new PlanReviewMeetingHeld(1, Day, Words, [new OutcomeReviewed("o1", OutcomeStatus.OnTrack, Words)], [new ProvisionReviewed("p1", false, Words)], Words, Words, Words),
            "The meeting of review 1 was held on 14 July 2026: 1 of 1 outcomes met or on track, 1 of 1 lines of provision not delivered."),
        (new ReviewReportSent(1, Day, ReviewChoice.Amend, Words), "The report of review 1 was sent by 14 July 2026. The report recommends that the council should amend the plan."),
        (new DecidedAfterReview(1, Day, ReviewChoice.Keep, Words), "The council decided on 14 July 2026 after review 1 to keep the plan as it is."),
        (new AmendmentsProposed(new PlanAmendment { Number = 1, Notice = NoticeKind.AmendmentProposed, ProposedOn = Day, ProposedBy = Words, Reasons = Words, Proposal = Words, Changes = [new ProposedChange(Contracts.Plans.PlanSectionLetter.F, "l", Words, Words, Words)], Version = 3, Edits = 1, Basis = "b" }),
            "The council proposed on 14 July 2026 to amend the plan: 1 line would change."),
        (new AmendmentEnded(1, Day, AmendmentOutcome.NotAmended, Words), "The council decided on 14 July 2026 not to amend the plan after all."),
        (new NoticePlanSet("amendedPlan-1-family", 3), "Notice amendedPlan-1-family is sent with version 3 of the plan."),
        (new CeasingConsidered(1, Day, CeasingReason.HigherEducation, Words, Day.AddDays(21)), "The council has been considering ceasing the plan since 14 July 2026. The council has asked for views by 4 August 2026."),
        (new CeasingViewReceived(RecipientRole.Family, Day, Words), "The views of the family on ceasing the plan were received on 14 July 2026."),
        (new DecidedOnCeasing(Day, true, Words), "The council decided on 14 July 2026 to cease to maintain the plan."),
        (new PlanCeased(Day, CeasingReason.HigherEducation), "The plan has not been maintained since 14 July 2026."),
        (new TransferPreferenceAnswered(Day, Words, null, null, null, Day.AddDays(-1)), "The family's answer about which institution it prefers was received on 14 July 2026, late: the last day was 13 July 2026."),
        (new TransferPreferenceAsked(1, Day), "The family is asked by letter which institution it prefers. The last day for the answer is 14 July 2026."),
        (new BudgetDecided(new BudgetStep { Number = 1, Kind = BudgetStepKind.Changed, Line = Words, Provision = Words, On = Day, Text = Words, AnnualAmountPounds = 1200, From = Day }), "A line of the personal budget is £1,200 a year from 14 July 2026, as decided on 14 July 2026."),
        (new PlanBudgetAskedFor(new BudgetRequest { Number = 1, On = Day, Text = Words }), "The family asked for a personal budget for the plan on 14 July 2026."),
        (new PaymentsReviewed(Day, Words), "The direct payments were reviewed on 14 July 2026."),
        (new DetentionRecorded(1, Trust, Day, Day, Trust, Trust), "Detained at Example NHS Trust since 14 July 2026. The rules for detained people apply."),
        (new DetentionMoved(Trust, Day, null, null, Day.AddDays(40)), "Detained at Example NHS Trust since 14 July 2026, expected until 23 August 2026."),
        (new Released(1, Day), "Released from detention on 14 July 2026. The ordinary rules apply again."),
        (new IcbChanged(Trust with { Name = "Example ICB" }, Trust, Day, Day, false), "Example NHS Trust has been responsible in place of Example ICB since 14 July 2026."),
        (new IcbStatementReceived(IcbStatement.AsksToReview, Day, Day, Words), "The new ICB cannot arrange the health provision in the plan, and asked on 14 July 2026 for a review."),
        (new IcbRequestCarriedOut(Day), "The council complied on 14 July 2026 with what the new ICB asked for."),
        (new SettledAfterTransfer(Day, false, Day.AddDays(40)), "The council decided on 14 July 2026 that there will be no assessment after the transfer, and that the plan will be reviewed by 23 August 2026."),
        (new PhaseTransferRecorded(TransferOfPhase.PrimaryToSecondary, Day, Day, Words), "The transfer from primary to secondary school is planned for 14 July 2026. The family was asked on 14 July 2026 which institution it prefers."),
        (new TransferPlanMade(3), "Version 3 of the plan names the place after the phase transfer."),
        (new SendingNotArrived(Words, Day, Day, "draftPlan-1-family"), "Notice draftPlan-1-family was sent on 14 July 2026 and never arrived, so it is being sent again."),
        (new RecordCorrected(MistakenRecord.Appeal, Day, Words, null, "ordered"), "A record was corrected: a step of the appeal of 14 July 2026 did not happen."),
        (new AttentionRequested(new Attention("a", "Send the notice.", Day)), "To do: Send the notice."),
        (new AttentionResolved("a", Words), "Done: matter a"),
        (new EffectFailed(new FailedEffect("id", new SendAdviceRequest("medical-1", Trust.Id), EffectOutcome.Permanent, Words, Day)), "Sending the request for request medical-1 failed on 14 July 2026 and will not be tried again automatically."),
        (new EffectRetried("id", Words), "A failed action is being tried again on request."),
        (new EffectAbandoned("id", Words), "A failed action was given up and is not tried again."),
        (new RemindedByHand("medical-1", Day, Words), "Request medical-1: a reminder was sent manually on 14 July 2026."),
        (new RequestSentAgain("medical-1", Day, Words), "Request medical-1: the request was sent again manually on 14 July 2026. The time limit has not changed."),
        (new RequestNotSent("medical-1", Day), "Request medical-1: not sent on 14 July 2026, because no channel to the adviser is set up; the council sends it by other means."),
        (new ChaseNotSent("medical-1", "remind", Day), "Request medical-1: a reminder or an escalation fell due on 14 July 2026 but was not sent, because no channel to the adviser is set up."),
        (new RequestSentByOtherMeans("medical-1", Day, Words), "Request medical-1: the council sent the request by other means on 14 July 2026."),
        (new ChasingPaused(Day, Words), "Chasing was paused until the end of 14 July 2026."),
        (new ChasingResumed(Words), "Chasing was resumed."),
        (new FamilyLinkIssued("link-1", Day, Day.AddDays(1)), "The family was given a link to its page on 14 July 2026. The link works until 15 July 2026."),
        (new FamilyLinkRevoked("link-1", Words), "A link given to the family was revoked."),
        (new PersonRecorded(new FamilyPerson { Id = "p2", Name = "Jo Example", Role = PersonRole.Parent }), "A person around the child was recorded (p2)."),
        (new ChildFactsRecorded(new ChildFacts { Sex = Sex.Female, Ethnicity = "WBRI" }), "The facts that the SEN2 return asks for about the child were recorded."),
        (new PlanCostsRecorded(new PlanCosts(Day, null, [new LineCost("f1", 1)])), "The costs of the plan from 14 July 2026 were recorded."),
        (new SchoolPlaceRecorded(new AttendedPlace(new SchoolPlace { Rank = 1, Setting = SenSetting.Ehe }, Day)), "A place where the child is actually educated was recorded, from 14 July 2026."),
        (new PlanTermsRecorded(new PlanTerms { DirectPayment = "A" }), "The facts that the SEN2 return asks for about the plan were recorded."),
        (new EarlierReturnTaken(new EarlierReturn { Year = 2026, Request = new("H", null, false, false), Assessment = new("H", null, false, false) }), "Facts about the making of the plan were recorded from the SEN2 return of 2026."),
        (new PersonEnded("p2", Words), "A person around the child no longer takes part (p2)."),
        (new LetterLinkRevoked("unknown-1", Words), "Notice unknown-1: the link to the letter was revoked."),
        (new FamilyEvidenceReceived(new FamilyDocuments("e", FamilyEvidenceKind.Evidence, Day, [])), "Evidence from the family was received on 14 July 2026; everybody who is asked for advice is sent the documents (reg 6(3))."),
        (new PushedAssessmentSettled("1", UnsolicitedOutcome.Dismissed, Words, Actor.TheHub), "An officer found that an unsolicited assessment from an agency is not about this child."),
    ];

    [Fact]
    public void A_place_of_education_that_was_removed_is_told_as_removed() => Assert.Equal(
        "A record was corrected: a place of education that was recorded from 14 July 2026 was removed, because the record was a mistake.",
        new RecordCorrected(MistakenRecord.SchoolPlace, Day, Words).Describe(new TimelineContext()));

    [Theory]
    [InlineData(MistakenRecord.Withdrawal, null, "the withdrawal of the request was on 15 July 2026, not on 14 July 2026.")]
    [InlineData(MistakenRecord.Move, null, "the move of the family was on 15 July 2026, not on 14 July 2026.")]
    [InlineData(MistakenRecord.Move, "aware", "the council's first knowledge of the move was on 15 July 2026, not on 14 July 2026.")]
    [InlineData(MistakenRecord.Ceasing, null, "the first day without the plan was on 15 July 2026, not on 14 July 2026.")]
    [InlineData(MistakenRecord.Detention, "release", "the release from detention was on 15 July 2026, not on 14 July 2026.")]
    public void A_correction_gives_the_true_day_and_the_wrong_one(MistakenRecord record, string? which, string expected) =>
        Assert.Equal($"A record was corrected: {expected}", new RecordCorrected(record, Day, Words, Day.AddDays(1), which).Describe(new TimelineContext()));

    [Theory]
    [InlineData(MistakenRecord.Withdrawal, null, "the request was not withdrawn on 14 July 2026.")]
    [InlineData(MistakenRecord.Move, null, "the move of the family of 14 July 2026 did not happen.")]
    [InlineData(MistakenRecord.Ceasing, null, "the plan did not cease on 14 July 2026.")]
    [InlineData(MistakenRecord.Act, "planHandedOn", "the plan was not transferred on 14 July 2026.")]
    [InlineData(MistakenRecord.Act, "remedyCarriedOut", "a recorded action of 14 July 2026 did not happen.")]
    [InlineData(MistakenRecord.Detention, "start", "there was no detention from 14 July 2026.")]
    [InlineData(MistakenRecord.Detention, "release", "there was no release from detention on 14 July 2026.")]
    public void A_correction_says_what_did_not_happen(MistakenRecord record, string? which, string expected) =>
        Assert.Equal($"A record was corrected: {expected}", new RecordCorrected(record, Day, Words, null, which).Describe(new TimelineContext()));

    [Fact]
    public void Every_type_of_event_is_told()
    {
        var all = StepCatalogue.Facts.Select(fact => fact.Type);

        Assert.Equal(all.OrderBy(t => t.Name), Lines.Select(l => l.Event.GetType()).OrderBy(t => t.Name));
    }

    [Fact]
    public void Each_event_has_its_line_without_anybodys_own_words()
    {
        foreach (var (happened, line) in Lines)
        {
            var told = Timeline.Describe(Recorded(happened));

            Assert.Equal(line, told);
            Assert.DoesNotContain(Words, told, StringComparison.Ordinal);
            Assert.DoesNotMatch(IsoDay(), told);
        }
    }

    [Theory]
    [InlineData(AdviceKind.Medical, RequestStatus.Accepted, -3, "contributor", "The contributor was reminded that medical advice from Example NHS Trust is due on 17 July 2026, in 3 days.")]
    [InlineData(AdviceKind.Medical, RequestStatus.Accepted, 1, "contributor's manager", "The contributor's manager was told that medical advice from Example NHS Trust was due on 13 July 2026 and is 1 day late.")]
    [InlineData(AdviceKind.Medical, RequestStatus.Declined, -3, "case officer", "The case officer was told that medical advice from Example NHS Trust was declined, and nobody has been asked instead.")]
    [InlineData(AdviceKind.Medical, RequestStatus.ReturnedInsufficient, 9, "contributor", "The contributor was reminded that medical advice from Example NHS Trust was returned as insufficient and has not been sent again.")]
    [InlineData(AdviceKind.FamilyViews, RequestStatus.Delivered, -14, "contributor", "The family was reminded that the family's views are due on 28 July 2026, in 14 days.")]
    [InlineData(AdviceKind.FamilyViews, RequestStatus.Delivered, 2, "key worker", "The key worker was told that the family's views were due on 12 July 2026 and are 2 days late.")]
    public void A_step_of_the_ladder_says_who_heard_what_and_how_late_it_was(AdviceKind kind, RequestStatus status, int late, string role, string line)
    {
        var request = Request() with { Kind = kind, Agency = kind == AdviceKind.FamilyViews ? null : Trust };

        var lines = Timeline.ForOperations(
        [
            Recorded(new AdviceRequested(request, Words, null)),
            Recorded(new AdviceRequestMoved(request.Id, status, Day, Words, null)),
            Recorded(new ChaseStepTaken(request.Id, "any", Day.AddDays(-late), role, true)),
        ]);

        Assert.Equal(line, lines[^1].Text);
        Assert.StartsWith(kind == AdviceKind.FamilyViews ? "The family's views were asked for" : "Medical advice from Example NHS Trust was asked for", lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_status_of_a_request_every_ground_and_every_step_has_words()
    {
        AssessmentEvent[] all =
        [
            .. Enum.GetValues<RequestStatus>().Select(s => new AdviceRequestMoved("medical-1", s, Day, null, null)),
            .. Enum.GetValues<Ground>().Select(g => new ExceptionClaimed(Exception() with { Ground = g })),
            .. Enum.GetValues<MediationStep>().Select(s => new MediationNoted(s, Day, null, null)),
            .. Enum.GetValues<AppealStep>().Select(s => new AppealNoted(s, Day, null, null)),
            .. Enum.GetValues<Remedy>().Select(r => new AppealNoted(AppealStep.Ordered, Day, r, null)),
            .. Enum.GetValues<RequestRoute>().Select(r => new AssessmentOpened(Id, Facts() with { Route = r })),
            .. Enum.GetValues<NoticeChannel>().Select(c => new NoticeSent("n", Day, Day, c)),
            .. Enum.GetValues<AgreeingParty>().Select(p => new ExistingAdviceJudged("x", p, true)),
        ];

        var told = all.Select(e => Timeline.Describe(Recorded(e))).ToList();

        Assert.Equal(told.Count, told.Distinct().Count());
    }

    [Fact]
    public async Task A_timeline_names_what_ids_stand_for_and_gives_reasons_to_the_council_alone()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        await hub.SubmitAsync(id, new DeclineAdviceRequest("medical-1", Words), new Actor { Role = ActorRole.Agency, Id = "x", Agency = HubUnderTest.Asked });

        using var council = await hub.GetAsync($"/v1/cases/{id}/timeline", hub.Officer());
        using var family = await hub.GetAsync($"/v1/cases/{id}/timeline", hub.Family(id));

        var lines = JsonNode.Parse(await council.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray();
        var declined = Assert.Single(lines, l => ((string)l!["text"]!).Contains("declined on", StringComparison.Ordinal))!;
        Assert.Equal("Medical advice from Example Community NHS Trust: the request was declined on 10 June 2026, with its reason.", (string?)declined["text"]);
        Assert.Equal(Words, (string?)declined["note"]);
        Assert.Equal("ods:RX1", (string?)declined["by"]);
        Assert.DoesNotContain(Words, await family.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}")]
    private static partial Regex IsoDay();

    private static RecordedEvent Recorded(AssessmentEvent happened) => new() { Sequence = 1, At = new DateTimeOffset(2026, 7, 14, 9, 0, 0, TimeSpan.Zero), By = Actor.TheHub, What = happened };

    private static OpeningFacts Facts() => new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = Day,
        Child = Child(),
        Family = new FamilyContact { Name = Words, Relationship = Words },
        SettingKind = SettingKind.None,
        Icb = Trust,
    };

    private static Child Child() => new() { GivenName = Words, FamilyName = Words, DateOfBirth = Day };

    private static Notice Notice() => new() { Id = "draftPlan-2-family", Kind = NoticeKind.DraftPlan, To = RecipientRole.Family, PlanVersion = 2 };

    private static AdviceRequest Request() => new()
    {
        Id = "medical-1",
        Kind = AdviceKind.Medical,
        LegalBasis = "reg 6(1)(c)",
        Duty = AnswerDuty.Section31Body,
        Agency = Trust,
        RequestedOn = Day,
    };

    private static ReceivedAdvice Received() => new() { Id = "medical-1.1", Kind = AdviceKind.Medical, LegalBasis = "reg 6(1)(c)", Agency = Trust, ReceivedOn = Day, Content = Content };

    private static ExistingAdvice Existing() => new() { Id = "existing-1", Kind = AdviceKind.Medical, Agency = Trust, Content = Content };

    private static ClaimedException Exception() => new()
    {
        Id = "e-1",
        Ground = Ground.SchoolClosed,
        From = Day,
        To = new DateOnly(2026, 9, 1),
        Evidence = Words,
        WhyImpractical = Words,
        ClaimedOn = Day,
        ClaimedBy = Words,
    };

    private static PlanDocument Plan() => new()
    {
        Assessment = Id,
        Kind = PlanKind.Draft,
        Version = 2,
        PreparedOn = Day,
        PreparedBy = Words,
        Child = Child(),
        Sections = [.. Enum.GetValues<PlanSectionLetter>().Select(l => new PlanSection(l, []))],
    };
}
