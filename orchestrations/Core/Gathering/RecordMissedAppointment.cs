using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The child missed an appointment for an examination or test that the body made within its six weeks, reg 8(2)(c).</summary>
public sealed record RecordMissedAppointment(string RequestId, DateOnly On) : AssessmentInput, IStep<RecordMissedAppointment>
{
    public static StepDefinition<RecordMissedAppointment> Definition { get; } = new("record-missed-appointment", "Record a missed appointment")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency],
        Law = "SEND Regs 2014 reg 8(2)(c)",
        Example = """{ "requestId": "medical-1", "on": "2026-06-18" }""",
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
        Days = x => [x.Past(
            "On", "The day of the appointment", i => i.On,
            (s, i) => DatedFacts.WithBody(s, i.RequestId))],
    };

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is not { } request
            || !d.Require(request.Review is null, "for-a-review", "A missed appointment is relevant only to advice in an assessment.")
            || !d.Require(request.Duty == AnswerDuty.Section31Body, "not-a-section-31-body", $"A missed appointment is relevant only if the body has a duty under {d.Rules.CitationFor(d.State, "advice")}.")
            || !d.Require(!request.MissedAppointments.Contains(On), "already-recorded", "This missed appointment is already recorded.")
            || !d.Require(
                request.ReceivedByBodyOn is { } received && On >= received && On <= Chasing.DueDay(d.State, request, d.Rules),
                "outside-the-six-weeks",
                $"The appointment was not within the body's own time limit, so {d.Rules.LawOf(d.State).Ground(Ground.MissedAppointment)?.For("advice")?.Citation} does not apply."))
        {
            return;
        }

        d.Happened(new AppointmentMissed(request.Id, On));
    }
}

/// <summary>The child missed an appointment made by the body.</summary>
public sealed record AppointmentMissed(string RequestId, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("appointmentMissed", "The child missed an appointment made by the body.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = Change(state.Requests, r => r.Id == RequestId, r => r with { MissedAppointments = With(r.MissedAppointments, On) }) };

    public override string Describe(TimelineContext context) => $"An appointment for {context.OfRequest(RequestId)} was missed on {Day(On)}.";

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;
}
