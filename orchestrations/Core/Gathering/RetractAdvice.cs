using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The author withdraws the advice, because it was wrong or about another child. New advice to replace it is submitted as usual.</summary>
/// <param name="RequestId">The request that the advice answered.</param>
/// <param name="Reason">Why the advice is withdrawn.</param>
public sealed record RetractAdvice(string RequestId, string Reason) : AssessmentInput, IStep<RetractAdvice>
{
    public static StepDefinition<RetractAdvice> Definition { get; } = new("retract-advice", "Withdraw advice that was given")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency, ActorRole.Family],
        Example = """{ "requestId": "medical-1", "reason": "The hearing test in it is another child's." }""",
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
        ForFamily = (i, state) => FamilyViews.MustBeTheirs(state, i.RequestId),
    };

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is not { } request
            || !d.Require(request.Status == RequestStatus.Received && AdviceCorrections.Standing(d, request) is not null, "nothing-to-retract", "There is no current advice for this request.")
            || !InputChecks.Text(d, Reason, "The reason for withdrawing the advice"))
        {
            return;
        }

        var standing = AdviceCorrections.Standing(d, request)!;
        d.Happened(new AdviceRetracted(standing.Id, d.Today, Reason));

        // The adviser must answer again, within the original time limit.
        d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Accepted, d.Today, Reason, request.ReceivedByBodyOn));
        d.AskAttention(
            $"retracted-{standing.Id}",
            $"{Answering.Capital(Words.Of(standing.Kind))} was withdrawn by its author and is no longer used; its text is stored. The request is open again with the original time limit. Correct anything that was written from this advice.");
    }
}

/// <summary>Advice was withdrawn by its author; the text is stored but no longer used.</summary>
public sealed record AdviceRetracted(string AdviceId, DateOnly On, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceRetracted", "Advice was withdrawn by its author; the text is stored but no longer used.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Advice = Change(state.Advice, a => a.Id == AdviceId, a => a with { RetractedOn = On }) };

    public override string Describe(TimelineContext context) => $"{Capitalise(context.OfAdvice(AdviceId))} was withdrawn by its author on {Day(On)} and is no longer used; its text is stored.";

    public override string? Note() => Reason;

    public override AgencyId? About(TimelineContext context) => context.Advice(AdviceId)?.Agency?.Id;
}
