using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>
/// Turns three numbers into an input: sometimes sensible for the state it meets, sometimes not. Every kind of input is reached, with ids
/// that exist and ids that do not, days in and out of order, texts empty and full.
/// </summary>
internal static class Walk
{
    internal const int Kinds = 43;

    private static readonly Agency[] Agencies = [Cases.Hospital, Cases.School, Cases.SocialCare, Cases.Psychology, Cases.Therapist, Cases.Icb, Cases.OtherSchool];

    internal static AssessmentInput Input(AssessmentState s, DateOnly today, int kind, int pick, int twist)
    {
        var day = today.AddDays((twist % 7) - 3);
        var text = twist % 11 == 0 ? "" : $"Text {pick}.";
        var agency = Agencies[pick % Agencies.Length];
        var request = Pick(s.Requests.Select(r => r.Id), pick, "medical-1");
        var adviceKind = (AdviceKind)(pick % 7);
        return (twist % 3 == 0 ? kind % Kinds : Sensible(s, kind)) switch
        {
            0 when twist % 4 == 1 => Underway(day, pick, twist, text),
            0 => new OpenAssessment(Facts(day, pick, twist)),
            1 => new RecordConsultation(day, text),
            2 => new RecordNoticeSent(Pick(s.Notices.Where(n => n.SentOn is null).Select(n => n.Id), pick, "finalPlan-9-family"), day, (NoticeChannel)(twist % 4), twist % 2 == 0 ? null : day.AddDays(pick % 5)),
            3 => new AssignCaseOfficer(text),
            4 => new AssignKeyWorker(text, "SENDIASS"),
            5 => new CorrectFacts(text, twist % 3 == 0 ? day : null, SettingKind: twist % 5 == 0 ? SettingKind.None : null),
            6 => new NameAdviser(adviceKind, agency),
            7 or 8 => new DecideWhetherToAssess(twist % 5 != 0, text),
            9 => new RequestAdvice(adviceKind, agency, text, twist % 3 == 0 ? request : null),
            10 => new AskForAdviser($"w{pick % 3}", agency, text),
            11 => new AnswerAdviserWish($"w{pick % 3}", twist % 2 == 0, text),
            12 => new AcknowledgeAdviceRequest(request, twist % 2 == 0 ? day : null),
            13 => twist % 2 == 0 ? new AcceptAdviceRequest(request) : new RecordRequestSent(request, day, text, twist % 4 == 1 ? day.AddDays(pick % 3) : null),
            14 => new DeclineAdviceRequest(request, text),
            15 or 16 or 17 or 18 => new SubmitAdvice(Pick(s.Requests.Where(r => r.IsOpen).Select(r => r.Id), pick, request), Content(day, pick, twist)),
            19 => new ReturnAdvice(Pick(s.Advice.Select(a => a.Id), pick, "medical-1.1"), text),
            20 => new WithdrawAdviceRequest(request, text),
            21 => new ProposeExistingAdvice($"x{pick % 2}", adviceKind, agency, Content(day, pick, twist)),
            22 or 23 => new AgreeExistingAdvice($"x{pick % 2}", (AgreeingParty)(twist % 3), twist % 13 != 0),
            24 => new RecordMissedAppointment(request, day),
            25 => new ClaimException($"e{pick % 4}", (Ground)(twist % 8), day.AddDays(-(pick % 60)), day, text, "Impractical."),
            26 => new EndException($"e{pick % 4}", text, twist % 2 == 0 ? day : null),
            27 => new RecordDelayReason(text),
            28 or 29 => new DecideWhetherToIssuePlan(twist % 6 != 0, text, twist % 2 == 0 ? [.. s.Requests.Where(r => r.IsOpen).Select(r => r.Id)] : null, text),
            30 => new EditPlan($"d{pick % 6}", text, (PlanEditCause)(twist % 4), Pick(Lines(s), pick, "nothing"), null, $"Words {twist} twice a week for 30 minutes.", Remove: twist % 9 == 0),
            31 or 32 => new PrepareDraft(),
            33 => new RecordRepresentations(s.Plans.Count, day, text, twist % 2 == 0 ? agency : null),
            34 => twist % 2 == 0 ? new AskForMeeting(day) : new RecordMeetingHeld(day),
            35 => twist % 2 == 0 ? new ConsultInstitution(agency, day) : new RecordInstitutionAnswer(agency.Id, day, true, text),
            36 => new RecordIcbAgreement(twist % 4 != 0, text, day, text),
            37 => twist % 2 == 0 ? new AskForPersonalBudget(day) : new SettlePersonalBudget(twist % 3 == 0, day, text),
            38 => new NamePlacement("Mainstream school", twist % 2 == 0 ? agency : null, text),
            39 => new FinalisePlan(text),
            40 => (pick % 9) switch
            {
                0 => new WithdrawRequest(day, text),
                1 => new MoveToAnotherCouncil(Cases.Parse<Contracts.Identifiers.LocalAuthorityCode>("301"), day, day),
                2 => new ResolveAttention(Pick(s.Attention.Select(a => a.Id), pick, "none"), text),
                3 => new AcceptPlanFinding("vague-words", text),
                4 => (twist % 3) switch
                {
                    0 => new RecordDetention(agency, day, day.AddDays(pick % 3), Cases.YouthOffendingTeam, Cases.Commissioner),
                    1 => new RecordDetentionMove(agency, day),
                    _ => new RecordRelease(day),
                },
                _ => new NoteMediation((MediationStep)(pick % 10), day, pick % 2 == 0 ? (Remedy)(twist % 9) : null),
            },
            41 => new NoteAppeal((AppealStep)(pick % 5), day, twist % 2 == 0 ? (Remedy)(pick % 11) : null, Another: twist % 7 == 0 ? true : null, Appeal: twist % 5 == 0 ? 1 + (pick % 3) : null),
            _ => (pick % 7) switch
            {
                0 => new ReverseRefusal(day, text),
                1 => new RecordTribunalDay((TribunalDayFor)(twist % 2), day.AddDays(pick % 40), day),
                2 => new RecordRecommendation(day, text, text),
                3 => new RecordAct((Act)(twist % 26), day, text, twist % 2 == 0 ? (Remedy)(pick % 11) : null),
                4 => new DecideOnPlan(twist % 2 == 0, text, "Not waited for."),
                5 => twist % 2 == 0
                    ? new RecordNotArrived(text, Pick(s.Notices.Select(n => n.Id), pick, "finalPlan-9-family"))
                    : new RecordNotArrived(text, RequestId: request),
                _ => Correction(s, day, text, pick, twist),
            },
        };
    }

