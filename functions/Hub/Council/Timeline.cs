using System.Diagnostics;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Functions.Council.TimelineWords;

namespace IntegrationHub.Functions.Council;

/// <summary>One line of a timeline.</summary>
/// <param name="Sequence">Place of the event.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="Text">What happened, in plain English, without the child's details.</param>
/// <param name="By">Who caused it: a role or an agency.</param>
/// <param name="OnBehalfOf">On whose behalf.</param>
/// <param name="Note">Reasons in somebody's own words; for the council only.</param>
public sealed record TimelineEntry(long Sequence, DateTimeOffset At, string Text, string By, string? OnBehalfOf, string? Note);

/// <summary>The story of an assessment in plain English, from its events.</summary>
public static class Timeline
{
    /// <summary>One line for one event: no name of the child, no free text of a person, dates like "14 July 2026".</summary>
    public static string Describe(RecordedEvent recorded)
    {
        var names = new TimelineNames();
        names.Learn(recorded.What);
        return Describe(recorded, names);
    }

    /// <summary>The lines that those who run the hub may read: no reasons in anybody's own words.</summary>
    public static IReadOnlyList<TimelineEntry> ForOperations(IReadOnlyList<RecordedEvent> events) => Lines(events, Sight.Operations, null);

    /// <summary>The lines that a caller may read.</summary>
    internal static IReadOnlyList<TimelineEntry> Lines(IReadOnlyList<RecordedEvent> events, Sight sight, AgencyId? agency)
    {
        var names = new TimelineNames();
        var lines = new List<TimelineEntry>(events.Count);
        foreach (var recorded in events)
        {
            names.Learn(recorded.What);
            if (TimelineSight.Shows(recorded.What, sight, agency, names))
            {
                lines.Add(new TimelineEntry(
                    recorded.Sequence,
                    recorded.At,
                    Describe(recorded, names),
                    Who(recorded.By),
                    recorded.By.OnBehalfOf,
                    sight == Sight.Council ? NoteOf(recorded.What) : null));
            }
        }

        return lines;
    }

