using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record what the family or the institution says about ceasing the plan.</summary>
/// <param name="From">The family, or the named institution.</param>
/// <param name="On">Day on which the views were received.</param>
/// <param name="Text">The views in words.</param>
public sealed record RecordCeasingView(RecipientRole From, DateOnly On, string Text) : AssessmentInput, IStep<RecordCeasingView>
{
    public static StepDefinition<RecordCeasingView> Definition { get; } = new("record-ceasing-view", "Record what the family or the institution says about ceasing the plan")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 31(1)",
        Example = """{ "from": "family", "on": "2027-06-20", "text": "We agree: the course begins in September." }""",
        Days = x => [x.Past("On", "The day on which the views were received", i => i.On, (s, _) => new(s.Ceasing?.ConsideredOn, "the day on which the family and the institution were consulted"))],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Recording views on ceasing")
            && d.Require(d.State.Ceasing is not null, "not-considered", "Ceasing the plan is not being considered.")
            && d.Require(From is RecipientRole.Family or RecipientRole.NamedInstitution, "not-consulted", "Only the family and the named institution are consulted.")
            && InputChecks.Text(d, Text, "The text of the views")
            && d.Require(!d.State.Ceasing!.Views.Contains(new CeasingView(From, On, Text)), "already-recorded", "These views are already on record."))
        {
            d.Happened(new CeasingViewReceived(From, On, Text));
        }
    }
}

/// <summary>The family or the institution gave its views on ceasing the plan.</summary>
/// <param name="From">Who gave the views.</param>
/// <param name="On">Day on which the views were received.</param>
/// <param name="Text">The views in words.</param>
public sealed record CeasingViewReceived(RecipientRole From, DateOnly On, string Text) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("ceasingViewReceived", "The family or the institution gave its views on ceasing the plan.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Ceasing = state.Ceasing! with { Views = With(state.Ceasing.Views, new CeasingView(From, On, Text)) } };

    public override string Describe(TimelineContext context) => $"The views of {Words.Of(From)} on ceasing the plan were received on {Day(On)}.";

    public override string? Note() => Text;
}
