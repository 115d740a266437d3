using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One of the three parties states whether it is satisfied that the existing advice is sufficient.</summary>
public sealed record AgreeExistingAdvice(string ExistingId, AgreeingParty Party, bool Agrees) : AssessmentInput, IStep<AgreeExistingAdvice>
{
    public static StepDefinition<AgreeExistingAdvice> Definition { get; } = new("agree-existing-advice", "Say whether existing advice is sufficient")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency, ActorRole.Family],
        Law = "SEND Regs 2014 reg 6(4)",
        Example = """{ "existingId": "existing-1", "party": "council", "agrees": true }""",
        ForAgency = (i, agency) => agency.Existing.All(e => e.Id != i.ExistingId) ? SenderFault.NotFound("existing advice")
            : i.Party == AgreeingParty.Author ? null : SenderFault.NotAllowed("An agency can answer only for itself, as the author of the advice."),
        ForFamily = (i, _) => i.Party == AgreeingParty.Family ? null : SenderFault.NotAllowed("The family can answer only for itself."),
    };

    internal override void Decide(Deciding d)
    {
        var existing = d.State.Existing.FirstOrDefault(x => x.Id == ExistingId);
        if (!Asking.May(d, "Agreeing to rely on existing advice", Stage.Considering, Stage.Assessing)
            || !d.Require(existing is not null, "unknown-advice", "There is no existing advice with this id in this assessment.")
            || !d.Require(existing!.Reassessment == ReassessmentRound.Open(d.State), "of-another-round", "This advice was put forward for another assessment. Put it forward again for this assessment.")
            || !d.Require(existing.RefusedBy is null && !existing.ReliedOn, "already-judged", "The parties have already decided whether to rely on this advice.")
            || !d.Require(!existing.AgreedBy.Contains(Party), "already-judged", "This party has already agreed.")
            || !d.Require(MaySpeak(d, existing, Party), "not-the-party", "Only the party itself, or the council on its behalf, can say whether it is satisfied."))
        {
            return;
        }

        d.Happened(new ExistingAdviceJudged(existing.Id, Party, Agrees));
        var judged = d.State.Existing.First(x => x.Id == existing.Id);
        if (judged.RefusedBy is not null || judged.AgreedBy.Count == Enum.GetValues<AgreeingParty>().Length)
        {
            if (d.State.Attention.Any(a => a.Id == ProposeExistingAdvice.JudgeId(existing.Id)))
            {
                d.Happened(new AttentionResolved(ProposeExistingAdvice.JudgeId(existing.Id), judged.RefusedBy is null ? "agreed by all three" : "not agreed"));
            }

            if (judged.RefusedBy is null)
            {
                RelyOn(d, judged);
            }
        }
    }

    private static void RelyOn(Deciding d, ExistingAdvice existing)
    {
        d.Happened(new ExistingAdviceReliedOn(existing.Id, d.Today));
        var advice = new ReceivedAdvice
        {
            Id = existing.Id,
            Reassessment = existing.Reassessment,
            Kind = existing.Kind,
            LegalBasis = existing.Reassessment is null ? "reg 6(4)" : AnswerDuties.BasisInReassessment("reg 6(4)"),
            Agency = existing.Agency,
            ReceivedOn = d.Today,
            Content = existing.Content,
        };
        d.Happened(new AdviceReceived(advice));
        foreach (var request in d.State.Requests.Where(r => r.IsOpen && Covers(existing, r)).ToList())
        {
            Asking.Settle(d, request, RequestStatus.Withdrawn, "Existing advice is relied on (reg 6(4)).");
        }

        Answering.AfterAdvice(d, advice);
    }

    private static bool MaySpeak(Deciding d, ExistingAdvice existing, AgreeingParty party) => (party, d.By.Role) switch
    {
        (AgreeingParty.Author, ActorRole.Agency) => existing.Agency.Id == d.By.Agency,
        (AgreeingParty.Family, ActorRole.Family) => true,
        (_, ActorRole.CouncilOfficer) => true,
        _ => false,
    };

    /// <summary>Advice of the kind "Other" varies widely, so existing advice replaces only a request to the same adviser.</summary>
    private static bool Covers(ExistingAdvice existing, AdviceRequest request) =>
        request.Review is null && request.Reassessment == existing.Reassessment && request.Kind == existing.Kind && (request.Kind != Contracts.Advice.AdviceKind.Other || request.Agency?.Id == existing.Agency.Id);
}

/// <summary>One party stated whether it is satisfied with the existing advice.</summary>
public sealed record ExistingAdviceJudged(string ExistingId, AgreeingParty Party, bool Agrees) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("existingAdviceJudged", "One party stated whether it is satisfied with the existing advice.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Existing = Change(state.Existing, x => x.Id == ExistingId, Judge) };

    public override string Describe(TimelineContext context) => $"{Capitalise(Of(Party))} {(Agrees ? "is" : "is not")} satisfied that existing {context.OfExisting(ExistingId)} is sufficient.";

    public override AgencyId? About(TimelineContext context) => context.Existing(ExistingId)?.Agency.Id;

    private ExistingAdvice Judge(ExistingAdvice existing) => Agrees
        ? existing with { AgreedBy = With(existing.AgreedBy, Party) }
        : existing with { RefusedBy = Party };
}

/// <summary>All three parties are satisfied with the existing advice, so it takes the place of new advice (reg 6(4)).</summary>
public sealed record ExistingAdviceReliedOn(string ExistingId, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("existingAdviceReliedOn", "All three parties are satisfied with the existing advice, so it takes the place of new advice (reg 6(4)).")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Existing = Change(state.Existing, x => x.Id == ExistingId, x => x with { ReliedOn = true }) };

    public override string Describe(TimelineContext context) => $"Existing {context.OfExisting(ExistingId)} is relied on from {Day(On)}; nobody is asked for it again (reg 6(4)).";

    public override AgencyId? About(TimelineContext context) => context.Existing(ExistingId)?.Agency.Id;
}