    private static string Describe(RecordedEvent recorded, TimelineNames names) => recorded.What switch
    {
        AssessmentOpened e => $"Assessment opened: {Of(e.Facts.Route)} on {Day(e.Facts.ReceivedOn)}.",
        FamilyConsulted e => $"The family was consulted on {Day(e.On)}.",
        NoticePlanned e => $"{TimelineNames.Of(e.Notice)} is due.",
        NoticeSent e => $"{names.OfNotice(e.NoticeId)} was sent {Of(e.Channel)} on {Day(e.SentOn)}{(e.ServedOn == e.SentOn ? "" : $" and counts as served on {Day(e.ServedOn)}")}.",
        CaseOfficerAssigned e => e.Before is null ? "A case officer was assigned." : "Another case officer took over.",
        KeyWorkerAssigned e => e.Before is null ? "A key worker was assigned." : "Another key worker took over.",
        FactsCorrected => "Facts told at the opening were corrected.",
        AdviserNamed e => $"{e.Agency.Name} will be asked for {Words.Of(e.Kind)}.",
        AssessmentAgreed e => $"The council decided on {Day(e.On)} to assess.",
        AssessmentRefused e => $"The council decided on {Day(e.On)} not to assess.",
        AdviceRequested e => $"{Capital(TimelineNames.Of(e.Request.Kind, e.Request.Agency?.Name))} {Was(e.Request.Kind)} asked for on {Day(e.Request.RequestedOn)} ({e.Request.LegalBasis}){(e.InPlaceOf is { } before ? $", in place of {names.OfRequest(before)}" : "")}.",
        AdviceRequestMoved e => Moved(e, names),
        AdviceReceived e => $"{Capital(TimelineNames.Of(e.Advice.Kind, e.Advice.Agency?.Name))} {Was(e.Advice.Kind)} received on {Day(e.Advice.ReceivedOn)}.",
        AdviceReturned e => $"{Capital(names.OfAdvice(e.AdviceId))} {(names.Advice(e.AdviceId) is { } returned ? Was(returned.Kind) : "was")} returned as insufficient on {Day(e.On)}.",
        AdviserWished e => $"The family asked that {e.Agency.Name} be asked for advice.",
        AdviserWishAnswered e => e.Ask ? $"The council agreed to ask {names.OfWish(e.WishId)}." : $"The council refused to ask {names.OfWish(e.WishId)}, with its reason.",
        ExistingAdviceProposed e => $"Existing {TimelineNames.Of(e.Advice.Kind, e.Advice.Agency.Name)} was put forward.",
        ExistingAdviceJudged e => $"{Capital(Of(e.Party))} {(e.Agrees ? "is" : "is not")} satisfied that existing {names.OfExisting(e.ExistingId)} is sufficient.",
        ExistingAdviceReliedOn e => $"Existing {names.OfExisting(e.ExistingId)} is relied on from {Day(e.On)}; nobody is asked again (reg 6(4)).",
        AppointmentMissed e => $"An appointment for {names.OfRequest(e.RequestId)} was missed on {Day(e.On)}.",
        ChaseStepTaken e => ChaseWords.Of(e, names, LondonDate.Of(recorded.At)),
        ExceptionClaimed e => $"An exception was claimed from {Day(e.Exception.From)} to {Day(e.Exception.To)}: {Of(e.Exception.Ground)}. No due day moves.",
        ExceptionEnded e => e.EndedOn is { } end ? $"The exception ({names.OfException(e.ExceptionId)}) ended on {Day(end)}." : $"The exception ({names.OfException(e.ExceptionId)}) was taken back.",
        DelayExplained e => $"A delay was explained on {Day(e.On)}; no exception is claimed for it.",
        LimitMissed e => $"The limit for {names.OfLimit(e.Limit)} passed unmet on {Day(e.Due)}{(e.RelievedBy.Count > 0 ? "; an exception relieves it" : "")}.",
        PlanAgreed e => $"The council decided on {Day(e.On)} to issue a plan{(e.Without.Count > 0 ? ", without waiting for all advice" : "")}.",
        PlanRefused e => $"The council decided on {Day(e.On)} that no plan is necessary.",
        PlanEdited e => $"A line of the plan was {(e.Edit.Remove ? "removed" : e.Edit.LineId is null ? "added" : "changed")} on {Day(e.Edit.On)}.",
        PlanFindingAccepted e => $"A finding on the plan was accepted on {Day(e.Finding.On)} ({e.Finding.Code}).",
        PlanPrepared e => FormattableString.Invariant($"Version {e.Document.Version} of the plan ({(e.Document.Kind == PlanKind.Draft ? "draft" : "final")}) was put together on {Day(e.Document.PreparedOn)}."),
        PlanKept e => FormattableString.Invariant($"Version {e.Version} of the plan was stored."),
        PlanRead e => FormattableString.Invariant($"Version {e.Version} of the plan was given to {Reader(e.Reader)} to read ({e.Format})."),
        RepresentationsReceived e => FormattableString.Invariant($"The family's representations on version {e.Version} were received on {Day(e.On)}."),
        MeetingAskedFor e => $"The family asked for a meeting on {Day(e.On)}.",
        MeetingHeld e => $"The meeting with the family was held on {Day(e.On)}.",
        InstitutionConsulted e => $"{e.Institution.Name} was consulted on {Day(e.On)}.",
        InstitutionAnswered e => $"{names.OfInstitution(e.Institution.Value)} answered on {Day(e.On)}: it {(e.CanMeetNeeds ? "can" : "cannot")} meet the needs.",
        IcbAnswered e => FormattableString.Invariant($"The ICB {(e.Agreed ? "agreed" : "did not agree")} to section G of version {e.Version} on {Day(e.On)}."),
        PersonalBudgetAskedFor e => $"The family asked for a personal budget on {Day(e.On)}.",
        PersonalBudgetSettled e => $"The personal budget was {(e.Settlement.Agreed ? "agreed" : "refused")} on {Day(e.Settlement.On)}.",
        PlacementNamed e => e.Institution is { } named ? $"{named.Name} was named as the placement." : "A type of placement was named.",
        FinalPlanSent e => FormattableString.Invariant($"The final plan (version {e.Version}) has been sent to everybody who must have it; the last was sent on {Day(e.On)}."),
        RequestWithdrawn e => $"The family withdrew the request on {Day(e.On)}.",
        MovedToAnotherCouncil e => $"The family moved on {Day(e.MovedOn)}; council {e.Council} is responsible. Known since {Day(e.BecameAwareOn)}.",
        MediationNoted e => $"Mediation: {Of(e.Step)} on {Day(e.On)}{Obliges(e.Remedy, e.OtherDate)}.",
        AppealNoted e => $"Appeal: {Of(e.Step)} on {Day(e.On)}{Obliges(e.Remedy, e.OtherDate)}.",
        AttentionAsked e => $"For a person to do: {e.Attention.Text}",
        AttentionResolved e => $"Done: {names.OfAttention(e.AttentionId)}",
        EffectFailed e => $"{Sending(e.Failure.Effect, names)} failed for good on {Day(e.Failure.On)}; a person must act.",
        EffectRetried => "What had failed is tried again, at a person's wish.",
        EffectAbandoned => "What had failed was given up by a person.",
        RemindedByHand e => $"{Capital(names.OfRequest(e.RequestId))}: a person had a reminder sent on {Day(e.On)}.",
        RequestSentAgain e => $"{Capital(names.OfRequest(e.RequestId))}: a person had the request sent again on {Day(e.On)}. Its limit stays.",
        ChasingPaused e => $"Chasing was paused up to {Day(e.Until)}.",
        ChasingResumed => "Chasing was resumed.",
        FamilyLinkIssued e => $"The family was given a link to its page on {Day(e.On)}; it opens until {Day(e.ExpiresOn)}.",
        FamilyLinkRevoked => "A link given to the family was revoked.",
        PushedAssessmentSettled e => Of(e.Outcome),
        FamilyEvidenceReceived e => $"{(e.Evidence.Kind == FamilyEvidenceKind.Representations ? "Representations" : "Evidence")} of the family {(e.Evidence.Kind == FamilyEvidenceKind.Representations ? "were" : "was")} received on {Day(e.Evidence.ReceivedOn)}; whoever is asked for advice is given the documents (reg 6(3)).",
        _ => throw new UnreachableException($"{recorded.What.GetType().Name} has no line in the timeline."),
    };

