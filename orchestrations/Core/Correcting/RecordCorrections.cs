using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The record that was a mistake.</summary>
public enum MistakenRecord
{
    /// <summary>The day on which the family was consulted.</summary>
    Consultation,

    /// <summary>The day on which a notice was sent. The day of service changes by as many days as the day of sending.</summary>
    NoticeSent,

    /// <summary>The day on which a notice was served.</summary>
    NoticeServed,

    /// <summary>The day on which a request for advice reached the adviser.</summary>
    RequestReceived,

    /// <summary>The day on which an institution was consulted.</summary>
    InstitutionConsulted,

    /// <summary>The day on which an institution answered.</summary>
    InstitutionAnswered,

    /// <summary>The day of the meeting on the draft.</summary>
    MeetingHeld,

    /// <summary>A missed appointment.</summary>
    MissedAppointment,

    /// <summary>A step of mediation.</summary>
    Mediation,

    /// <summary>A step of an appeal.</summary>
    Appeal,

    /// <summary>A date that the Tribunal set.</summary>
    TribunalDay,

    /// <summary>A recommendation of the Tribunal.</summary>
    Recommendation,

    /// <summary>An act that was recorded as done.</summary>
    Act,

    /// <summary>The move of a family to another council's area.</summary>
    Move,

    /// <summary>The day on which a request to re-assess was received.</summary>
    ReassessmentRequest,

    /// <summary>A day of the last review: the invitations, papers, meeting or report.</summary>
    Review,

    /// <summary>The withdrawal of the request.</summary>
    Withdrawal,

    /// <summary>The first day without the plan.</summary>
    Ceasing,

    /// <summary>A detention: start, aware, move or release.</summary>
    Detention,

    /// <summary>The first day at a place of education.</summary>
    SchoolPlace,
}

/// <summary>Corrects mistaken records. One table lists, for each kind of record, how a correction changes the state.</summary>
internal static class RecordCorrections
{
    /// <summary>
    /// Whether a record of this kind can be corrected by stating that the event did not happen. Events of the other kinds must have
    /// happened on some day, because later steps of the case depend on them.
    /// </summary>
    internal static bool CanBeUntrue(MistakenRecord record, string? which) => record is MistakenRecord.MissedAppointment or MistakenRecord.Mediation or MistakenRecord.Appeal
        or MistakenRecord.TribunalDay or MistakenRecord.Recommendation or MistakenRecord.Act or MistakenRecord.ReassessmentRequest or MistakenRecord.SchoolPlace
        or MistakenRecord.Withdrawal or MistakenRecord.Ceasing
        || (record == MistakenRecord.Move && which is null)
        || (record == MistakenRecord.Detention && DetentionCorrections.CanBeUntrue(which));

    /// <summary>Whether the event can be planned, so that its true day can be in the future.</summary>
    internal static bool CanBeAhead(AssessmentState state, MistakenRecord record, string? which) =>
        record is MistakenRecord.TribunalDay or MistakenRecord.SchoolPlace || (record == MistakenRecord.Move && which is null && state.Stage == Stage.PlanIssued);

    /// <summary>The kind of record, as text.</summary>
    internal static string Of(MistakenRecord record, string? which = null) => record switch
    {
        MistakenRecord.Consultation => "the consultation of the family",
        MistakenRecord.NoticeSent => "the sending of a notice",
        MistakenRecord.NoticeServed => "the service of a notice",
        MistakenRecord.RequestReceived => "the arrival of a request for advice",
        MistakenRecord.InstitutionConsulted => "the consultation of an institution",
        MistakenRecord.InstitutionAnswered => "the answer of an institution",
        MistakenRecord.MeetingHeld => "the meeting with the family",
        MistakenRecord.MissedAppointment => "a missed appointment",
        MistakenRecord.Mediation => "a step of mediation",
        MistakenRecord.Appeal => "a step of the appeal",
        MistakenRecord.TribunalDay => "a day that the Tribunal set",
        MistakenRecord.Recommendation => "a recommendation of the Tribunal",
        MistakenRecord.Move => which == RecordCorrected.Aware ? "the council's first knowledge of the move" : "the move of the family",
        MistakenRecord.ReassessmentRequest => "the arrival of a request to re-assess",
        MistakenRecord.Review => "a step of the last review",
        MistakenRecord.Withdrawal => "the withdrawal of the request",
        MistakenRecord.Ceasing => "the first day without the plan",
        MistakenRecord.Detention => DetentionCorrections.Of(which),
        MistakenRecord.SchoolPlace => "the first day at a place of education",
        _ => "a recorded action",
    };

