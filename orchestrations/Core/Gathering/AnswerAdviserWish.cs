using IntegrationHub.Contracts.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The council answers the family's wish for an adviser. To refuse the wish, the council must record why it is not reasonable.</summary>
public sealed record AnswerAdviserWish(string WishId, bool Ask, string Reason) : AssessmentInput, IStep<AnswerAdviserWish>
{
    public static StepDefinition<AnswerAdviserWish> Definition { get; } = new("answer-adviser-wish", "Answer the family's wish for an adviser")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 6(1)(h)",
        Example = """{ "wishId": "wish-1", "ask": true, "reason": "The request is reasonable." }""",
    };

    internal override void Decide(Deciding d)
    {
        var wish = d.State.Wishes.FirstOrDefault(w => w.Id == WishId);
        if (!Asking.May(d, "Answering the family's wish", Stage.Considering, Stage.Assessing)
            || !d.Require(wish is not null, "unknown-wish", "No request by the family for an adviser is recorded under this id in this assessment.")
            || !d.Require(wish!.Asked is null, "already-answered", "The council has already answered this wish.")
            || !(Ask || InputChecks.Text(d, Reason, "The reason why the family's request is not reasonable")))
        {
            return;
        }

        d.Happened(new AdviserWishAnswered(wish.Id, Ask, Reason));
        if (d.State.Attention.Any(a => a.Id == Asking.WishId(wish.Id)))
        {
            d.Happened(new AttentionResolved(Asking.WishId(wish.Id), "answered"));
        }

        if (Ask && (d.State.Stage == Stage.Assessing || ReassessmentRound.Open(d.State) is not null) && !d.State.Requests.Any(r => r.IsOpen && r.Review is null && r.Kind == AdviceKind.Other && r.Agency?.Id == wish.Agency.Id))
        {
            Asking.Ask(d, AdviceKind.Other, wish.Agency, "reg 6(1)(h)", null, wish.Reason, null);
        }
    }
}

/// <summary>The council answered the family's wish for an adviser.</summary>
public sealed record AdviserWishAnswered(string WishId, bool Ask, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviserWishAnswered", "The council answered the family's wish for an adviser.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Wishes = Change(state.Wishes, w => w.Id == WishId, w => w with { Asked = Ask, Answer = Reason }) };

    public override string Describe(TimelineContext context) => Ask ? $"The council agreed to ask for advice from {context.OfWish(WishId)}." : $"The council refused to ask for advice from {context.OfWish(WishId)} and gave its reason.";

    public override string? Note() => Reason;
}
