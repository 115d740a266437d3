using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Council;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>Who is told of which type of event: every type is named for every audience, and a type that is not named is told to nobody.</summary>
public sealed class TimelineAudienceTests
{
    /// <summary>Every type of event, and who reads of it: c the council, a the agency concerned, f the family, o operations; - not.</summary>
    private static readonly Dictionary<Type, string> Table = new()
    {
        [typeof(AssessmentOpened)] = "c-fo",
        [typeof(FamilyConsulted)] = "c-fo",
        [typeof(NoticePlanned)] = "c--o",
        [typeof(NoticeSent)] = "c-fo",
        [typeof(NoticeDelivered)] = "c-fo",
        [typeof(NoticeNotGiven)] = "c-fo",
        [typeof(NoticeEnded)] = "c--o",
        [typeof(CaseOfficerAssigned)] = "c-fo",
        [typeof(KeyWorkerAssigned)] = "c-fo",
        [typeof(DocumentRecorded)] = "c---",
        [typeof(NoteRecorded)] = "c---",
        [typeof(PanelConsidered)] = "c---",
        [typeof(CaseRestricted)] = "c---",
        [typeof(RestrictionLifted)] = "c---",
        [typeof(FactsCorrected)] = "c-fo",
        [typeof(AdviserNamed)] = "c--o",
        [typeof(AssessmentAgreed)] = "c-fo",
        [typeof(AssessmentRefused)] = "c-fo",
        [typeof(AdviceRequested)] = "cafo",
        [typeof(AdviceRequestMoved)] = "cafo",
        [typeof(AdviceReceived)] = "cafo",
        [typeof(AdviceCorrected)] = "ca-o",
        [typeof(AdviceRetracted)] = "ca-o",
        [typeof(AdviceRequestReported)] = "ca-o",
        [typeof(AdviceRequestPassedOn)] = "ca-o",
        [typeof(AnswerLinksRevoked)] = "ca-o",
        [typeof(AdviceReturned)] = "cafo",
        [typeof(AdviserWished)] = "c-fo",
        [typeof(AdviserWishAnswered)] = "c-fo",
        [typeof(ExistingAdviceProposed)] = "cafo",
        [typeof(ExistingAdviceJudged)] = "cafo",
        [typeof(ExistingAdviceReliedOn)] = "cafo",
        [typeof(AppointmentMissed)] = "cafo",
        [typeof(ChaseStepTaken)] = "ca-o",
        [typeof(ExceptionClaimed)] = "c-fo",
        [typeof(ExceptionEnded)] = "c-fo",
        [typeof(DelayExplained)] = "c-fo",
        [typeof(DutyChased)] = "c--o",
        [typeof(LimitMissed)] = "c-fo",
        [typeof(PlanAgreed)] = "c-fo",
        [typeof(PlanRefused)] = "c-fo",
        [typeof(PlanEdited)] = "c--o",
        [typeof(PlanFindingAccepted)] = "c--o",
        [typeof(PlanPrepared)] = "c--o",
        [typeof(PlanKept)] = "c--o",
        [typeof(PlanRead)] = "ca-o",
        [typeof(RepresentationsReceived)] = "c-fo",
        [typeof(MeetingAskedFor)] = "c-fo",
        [typeof(MeetingHeld)] = "c-fo",
        [typeof(SchoolListShared)] = "c-f-",
        [typeof(InstitutionConsulted)] = "cafo",
        [typeof(InstitutionAnswered)] = "ca-o",
        [typeof(IcbAnswered)] = "c--o",
        [typeof(PersonalBudgetAskedFor)] = "c-fo",
        [typeof(PersonalBudgetSettled)] = "c-fo",
        [typeof(PlacementNamed)] = "c--o",
        [typeof(FinalPlanSent)] = "c-fo",
        [typeof(RequestWithdrawn)] = "c-fo",
        [typeof(MovedToAnotherCouncil)] = "c-fo",
        [typeof(MediationNoted)] = "c-fo",
        [typeof(AppealNoted)] = "c-fo",
        [typeof(RefusalReversed)] = "c-fo",
        [typeof(DecisionReopened)] = "c-fo",
        [typeof(TribunalDaySet)] = "c-fo",
        [typeof(RecommendationReceived)] = "c-fo",
        [typeof(ActRecorded)] = "c-fo",
        [typeof(DecidedOnPlan)] = "c-fo",
        [typeof(ReassessmentAsked)] = "c-fo",
        [typeof(ReassessmentAgreed)] = "c-fo",
        [typeof(ReassessmentRefused)] = "c-fo",
        [typeof(ReassessmentAdviceBegun)] = "c-fo",
        [typeof(ReassessmentAdviceEnded)] = "c-fo",
        [typeof(TransferPreferenceAsked)] = "c-fo",
        [typeof(TransferPreferenceAnswered)] = "c-fo",
        [typeof(SettledAfterTransfer)] = "c-fo",
        [typeof(BudgetDecided)] = "c-fo",
        [typeof(PlanBudgetAskedFor)] = "c-fo",
        [typeof(PaymentsReviewed)] = "c-fo",
        [typeof(IcbChanged)] = "c-fo",
        [typeof(DetentionRecorded)] = "c-f-",
        [typeof(DetentionMoved)] = "c-f-",
        [typeof(Released)] = "c-f-",
        [typeof(IcbStatementReceived)] = "c-fo",
        [typeof(IcbRequestCarriedOut)] = "c-fo",
        [typeof(PlanTakenOver)] = "c-fo",
        [typeof(AssessmentTakenOver)] = "c-fo",
        [typeof(PastReviewRecorded)] = "c-fo",
        [typeof(PlanTextEntered)] = "c--o",
        [typeof(ReviewArranged)] = "c-fo",
        [typeof(ReviewInvitationsSent)] = "c-fo",
        [typeof(ReviewPapersSent)] = "c-fo",
        [typeof(PlanReviewMeetingHeld)] = "c-fo",
        [typeof(ReviewReportSent)] = "c-fo",
        [typeof(DecidedAfterReview)] = "c-fo",
        [typeof(AmendmentsProposed)] = "c-fo",
        [typeof(AmendmentEnded)] = "c-fo",
        [typeof(NoticePlanSet)] = "c--o",
        [typeof(CeasingConsidered)] = "c-fo",
        [typeof(CeasingViewReceived)] = "c-fo",
        [typeof(DecidedOnCeasing)] = "c-fo",
        [typeof(PlanCeased)] = "c-fo",
        [typeof(PhaseTransferRecorded)] = "c-fo",
        [typeof(TransferPlanMade)] = "c--o",
        [typeof(SendingNotArrived)] = "c--o",
        [typeof(RecordCorrected)] = "c--o",
        [typeof(AttentionRequested)] = "c--o",
        [typeof(AttentionResolved)] = "c--o",
        [typeof(EffectFailed)] = "c--o",
        [typeof(EffectRetried)] = "c--o",
        [typeof(EffectAbandoned)] = "c--o",
        [typeof(RemindedByHand)] = "ca-o",
        [typeof(RequestSentAgain)] = "ca-o",
        [typeof(RequestNotSent)] = "cafo",
        [typeof(ChaseNotSent)] = "ca-o",
        [typeof(RequestSentByOtherMeans)] = "cafo",
        [typeof(ChasingPaused)] = "c--o",
        [typeof(ChasingResumed)] = "c--o",
        [typeof(FamilyLinkIssued)] = "c-fo",
        [typeof(FamilyLinkRevoked)] = "c-fo",
        [typeof(PersonRecorded)] = "c---",
        [typeof(PersonEnded)] = "c---",
        [typeof(ChildFactsRecorded)] = "c---",
        [typeof(SchoolPlaceRecorded)] = "c---",
        [typeof(PlanCostsRecorded)] = "c---",
        [typeof(PlanTermsRecorded)] = "c---",
        [typeof(EarlierReturnTaken)] = "c---",
        [typeof(LetterLinkRevoked)] = "c-fo",
        [typeof(FamilyEvidenceReceived)] = "c-fo",
        [typeof(PushedAssessmentSettled)] = "c--o",
    };