    /// <summary>A sentence, without its full stop, which says that an event did not happen.</summary>
    internal static string Untrue(MistakenRecord record, string? which, DateOnly was, int? number = null) => record switch
    {
        MistakenRecord.Withdrawal => $"the request was not withdrawn on {Words.Day(was, true)}",
        MistakenRecord.Ceasing => $"the plan did not cease on {Words.Day(was, true)}",
        MistakenRecord.Detention => DetentionCorrections.Untrue(which, was),
        _ when IsTransfer(record, which) => $"the plan was not transferred on {Words.Day(was, true)}",
        MistakenRecord.SchoolPlace => $"a place of education that was recorded from {Words.Day(was, true)} was removed, because the record was a mistake",
        _ => $"{Named(record, which, number)} of {Words.Day(was, true)} did not happen",
    };

    /// <summary>Whether the record is the transfer of the plan to another council.</summary>
    internal static bool IsTransfer(MistakenRecord record, string? which) => record == MistakenRecord.Act && IsAbout(Act.PlanHandedOn, which);

    /// <summary>The kind of record, with the number of the record if there are several.</summary>
    internal static string Named(MistakenRecord record, string? which, int? number) =>
        number is null ? Of(record, which) : FormattableString.Invariant($"{Of(record, which)} (number {number} on that day)");

    /// <summary>The state after the correction, or the unchanged state if there was no such record.</summary>
    internal static AssessmentState After(AssessmentState s, RecordCorrected e)
    {
        var on = e.On ?? default;
        if (e.Number is not (null or 1) && e.Record is MistakenRecord.Consultation or MistakenRecord.MeetingHeld or MistakenRecord.Move or MistakenRecord.ReassessmentRequest or MistakenRecord.Review
            or MistakenRecord.Withdrawal or MistakenRecord.Ceasing)
        {
            // A case has only one record of each of these kinds.
            return s;
        }

        return e.Record switch
        {
            MistakenRecord.Consultation => s.ConsultedOn == e.WasOn ? s with { ConsultedOn = on } : s,
            MistakenRecord.NoticeSent => Each(e, s, s.Notices, n => n.Id == e.Which && n.SentOn == e.WasOn, n => n with { SentOn = on, ServedOn = Later(n.ServedOn, e.WasOn, on) }, (state, all) => AfterSending(state with { Notices = all }, e)),
            MistakenRecord.NoticeServed => Each(e, s, s.Notices, n => n.Id == e.Which && n.ServedOn == e.WasOn && n.SentOn <= on, n => n with { ServedOn = on }, (state, all) => state with { Notices = all }),
            MistakenRecord.RequestReceived => Each(e, s, s.Requests, r => r.Id == e.Which && r.ReceivedByBodyOn == e.WasOn && r.RequestedOn <= on, r => r with { ReceivedByBodyOn = on }, (state, all) => state with { Requests = all }),
            MistakenRecord.MissedAppointment => Each(
                e, s, s.Requests, r => r.Id == e.Which && r.MissedAppointments.Contains(e.WasOn),
                r => r with { MissedAppointments = Moved(r.MissedAppointments, e.WasOn, e.On) }, (state, all) => state with { Requests = all }),
            MistakenRecord.InstitutionConsulted => Each(e, s, s.Institutions, i => i.Institution.Id.Value == e.Which && i.On == e.WasOn && !(i.AnsweredOn < on), i => i with { On = on }, (state, all) => state with { Institutions = all }),
            MistakenRecord.InstitutionAnswered => Each(e, s, s.Institutions, i => i.Institution.Id.Value == e.Which && i.AnsweredOn == e.WasOn && i.On <= on, i => i with { AnsweredOn = on }, (state, all) => state with { Institutions = all }),
            MistakenRecord.MeetingHeld => s.MeetingHeldOn == e.WasOn ? s with { MeetingHeldOn = on } : s,
            MistakenRecord.Mediation => Changed(e, s, s.Mediation, m => IsAbout(m.Step, e.Which) && m.On == e.WasOn, (m, day) => m with { On = day }, (state, all) => state with { Mediation = all }),
            MistakenRecord.Appeal => Changed(e, s, e.On is null ? Appeals.WithNumbers(s) : s.Appeal, a => IsAbout(a.Step, e.Which) && a.On == e.WasOn, (a, day) => a with { On = day }, (state, all) => state with { Appeal = all }),
            MistakenRecord.TribunalDay => Changed(e, s, s.TribunalDays, t => IsAbout(t.For, e.Which) && t.Day == e.WasOn, (t, day) => t with { Day = day }, (state, all) => state with { TribunalDays = all }),
            MistakenRecord.Recommendation => Changed(e, s, s.Recommendations, r => r.ReceivedOn == e.WasOn, (r, day) => r with { ReceivedOn = day }, (state, all) => state with { Recommendations = all }),
            MistakenRecord.Move when s.Stage == Stage.Moved => e.Which == RecordCorrected.Aware ? s : EndCorrections.WithEnd(s, e),
            MistakenRecord.Move => EndCorrections.WithMove(s, e),
            MistakenRecord.Withdrawal => s.Stage == Stage.Withdrawn ? EndCorrections.WithEnd(s, e) : s,
            MistakenRecord.Ceasing => EndCorrections.WithCeasing(s, e),
            MistakenRecord.Detention when e.On is null => DetentionCorrections.Without(s, e),
            MistakenRecord.Detention => Each(e, s, s.Detentions, one => DetentionCorrections.DayOf(one, e.Which) == e.WasOn, one => DetentionCorrections.With(one, e.Which, on), (state, all) => state with { Detentions = all }),
            MistakenRecord.SchoolPlace => Changed(e, s, s.SchoolPlaces, one => one.From == e.WasOn, (one, day) => one with { From = day }, (state, all) => state with { SchoolPlaces = all }),
            MistakenRecord.ReassessmentRequest => Reassessments.WithRequest(s, e.WasOn, e.On),
            MistakenRecord.Review => Reviews.Current(s) is { } review && OfReview(review, e.Which, e.WasOn, on) is { } right ? s with { Reviews = [.. s.Reviews.SkipLast(1), right] } : s,
            _ => Changed(e, s, s.Acts, a => IsAct(a, e), (a, day) => a with { On = day }, (state, all) => state with { Acts = all, IcbChange = Recounted(state, e) }),
        };
    }

