using IntegrationHub.Contracts.Parties;
using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family asks the council to seek advice from a person or service, reg 6(1)(h).</summary>
public sealed record AskForAdviser(string WishId, Agency Agency, string Reason) : AssessmentInput, IStep<AskForAdviser>
{
    public static StepDefinition<AskForAdviser> Definition { get; } = new("ask-for-adviser", "The family asks for advice from a particular adviser")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "SEND Regs 2014 reg 6(1)(h)",
        Example = """
            {
              "wishId": "wish-1",
              "agency": { "id": "ods:RY2", "name": "Example speech and language service" },
              "reason": "She has treated the child for two years."
            }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if (Asking.May(d, "Asking for an adviser", Stage.Considering, Stage.Assessing)
            && InputChecks.Id(d, WishId, "The wish's id")
            && d.Require(d.State.Wishes.All(w => w.Id != WishId), "already-wished", "A request by the family for an adviser is already recorded under this id.")
            && InputChecks.Text(d, Agency.Name, "The adviser's name")
            && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new AdviserWished(WishId, Agency, Reason, ReassessmentRound.Open(d.State)));
            d.AskAttention(Asking.WishId(WishId), "The family wants the council to ask somebody for advice (reg 6(1)(h)). Agree, or refuse and give the reason.");
        }
    }
}

/// <summary>The family asked for advice from a particular adviser.</summary>
public sealed record AdviserWished(string WishId, Agency Agency, string Reason, int? Reassessment = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviserWished", "The family asked for advice from a particular adviser.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Wishes = With(state.Wishes, new AdviserWish(WishId, Agency, Reason, Reassessment: Reassessment)) };

    public override string Describe(TimelineContext context) => $"The family asked that {Agency.Name} be asked for advice.";

    public override string? Note() => Reason;

    public override void Introduce(TimelineContext context) => context.IntroduceWish(WishId, Agency.Name);
}
