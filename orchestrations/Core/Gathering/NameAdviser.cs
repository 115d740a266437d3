using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Name the adviser for one kind of advice.</summary>
public sealed record NameAdviser(AdviceKind Kind, Agency Agency) : AssessmentInput, IStep<NameAdviser>
{
    public static StepDefinition<NameAdviser> Definition { get; } = new("name-adviser", "Name the adviser for one kind of advice")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 6(1)",
        Example = """
            {
              "kind": "psychological",
              "agency": { "id": "la:330/educational-psychology", "name": "Educational psychology service" }
            }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if (!AdviceRounds.RequireOpen(d)
            || !MayBeNamed(d, Kind, Agency)
            || !d.Require(!d.State.Advisers.Contains(new NamedAdviser(Kind, Agency)), "nothing-changed", "This adviser has already been named."))
        {
            return;
        }

        d.Happened(new AdviserNamed(Kind, Agency));
        if (d.State.Attention.Any(a => a.Id == Asking.AdviserMissingId(Kind)))
        {
            d.Happened(new AttentionResolved(Asking.AdviserMissingId(Kind), "named"));
        }

        if ((Asking.WhileAsking.Contains(d.State.Stage) || ReassessmentRound.Open(d.State) is not null) && Asking.Required(d).FirstOrDefault(r => r.Kind == Kind) is { } required && !Asking.IsSettled(d, Kind))
        {
            Asking.Ask(d, required.Kind, required.Agency, required.LegalBasis, required.AfterConsultationWith, null, null);
        }
    }

    /// <summary>Whether an agency can be named before it is asked for this kind of advice.</summary>
    internal static bool MayBeNamed(Deciding d, AdviceKind kind, Agency agency) =>
        d.Require(kind is not (AdviceKind.FamilyViews or AdviceKind.Other), "not-named-this-way", "Only advisers under reg 6(1)(b) to (e) and (g) can be named in this way. Ask any other adviser with a separate request.")
        && InputChecks.Text(d, agency.Name, "The adviser's name")
        && d.Require(agency.Id.Scheme != AgencyScheme.Person, "no-address", "To ask somebody who works for no organisation, give the person's name and e-mail address.");
}

/// <summary>The adviser for one kind of advice was named.</summary>
public sealed record AdviserNamed(AdviceKind Kind, Agency Agency) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviserNamed", "The adviser for one kind of advice was named.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Advisers = [.. state.Advisers.Where(a => a.Kind != Kind), new NamedAdviser(Kind, Agency)] };

    public override string Describe(TimelineContext context) => $"{Agency.Name} will be asked for {Words.Of(Kind)}.";
}
