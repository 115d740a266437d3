using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Puts forward existing advice that may be sufficient (reg 6(4)).</summary>
/// <param name="ExistingId">Id chosen by the sender, unique in the assessment, for example <c>existing-ehcat-report</c>.</param>
/// <param name="Kind">The kind of advice that the existing advice would replace.</param>
/// <param name="Agency">The agency that gave the advice.</param>
/// <param name="Content">What the advice says.</param>
/// <param name="Origin">The source of the advice.</param>
public sealed record ProposeExistingAdvice(string ExistingId, AdviceKind Kind, Agency Agency, AdviceContent Content, string? Origin = null) : AssessmentInput, IStep<ProposeExistingAdvice>
{
    public static StepDefinition<ProposeExistingAdvice> Definition { get; } = new("propose-existing-advice", "Put existing advice forward")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency, ActorRole.Family],
        Law = "SEND Regs 2014 reg 6(4)",
        Example = """
            {
              "existingId": "existing-1",
              "kind": "socialCare",
              "agency": { "id": "la:330/social-care", "name": "Children's social care" },
              "content": {
                "author": "Kim Example",
                "authorRole": "Social worker",
                "writtenOn": "2026-04-02",
                "needs": [{"id": "n1", "area": "socialCare", "text": "Short breaks are needed."}]
              },
              "origin": "Child in need plan of April 2026"
            }
            """,
        CarriesAdvice = true,
        ForAgency = (i, agency) => i.Agency.Id == agency.Agency ? null : SenderFault.NotAllowed("An agency can put forward only advice that it gave itself."),
        Days = x => [x.Past(
            "Content.WrittenOn", "The day on which the advice was written", i => i.Content.WrittenOn,
            (s, _) => DatedFacts.Birth(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (!Asking.May(d, "Putting existing advice forward", Stage.Considering, Stage.Assessing)
            || !InputChecks.Id(d, ExistingId, "The advice's id")
            || !d.Require(d.State.Existing.All(x => x.Id != ExistingId), "already-proposed", "Advice with this id has already been put forward.")
            || !d.Require(Kind != Contracts.Advice.AdviceKind.FamilyViews, "family-is-asked", "Reg 6(4) applies only to advice under (b) to (h), not to the family's own views.")
            || !d.Require(d.By.Role != ActorRole.Agency || d.By.Agency == Agency.Id, "not-the-author", "An agency can put forward only its own advice.")
            || !InputChecks.Text(d, Agency.Name, "The author's agency")
            || !Answering.IsWellFormed(d, Content))
        {
            return;
        }

        d.Happened(new ExistingAdviceProposed(new ExistingAdvice
        {
            Id = ExistingId,
            Kind = Kind,
            Agency = Agency,
            Content = Content,
            Reassessment = ReassessmentRound.Open(d.State),
            Origin = Origin,
        }));
        d.AskAttention(JudgeId(ExistingId), $"Existing {Words.Of(Kind)} was put forward: ask the author and the family whether they find it sufficient, and record whether the council does (reg 6(4)).");
    }

    /// <summary>The id of the task in which existing advice is judged.</summary>
    internal static string JudgeId(string existingId) => $"judge-{existingId}";
}

/// <summary>Existing advice was put forward.</summary>
public sealed record ExistingAdviceProposed(ExistingAdvice Advice) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("existingAdviceProposed", "Existing advice was put forward.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Existing = With(state.Existing, Advice) };

    public override string Describe(TimelineContext context) => $"Existing {TimelineContext.Of(Advice.Kind, Advice.Agency.Name)} was put forward.";

    public override AgencyId? About(TimelineContext context) => Advice.Agency.Id;

    public override void Introduce(TimelineContext context) => context.Introduce(Advice);
}
