using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The advice is not sufficient, so it is returned to its author with a note of what is missing.</summary>
public sealed record ReturnAdvice(string AdviceId, string Reason) : AssessmentInput, IStep<ReturnAdvice>
{
    public static StepDefinition<ReturnAdvice> Definition { get; } = new("return-advice", "Return advice as insufficient")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "adviceId": "medical-1.1", "reason": "How often the review takes place is missing." }""",
    };

    internal override void Decide(Deciding d)
    {
        var advice = d.State.Advice.FirstOrDefault(a => a.Id == AdviceId);
        var request = d.State.Requests.FirstOrDefault(r => r.Id == advice?.RequestId);
        if (!d.Require(advice is not null, "unknown-advice", "There is no such advice in this assessment.")
            || !d.Require(advice!.Counts || advice.Returned, "no-longer-counts", "This advice cannot be returned, because its author has corrected or withdrawn it.")
            || !d.Require(request is not null, "relied-on", "Existing advice that all three parties found sufficient cannot be returned.")
            || !d.Require(!advice.Returned && request!.CanChangeTo(RequestStatus.ReturnedInsufficient), "already-returned", "This advice has already been returned.")
            || !(AdviceRounds.IsOfAssessment(request!) ? InputChecks.At(d, "Returning advice", Stage.Assessing, Stage.Drafting, Stage.Consulting) : AdviceRounds.Require(d, request))
            || !InputChecks.Text(d, Reason, "The note of what is missing from the advice"))
        {
            return;
        }

        d.Happened(new AdviceReturned(advice!.Id, d.Today, Reason));
        d.Happened(new AdviceRequestMoved(request!.Id, RequestStatus.ReturnedInsufficient, d.Today, Reason, null));
        if (request.Agency is { } agency)
        {
            d.AddEffect(new ReturnAdviceToAuthor(request.Id, agency.Id));
        }
    }
}

/// <summary>Advice was returned as insufficient.</summary>
public sealed record AdviceReturned(string AdviceId, DateOnly On, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceReturned", "Advice was returned as insufficient.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Advice = Change(state.Advice, a => a.Id == AdviceId, a => a with { Returned = true }) };

    public override string Describe(TimelineContext context) => $"{Capitalise(context.OfAdvice(AdviceId))} {(context.Advice(AdviceId) is { } returned ? Was(returned.Kind) : "was")} returned as insufficient on {Day(On)}.";

    public override string? Note() => Reason;

    public override AgencyId? About(TimelineContext context) => context.Advice(AdviceId)?.Agency?.Id;
}
