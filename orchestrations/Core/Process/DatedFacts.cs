namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The recorded facts against which the dates of inputs are checked. The day of a fact is null until the fact is recorded. If a
/// step requires a fact to be on record, the step checks this itself.
/// </summary>
internal static class DatedFacts
{
    internal const string TheRequest = "the day on which the request was received";

    internal static DatedFact Request(AssessmentState s) => new(s.Facts?.ReceivedOn, TheRequest);

    internal static DatedFact Birth(AssessmentState s) => Birth(s.Facts);

    internal static DatedFact Birth(OpeningFacts? facts) => new(facts?.Child.DateOfBirth, "the child's date of birth");

    /// <summary>The decision or preparation that a notice is about, before which it cannot be sent.</summary>
    internal static DatedFact Reason(AssessmentState s, Notice? notice) => notice?.Kind switch
    {
        null => default,
        NoticeKind.AssessmentConsidered or NoticeKind.RequestAcknowledged => Request(s),
        NoticeKind.DraftPlan => new(notice.PlannedOn ?? Prepared(s, notice.PlanVersion), "the day on which the draft plan was prepared"),
        NoticeKind.FinalPlan => new(notice.PlannedOn ?? Prepared(s, notice.PlanVersion), "the day on which the final plan was prepared"),
        NoticeKind.ExceptionApplies => new(
            notice.PlannedOn ?? s.Exceptions.FirstOrDefault(e => e.Id == notice.ExceptionId)?.ClaimedOn, "the day on which the exception was claimed"),
        NoticeKind.NoPlan => new(notice.PlannedOn ?? s.PlanDecision?.On, "the day of the decision that the notice is about"),
        NoticeKind.WillAssess or NoticeKind.WillNotAssess => new(notice.PlannedOn ?? s.AssessDecision?.On, "the day of the decision that the notice is about"),
        _ => new(notice.PlannedOn, "the day on which the notice became due"),
    };

    /// <summary>The last failure or return of a notice, after which it can be sent again.</summary>
    internal static DatedFact LastSetback(AssessmentState s, string noticeId) =>
        new(s.Notices.FirstOrDefault(n => n.Id == noticeId)?.Setbacks is { Count: > 0 } setbacks ? setbacks[^1].On : null, "the day on which the notice last failed or was returned");

    /// <summary>The first draft. Institutions can be consulted, and meetings requested, only from the first draft on.</summary>
    internal static DatedFact FirstDraft(AssessmentState s) => new(s.Plans.Count > 0 ? s.Plans[0].PreparedOn : null, "the day on which the draft plan was prepared");

    /// <summary>The newest draft, which is the draft that the ICB agrees to.</summary>
    internal static DatedFact NewestDraft(AssessmentState s) =>
        new(Amendments.Open(s)?.ProposedOn ?? (s.Plans.Count > 0 ? s.Plans[^1].PreparedOn : null), "the day on which the newest draft was prepared");

    /// <summary>
    /// The earliest day on which the family could have received a draft. A draft that was posted may have arrived before the day on which
    /// the law treats it as served.
    /// </summary>
    internal static DatedFact DraftWithFamily(AssessmentState s, int? version)
    {
        var notice = Amendments.Answerable(s) is { } proposal
            ? Amendments.ProposalNoticesToFamily(s, proposal).LastOrDefault()
            : s.Notices.FirstOrDefault(n => n.Kind == NoticeKind.DraftPlan && (version is null || n.PlanVersion == version));
        return notice is { Channel: NoticeChannel.Post }
            ? new(notice.SentOn, $"the day on which {Words.Of(notice.Kind)} was posted to the family")
            : new(notice?.ServedOn, $"the day on which {Words.Of(notice?.Kind ?? NoticeKind.DraftPlan)} was served on the family");
    }

    /// <summary>The day on which the last recipient was sent the final plan; a review is possible only after it.</summary>
    internal static DatedFact PlanSent(AssessmentState s) => new(s.FinalPlanSentOn, "the day on which the last recipient was sent the final plan");

    internal static DatedFact PreferenceAsked(AssessmentState s, string? person) =>
        new(PhaseTransfers.PreferenceLetterFor(s, person)?.SentOn, "the day on which this person was sent the letter asking for a preference");

    /// <summary>The last release from detention; a new detention can begin only after it.</summary>
    internal static DatedFact Released(AssessmentState s) => new(s.Detentions.Count > 0 ? s.Detentions[^1].ReleasedOn : null, "the day of the last release");

    internal static DatedFact TakenOver(AssessmentState s) => new(s.TakenOver?.On, "the day on which the plan was taken over");

