using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The author withdraws the advice: it was wrong, or about another child. New advice to replace it is submitted as usual.</summary>
/// <param name="RequestId">The request that it answered.</param>
/// <param name="Reason">Why.</param>
public sealed record RetractAdvice(string RequestId, string Reason) : AssessmentInput, IStep<RetractAdvice>
{
    public static StepDefinition<RetractAdvice> Definition { get; } = new("retract-advice", "Take advice back")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency, ActorRole.Family],
        Example = """{ "requestId": "medical-1", "reason": "The hearing test in it is another child's." }""",
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
        ForFamily = (i, state) => FamilyViews.MustBeAsked(state, i.RequestId),
    };

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is not { } request
            || !d.Require(request.Status == RequestStatus.Received && AdviceCorrections.Standing(d, request) is not null, "nothing-to-retract", "No advice counts for this request.")
            || !Form.Text(d, Reason, "Why the advice is withdrawn"))
        {
            return;
        }

        var standing = AdviceCorrections.Standing(d, request)!;
        d.Happened(new AdviceRetracted(standing.Id, d.Today, Reason));

        // An answer is due again, within the original time limit.
        d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Accepted, d.Today, Reason, request.ReceivedByBodyOn));
        d.AskAttention(
            $"retracted-{standing.Id}",
            $"{Answering.Capital(Words.Of(standing.Kind))} was taken back by its author and no longer counts; its text is kept. The request is open again and keeps its limit. Put right what was written from it.");
    }
}

/// <summary>Advice was withdrawn by its author; the text is kept but no longer counts.</summary>
public sealed record AdviceRetracted(string AdviceId, DateOnly On, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceRetracted", "Advice was withdrawn by its author; the text is kept but no longer counts.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Advice = Change(state.Advice, a => a.Id == AdviceId, a => a with { RetractedOn = On }) };

    // The words of recorded timelines are not changed.
    public override string Tell(Telling telling) => $"{Capital(telling.OfAdvice(AdviceId))} was taken back by its author on {Day(On)} and counts no more; its text is kept.";

    public override string? Note() => Reason;

    public override AgencyId? About(Telling telling) => telling.Advice(AdviceId)?.Agency?.Id;
}
