using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What an adviser can report without answering the request.</summary>
public enum AdviserReport
{
    /// <summary>Other information for the council.</summary>
    Note,

    /// <summary>Work on the advice pauses. A pause does not stop a time limit: reg 8(2) allows no pauses.</summary>
    OnHold,

    /// <summary>Work continues after a pause.</summary>
    Resumed,

    /// <summary>The adviser states when the work will be done. The council does not need to do anything.</summary>
    Planned,

    /// <summary>
    /// The adviser thinks that a statutory exception applies. The council decides whether an exception applies, and claims it.
    /// </summary>
    ExceptionClaimed,
}

/// <summary>The adviser reports on the progress of the request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Report">The kind of report.</param>
/// <param name="Text">The report's text.</param>
/// <param name="ExpectedOn">The day on which the adviser now expects to answer, if the adviser states when the work will be done.</param>
public sealed record ReportOnAdviceRequest(string RequestId, AdviserReport Report, string Text, DateOnly? ExpectedOn = null) : AssessmentInput, IStep<ReportOnAdviceRequest>
{
    public static StepDefinition<ReportOnAdviceRequest> Definition { get; } = new("report-on-advice-request", "Report on the progress of a request for advice")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency, ActorRole.Family],
        Example = """
            {
              "requestId": "medical-1",
              "report": "onHold",
              "text": "The child is in hospital until 3 July; the examination follows after that."
            }
            """,
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
        ForFamily = (i, state) => FamilyViews.MustBeAsked(state, i.RequestId),
        Days = x => [x.Planned(
            "ExpectedOn", "The day on which the answer is expected", i => i.ExpectedOn,
            (s, i) => DatedFacts.Asked(s, i.RequestId))],
    };

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is not { } request
            || !d.Require(Enum.IsDefined(Report), "unknown-report", "This kind of report does not exist.")
            || !InputChecks.Text(d, Text, "The text of the report")
            || !d.Require(
                ExpectedOn is null || (Report == AdviserReport.Planned && request.IsOpen),
                "no-day-expected", "Give the day on which the answer is expected only if the report says when the work will be done, and only while the request is open."))
        {
            return;
        }

        d.Happened(new AdviceRequestReported(request.Id, Report, d.Today, Text, ExpectedOn));
        var what = Answering.Capital(Words.Of(request.Kind));
        switch (Report)
        {
            case AdviserReport.OnHold:
                d.AskAttention(HoldId(request), $"{what}: the adviser has paused work; the timeline shows the reason. The time limit still runs unless you claim an exception. Speak to the adviser.");
                break;
            case AdviserReport.Resumed when d.State.Attention.Any(a => a.Id == HoldId(request)):
                d.Happened(new AttentionResolved(HoldId(request), "The adviser has resumed the work."));
                break;
            case AdviserReport.ExceptionClaimed:
                d.AskAttention($"exception-said-{request.Id}", $"{what}: the adviser says that an exception applies; the timeline shows the adviser's words. Decide whether to claim the exception.");
                break;
            case AdviserReport.Note:
                d.AskAttention($"said-{request.Id}", $"{what}: the adviser has sent a message about this request. Read it in the timeline.");
                break;
        }
    }

    private static string HoldId(AdviceRequest request) => $"on-hold-{request.Id}";
}

/// <summary>The adviser has reported on the progress of the request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Report">The kind of report.</param>
/// <param name="On">The day of the report.</param>
/// <param name="Text">The report's text.</param>
/// <param name="ExpectedOn">The day on which the adviser now expects to answer, or null if the report gives no such day.</param>
public sealed record AdviceRequestReported(string RequestId, AdviserReport Report, DateOnly On, string Text, DateOnly? ExpectedOn = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceRequestReported", "The adviser has reported on the progress of the request.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = Change(state.Requests, r => r.Id == RequestId, r => After(r)) };

    public override string Describe(TimelineContext context)
    {
        var what = Capitalise(context.OfRequest(RequestId));
        return Report switch
        {
            AdviserReport.OnHold => $"{what}: work was paused on {Day(On)}. The time limit still runs.",
            AdviserReport.Resumed => $"{what}: work continued on {Day(On)}.",
            AdviserReport.Planned => $"{what}: the adviser said on {Day(On)} when the work will be done.",
            AdviserReport.ExceptionClaimed => $"{what}: the adviser said on {Day(On)} that an exception applies.",
            _ => $"{what}: the adviser gave other information on {Day(On)}.",
        };
    }

    public override string? Note() => Text;

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;

    /// <summary>The request after the report, with the day on which the current pause began, if there is one, and the day on which the
    /// answer is now expected.</summary>
    private AdviceRequest After(AdviceRequest request) => Report switch
    {
        AdviserReport.OnHold => request with { OnHoldSince = request.OnHoldSince ?? On },
        AdviserReport.Resumed => request with { OnHoldSince = null },
        _ => ExpectedOn is null ? request : request with { ExpectedOn = ExpectedOn },
    };
}