    /// <summary>The completion of the previous review; the next review can begin only after it.</summary>
    internal static DatedFact ReviewBefore(AssessmentState s) =>
        s.Reviews.LastOrDefault(r => Reviews.NotifiedOn(s, r) is not null) is { } before && Reviews.NotifiedOn(s, before) is { } day
            ? new(day.AddDays(1), "the day after the previous review was completed")
            : s.TakenOver is { Plan.LastReviewedOn: { } past } ? new(past.AddDays(1), "the day after the last review before the plan was taken over")
            : PlanSent(s);

    /// <summary>The completion of the review before the last one. No date in the last review can be earlier than this, whether or not the
    /// last review is complete.</summary>
    internal static DatedFact ReviewBeforeLast(AssessmentState s) => ReviewBefore(s.Reviews.Count == 0 ? s : s with { Reviews = [.. s.Reviews.SkipLast(1)] });

    internal static DatedFact ReviewHeld(AssessmentState s) => new(Reviews.Current(s)?.HeldOn, "the day on which the review meeting was held");

    internal static DatedFact PlanDecision(AssessmentState s) => new(s.PlanDecision?.On, "the day of the decision to issue a plan");

    internal static DatedFact Asked(AssessmentState s, string requestId) =>
        new(s.Requests.FirstOrDefault(r => r.Id == requestId)?.RequestedOn, "the day on which the advice was asked for");

    internal static DatedFact WithBody(AssessmentState s, string requestId) =>
        new(s.Requests.FirstOrDefault(r => r.Id == requestId)?.ReceivedByBodyOn, "the day on which the body received the request");

    internal static DatedFact Appealable(AssessmentState s) =>
        new(s.Facts is null ? null : ClockFacts.Of(s).FirstAppealableNoticeSent, "the day on which the family was sent the decision that it disputes");

    /// <summary>The step of mediation that a given step must follow; the first steps follow the disputed decision.</summary>
    internal static DatedFact Before(AssessmentState s, MediationStep step) => step switch
    {
        MediationStep.HealthIssuesPassed => Step(s, "the day on which the health issues were raised", MediationStep.HealthIssuesRaised),
        MediationStep.NotArranged or MediationStep.Ended or MediationStep.Agreed => Step(s, "the day on which the family asked for mediation", MediationStep.Wanted),
        MediationStep.CertificateIssued => Step(
            s, "the day of the step that the certificate follows", MediationStep.AdviserContacted, MediationStep.NotWanted, MediationStep.NotArranged, MediationStep.Ended),
        MediationStep.CarriedOut => Step(s, "the day of the agreement", MediationStep.Agreed),
        _ => default,
    };

    internal static DatedFact Refusal(AssessmentState s) =>
        new(s.Stage == Stage.NoPlan ? s.PlanDecision?.On : s.AssessDecision?.On, "the day of the refusal");

    internal static DatedFact Registered(AssessmentState s, int? appeal = null) => new(
        appeal is null ? s.Appeal.FirstOrDefault(a => a.Step == AppealStep.Registered)?.On : Appeals.All(s).FirstOrDefault(one => one.Number == appeal)?.On, "the day on which the appeal was registered");

    /// <summary>The day of the earliest act in the case. A corrected day of receipt cannot be later than the earliest act.</summary>
    internal static DatedFact FirstDone(AssessmentState s)
    {
        DateOnly? first = null;
        Note(s.ConsultedOn);
        Note(s.AssessDecision?.On);
        Note(s.EndedOn);
        foreach (var notice in s.Notices)
        {
            Note(notice.SentOn);
        }

        foreach (var evidence in s.FamilyEvidence)
        {
            Note(evidence.ReceivedOn);
        }

        foreach (var panel in s.Panels)
        {
            Note(panel.On);
        }

        // An earlier system can have asked for advice before the decision to assess.
        foreach (var request in s.Requests)
        {
            Note(request.RequestedOn);
        }

        return new(first, "the first action taken on the request");

        void Note(DateOnly? day) => first = day is null || first < day ? first : day;
    }

    private static DateOnly? Prepared(AssessmentState s, int? version) => s.Plans.FirstOrDefault(p => p.Version == version)?.PreparedOn;

    private static DatedFact Step(AssessmentState s, string what, params ReadOnlySpan<MediationStep> steps)
    {
        DateOnly? first = null;
        foreach (var noted in s.Mediation)
        {
            first = steps.Contains(noted.Step) && !(first < noted.On) ? noted.On : first;
        }

        return new(first, what);
    }
}