    private static TakeOverAssessment Underway(DateOnly day, int pick, int twist, string text)
    {
        DateOnly? Then(int when) => (pick + when) % 5 == 0 ? null : day.AddDays(when - (pick % 40));
        var facts = Facts(day.AddDays(-(pick % 60)), pick, twist);
        var decided = pick % 3 == 0 ? null : Then(-5);
        return new(facts, text, Then(-20), null, Then(-25), decided, null, decided is null ? null : decided.Value.AddDays(pick % 3), decided is null ? null : [.. Agencies.Take(pick % 6).Select((agency, n) => new RequestUnderWay(
            n == 0 ? AdviceKind.FamilyViews : (AdviceKind)((pick + n) % 7), decided.Value.AddDays(1), n == 0 ? null : agency, null, n % 2 == 0 ? decided.Value.AddDays(2) : null, n % 3 == 1 ? decided.Value.AddDays(3 + n) : null))]);
    }

    private static CorrectRecord Correction(AssessmentState s, DateOnly day, string text, int pick, int twist)
    {
        var notice = s.Notices.Where(n => n.SentOn is not null).Skip(pick % 5).FirstOrDefault();
        var appeal = s.Appeal.LastOrDefault();
        return (twist % 5) switch
        {
            0 => new CorrectRecord(MistakenRecord.NoticeSent, notice?.SentOn ?? day, text, day, notice?.Id),
            1 => new CorrectRecord(MistakenRecord.Appeal, appeal?.On ?? day, text, pick % 2 == 0 ? day : null, appeal?.Step.ToString(), twist % 3 == 0 ? 1 + (pick % 2) : null),
            2 => new CorrectRecord(MistakenRecord.Consultation, s.ConsultedOn ?? day, text, day),
            3 when s.Detentions.LastOrDefault() is { } last => pick % 2 == 0
                ? new CorrectRecord(MistakenRecord.Detention, last.From, text, null, "start")
                : new CorrectRecord(MistakenRecord.Detention, last.ReleasedOn ?? day, text, null, "release"),
            3 => new CorrectRecord(s.Stage == Stage.Moved ? MistakenRecord.Move : MistakenRecord.Withdrawal, s.EndedOn ?? day, text),
            _ => new CorrectRecord((MistakenRecord)(pick % 20), day, text, day.AddDays(-1), s.Requests.FirstOrDefault()?.Id),
        };
    }

