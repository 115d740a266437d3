using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Decide whether to assess. The notice of the decision is sent to each recipient separately, afterwards.</summary>
/// <param name="Assess">True if the assessment is carried out, false if it is refused.</param>
/// <param name="Reasons">Reasons for the decision, which the notice of a refusal must state.</param>
public sealed record DecideWhetherToAssess(bool Assess, string Reasons) : AssessmentInput, IStep<DecideWhetherToAssess>
{
    public static StepDefinition<DecideWhetherToAssess> Definition { get; } = new("decide-whether-to-assess", "Decide whether to assess")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s36; SEND Regs 2014 reg 5",
        Example = """{ "assess": true, "reasons": "It may be necessary to make provision by a plan." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (!InputChecks.At(d, "Deciding whether to assess", Stage.Considering)
            || !InputChecks.Text(d, Reasons, "The reasons")
            || !d.Require(d.State.ConsultedOn is not null, "family-not-consulted", $"The family must be consulted before this is decided ({d.Rules.CitationFor(d.State, "consultFamily")}).")
            || !d.Require(
                Detentions.Current(d.State) is null || d.State.Acts.Any(a => a.Act == Act.PersonInChargeConsulted),
                "person-in-charge-not-consulted",
                $"The person in charge of the accommodation must be consulted before this is decided ({d.Rules.CitationFor(d.State, "consultPersonInCharge")}). Record the consultation (record-act: personInChargeConsulted)."))
        {
            return;
        }

        if (Assess)
        {
            WhetherToAssess.Agree(d, Reasons);
        }
        else if (WhetherToAssess.MayNotify(d))
        {
            d.Happened(new AssessmentRefused(d.Today, Reasons));
            Notices.TellAll(d, LegalNotice.WillNotAssess);
            Closing.Close(d, "The council decided not to assess.");
        }
    }
}

/// <summary>The council decided to assess.</summary>
public sealed record AssessmentAgreed(DateOnly On, string Reasons) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("assessmentAgreed", "The council decided to assess.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Stage = Stage.Assessing, AssessDecision = new MadeDecision(true, On, Reasons), EndedOn = null };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} to assess.";

    public override string? Note() => Reasons;
}

/// <summary>The council decided not to assess.</summary>
public sealed record AssessmentRefused(DateOnly On, string Reasons) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("assessmentRefused", "The council decided not to assess.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Stage = Stage.RefusedToAssess, AssessDecision = new MadeDecision(false, On, Reasons), EndedOn = On };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} not to assess.";

    public override string? Note() => Reasons;
}