    private static readonly (char Letter, Audience Audience)[] Audiences =
        [('c', Audience.Council), ('a', Audience.Agency), ('f', Audience.Family), ('o', Audience.Operations)];

    public static TheoryData<string> Types => [.. EventTypes.Select(type => type.Name)];

    /// <summary>All there are, named for storing or not.</summary>
    private static IEnumerable<Type> EventTypes =>
        typeof(AssessmentEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AssessmentEvent)));

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_of_event_is_shown_to_those_and_hidden_from_those(string name)
    {
        var type = EventTypes.Single(one => one.Name == name);
        Assert.True(Table.ContainsKey(type), $"{name}: say in this table, and in the fact itself, who reads of it.");

        var told = string.Concat(Audiences.Select(one => StepCatalogue.Fact(type)!.Told.HasFlag(one.Audience) ? one.Letter : '-'));

        Assert.Equal(Table[type], told);
    }

    [Theory]
    [InlineData(CaseVisibility.Council)]
    [InlineData(CaseVisibility.Agency)]
    [InlineData(CaseVisibility.Family)]
    [InlineData(CaseVisibility.Operations)]
    [InlineData(CaseVisibility.None)]
    public void A_type_that_nobody_named_is_told_to_nobody(CaseVisibility visibility)
    {
        var lines = Timeline.Lines([Recorded(new Invented()), Recorded(new MeetingHeld(new DateOnly(2026, 6, 1)))], visibility, HubUnderTest.Asked);

        Assert.DoesNotContain(lines, line => line.Sequence == 1 && line.Text.Contains(nameof(Invented), StringComparison.Ordinal));
        Assert.Equal(visibility is CaseVisibility.Agency or CaseVisibility.None ? 0 : 1, lines.Count);
    }

    [Theory]
    [InlineData(MistakenRecord.Appeal, "c--o")]
    [InlineData(MistakenRecord.Withdrawal, "c-fo")]
    [InlineData(MistakenRecord.Move, "c-fo")]
    [InlineData(MistakenRecord.Ceasing, "c-fo")]
    [InlineData(MistakenRecord.Detention, "c-f-")]
    [InlineData(MistakenRecord.SchoolPlace, "c---")]
    [InlineData(MistakenRecord.Act, "c-fo", "planHandedOn")]
    [InlineData(MistakenRecord.Act, "c--o", "remedyCarriedOut")]
    public void Whoever_was_told_a_wrong_day_is_told_the_true_day_and_nobody_else_is(MistakenRecord record, string told, string which = "start")
    {
        var corrected = Recorded(new RecordCorrected(record, new(2026, 7, 1), "A slip.", new(2026, 7, 2), which));
        Assert.Equal(told, Readers(corrected));

        foreach (var task in new[] { "wrong-day", "untrue" }.Select(mistake => $"{mistake}-{record.ToString().ToLowerInvariant()}"))
        {
            var asked = record == MistakenRecord.Detention ? "c---" : "c--o";
            Assert.Equal(asked, Readers(Recorded(new AttentionRequested(new Attention(task, "Write.", new(2026, 7, 3))))));
            Assert.Equal(asked, Readers(Recorded(new AttentionResolved(task, "Written."))));
        }

        static string Readers(RecordedEvent happened) => string.Concat(new[] { (CaseVisibility.Council, 'c'), (CaseVisibility.Agency, 'a'), (CaseVisibility.Family, 'f'), (CaseVisibility.Operations, 'o') }
            .Select(one => Timeline.Lines([happened], one.Item1, HubUnderTest.Asked).Count > 0 ? one.Item2 : '-'));
    }

    [Fact]
    public void What_concerns_no_agency_is_told_to_none_and_what_concerns_one_to_that_one()
    {
        var request = new AdviceRequest
        {
            Id = "medical-1",
            Kind = AdviceKind.Medical,
            LegalBasis = "reg 6(1)(c)",
            Duty = AnswerDuty.Section31Body,
            Agency = new Agency { Id = HubUnderTest.Asked, Name = "Example NHS Trust" },
            RequestedOn = new DateOnly(2026, 6, 1),
        };
        var views = request with { Id = "familyViews-1", Kind = AdviceKind.FamilyViews, Agency = null };
        RecordedEvent[] events = [Recorded(new AdviceRequested(request)), Recorded(new AdviceRequested(views))];

        Assert.Single(Timeline.Lines(events, CaseVisibility.Agency, HubUnderTest.Asked));
        Assert.Empty(Timeline.Lines(events, CaseVisibility.Agency, HubUnderTest.NotAsked));
        Assert.Empty(Timeline.Lines(events, CaseVisibility.Agency, null));
    }

    private static RecordedEvent Recorded(AssessmentEvent happened) =>
        new() { Sequence = 1, At = new DateTimeOffset(2026, 7, 14, 9, 0, 0, TimeSpan.Zero), By = Actor.TheHub, What = happened };

    private sealed record Invented : AssessmentEvent
    {
        public override string Describe(TimelineContext context) => nameof(Invented);
    }
}