    // Which officer or parent it was stands in the event; the timeline is read by more people than the audit trail.
    private static string Reader(Actor reader) => reader.Role switch
    {
        ActorRole.Agency => reader.Agency?.Value ?? "an agency",
        ActorRole.Family => "the family",
        ActorRole.CouncilOfficer => "the council",
        _ => "those who run the hub",
    };

    private static string Moved(AdviceRequestMoved e, TimelineNames names)
    {
        var what = Capital(names.OfRequest(e.RequestId));
        return e.To switch
        {
            RequestStatus.Delivered => $"{what}: the request arrived on {Day(e.ReceivedByBodyOn ?? e.On)}; its six weeks run from there.",
            RequestStatus.Acknowledged => $"{what}: the request was acknowledged on {Day(e.On)}.",
            RequestStatus.Accepted => $"{what}: the request was accepted on {Day(e.On)}.",
            RequestStatus.Declined => $"{what}: the request was declined on {Day(e.On)}, with its reason.",
            RequestStatus.ReturnedInsufficient => $"{what}: the request is open again since {Day(e.On)} and keeps its limit.",
            RequestStatus.Received => $"{what}: the request was answered on {Day(e.On)}.",
            RequestStatus.Withdrawn => $"{what}: the request was withdrawn on {Day(e.On)}.",
            _ => $"{what}: the request was made on {Day(e.On)}.",
        };
    }

    private static string Sending(Effect effect, TimelineNames names) => effect switch
    {
        SendAdviceRequest e => $"Sending the request for {names.OfRequest(e.RequestId)}",
        SendReminder e => $"The reminder about {names.OfRequest(e.RequestId)}",
        SendEscalation e => $"Telling the {e.ToRole} about {names.OfRequest(e.RequestId)}",
        SendWithdrawal e => $"Telling of the withdrawal of {names.OfRequest(e.RequestId)}",
        ReturnAdviceToAuthor e => $"Returning {names.OfRequest(e.RequestId)}",
        SendNotice e => $"Sending: {names.OfNotice(e.NoticeId)}",
        StorePlan e => FormattableString.Invariant($"Storing version {e.Version} of the plan"),
        _ => "Publishing the status",
    };

    private static string Obliges(Remedy? remedy, DateOnly? otherDate) =>
        (remedy is { } must ? $"; the council must {Of(must)}" : "") + (otherDate is { } day ? $", by {Day(day)}" : "");

    private static string? NoteOf(AssessmentEvent happened) => happened switch
    {
        FamilyConsulted e => e.Summary,
        FactsCorrected e => e.Reason,
        AssessmentAgreed e => e.Reasons,
        AssessmentRefused e => e.Reasons,
        AdviceRequested e => e.Reason,
        AdviceRequestMoved e => e.Reason,
        AdviceReturned e => e.Reason,
        AdviserWished e => e.Reason,
        AdviserWishAnswered e => e.Reason,
        ExceptionClaimed e => e.Exception.WhyImpractical,
        ExceptionEnded e => e.Reason,
        DelayExplained e => e.Reason,
        PlanAgreed e => e.WithoutReason is null ? e.Reasons : $"{e.Reasons} Not waited for {string.Join(", ", e.Without)}: {e.WithoutReason}",
        PlanRefused e => e.Reasons,
        PlanEdited e => e.Edit.Reason,
        PlanFindingAccepted e => e.Finding.Reason,
        RepresentationsReceived e => e.Text,
        InstitutionAnswered e => e.Reasons,
        IcbAnswered e => e.Reasons,
        PersonalBudgetSettled e => e.Settlement.Text,
        PlacementNamed e => e.Reasons,
        RequestWithdrawn e => e.Reason,
        AttentionResolved e => e.Resolution,
        EffectFailed e => e.Failure.Detail,
        EffectRetried e => e.Reason,
        EffectAbandoned e => e.Reason,
        RemindedByHand e => e.Reason,
        RequestSentAgain e => e.Reason,
        ChasingPaused e => e.Reason,
        ChasingResumed e => e.Reason,
        FamilyLinkRevoked e => e.Reason,
        PushedAssessmentSettled e => e.Reason,
        _ => null,
    };
}