    // The report and the decision come after the meeting.
    private static PlanReview? OfReview(PlanReview review, string? which, DateOnly was, DateOnly on) => which switch
    {
        "invitations" when review.InvitedOn == was => review with { InvitedOn = on },
        "papers" when review.PapersSentOn == was => review with { PapersSentOn = on },
        "meeting" when review.HeldOn == was && !(review.ReportSentOn < on) && !(review.DecidedOn < on) => review with { HeldOn = on },
        "report" when review.ReportSentOn == was && review.HeldOn <= on => review with { ReportSentOn = on },
        _ => null,
    };

    private static bool IsAbout<T>(T step, string? about)
        where T : struct, Enum => Enum.TryParse<T>(about, ignoreCase: true, out var said) && EqualityComparer<T>.Default.Equals(said, step);

    private static bool IsAct(RecordedAct act, RecordCorrected e) => IsAbout(act.Act, e.Which) && act.On == e.WasOn;

    // The hub skips the first ActsBefore acts when it looks for the act by which the former ICB notified the change, so ActsBefore must
    // not count an act that did not happen.
    private static IcbChange? Recounted(AssessmentState s, RecordCorrected e) => s.IcbChange is { } change && e.On is null
        ? change with { ActsBefore = change.ActsBefore - e.Named(Enumerable.Range(0, s.Acts.Count).Where(n => IsAct(s.Acts[n], e))).Count(n => n < change.ActsBefore) }
        : s.IcbChange;

    private static DateOnly? Later(DateOnly? served, DateOnly was, DateOnly on) => served?.AddDays(on.DayNumber - was.DayNumber);

    // The 20-week limit is met on the day on which the last of the three notices was sent.
    private static AssessmentState AfterSending(AssessmentState s, RecordCorrected e) =>
        s.FinalPlanSentOn is not null && s.Notices.Any(n => n.Id == e.Which && n.Kind == NoticeKind.FinalPlan)
            ? s with { FinalPlanSentOn = s.Notices.Where(n => n.Kind == NoticeKind.FinalPlan).Max(n => n.SentOn) }
            : s;

    private static AssessmentState Each<T>(
        RecordCorrected e, AssessmentState s, IReadOnlyList<T> items, Func<T, bool> which, Func<T, T> change, Func<AssessmentState, T[], AssessmentState> with)
    {
        var named = e.Named(Enumerable.Range(0, items.Count).Where(n => which(items[n])));
        return named.Count > 0 ? with(s, [.. items.Select((item, n) => named.Contains(n) ? change(item) : item)]) : s;
    }

    private static AssessmentState Changed<T>(
        RecordCorrected e, AssessmentState s, IReadOnlyList<T> items, Func<T, bool> which, Func<T, DateOnly, T> move, Func<AssessmentState, T[], AssessmentState> with)
    {
        if (e.On is { } day)
        {
            return Each(e, s, items, which, item => move(item, day), with);
        }

        var named = e.Named(Enumerable.Range(0, items.Count).Where(n => which(items[n])));
        return named.Count > 0 ? with(s, [.. items.Where((_, n) => !named.Contains(n))]) : s;
    }

    private static DateOnly[] Moved(IReadOnlyList<DateOnly> days, DateOnly was, DateOnly? on) => on is { } day
        ? [.. days.Select(one => one == was ? day : one)]
        : [.. days.Where(one => one != was)];
}