    /// <summary>What people mostly do at a stage, so that walks get somewhere.</summary>
    private static int Sensible(AssessmentState s, int kind)
    {
        int[] kinds = s.Stage switch
        {
            _ when s.Facts is null => [0],
            Stage.Considering => [1, 7, 7, 8, 10, 21, 22, 6, 3, 2, 25],
            Stage.Assessing => [15, 16, 17, 18, 15, 16, 17, 12, 13, 14, 9, 11, 19, 24, 25, 28, 29, 28, 2, 23],
            Stage.Drafting => [31, 32, 31, 30, 26, 37],
            Stage.Consulting => [33, 35, 35, 38, 38, 39, 39, 36, 34, 31, 2, 30],
            Stage.Finalising => [2],
            Stage.RefusedToAssess or Stage.NoPlan => [41, 41, 42, 40, 2],
            _ => [40, 41, 42, 2],
        };
        return kinds[kind % kinds.Length];
    }

    internal static Actor By(AssessmentInput input, AssessmentState s, int pick, int twist)
    {
        var asked = input switch
        {
            SubmitAdvice i => s.Requests.FirstOrDefault(r => r.Id == i.RequestId)?.Agency,
            AcknowledgeAdviceRequest i => s.Requests.FirstOrDefault(r => r.Id == i.RequestId)?.Agency,
            _ => null,
        };
        return (twist % 10) switch
        {
            0 => Cases.Family,
            1 => Cases.As(Agencies[pick % Agencies.Length]),
            2 when asked is not null => Cases.As(asked),
            _ => Cases.Officer,
        };
    }

    private static OpeningFacts Facts(DateOnly day, int pick, int twist) => Cases.Facts with
    {
        ReceivedOn = day,
        Route = twist % 4 == 0 ? (RequestRoute)(pick % 5) : RequestRoute.Parent,
        Child = Cases.Facts.Child with { DateOfBirth = day.AddMonths(-(20 + (pick % 150))) },
        Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = twist % 3 == 0 ? null : day },
        SensoryImpairment = (SensoryImpairment)(pick % 4),
        ParentServesInArmedForces = twist % 8 == 0,
    };

    private static AdviceContent Content(DateOnly day, int pick, int twist) => twist % 10 == 0
        ? Cases.Content(day) with { Views = [], Needs = [], Outcomes = [], Provision = [], Attachments = [new AttachmentRef($"t{pick}", "report.pdf", "application/pdf", 1000, new string('a', 64))] }
        : Cases.Content(day.AddDays(-3), $"matter {pick}");

    private static IEnumerable<string> Lines(AssessmentState s) => s.Advice.SelectMany(a => a.Content.Provision.Select(p => $"{a.Id}/{p.Id}"));

    private static string Pick(IEnumerable<string> ids, int pick, string otherwise)
    {
        var all = ids.ToList();
        return all.Count == 0 || pick % 17 == 0 ? otherwise : all[pick % all.Count];
    }
}
