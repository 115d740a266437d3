using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that a recommendation of the Tribunal on health or social care was received. The body to which the recommendation is
/// made answers in writing.</summary>
/// <param name="ReceivedOn">Day of receipt.</param>
/// <param name="MadeTo">The body to which the recommendation is made, such as "the ICB".</param>
/// <param name="Text">What is recommended.</param>
public sealed record RecordRecommendation(DateOnly ReceivedOn, string MadeTo, string Text) : AssessmentInput, IStep<RecordRecommendation>
{
    public static StepDefinition<RecordRecommendation> Definition { get; } = new("record-recommendation", "Record a recommendation of the Tribunal")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SI 2017/1306",
        Example = """
            { "receivedOn": "2027-01-11", "madeTo": "Example ICB", "text": "Weekly speech and language therapy at school." }
            """,
        Days = x =>
        [
            x.Past("ReceivedOn", "The day on which the recommendation was received", i => i.ReceivedOn, (s, _) => DatedFacts.Registered(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (Disputes.IsDisputable(d)
            && InputChecks.Text(d, MadeTo, "The body to which the recommendation is made")
            && InputChecks.Text(d, Text, "What is recommended")
            && d.Require(
                d.State.Recommendations.All(r => r.ReceivedOn != ReceivedOn || r.MadeTo != MadeTo), "already-recorded", "This recommendation is already on record."))
        {
            d.Happened(new RecommendationReceived(ReceivedOn, MadeTo, Text));
        }
    }
}

/// <summary>A recommendation of the Tribunal was received.</summary>
/// <param name="ReceivedOn">Day of receipt.</param>
/// <param name="MadeTo">The body to which the recommendation is made.</param>
/// <param name="Text">What is recommended.</param>
public sealed record RecommendationReceived(DateOnly ReceivedOn, string MadeTo, string Text) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("recommendationReceived", "A recommendation of the Tribunal on health or social care was received.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Recommendations = With(state.Recommendations, new Recommendation(ReceivedOn, MadeTo)) };

    public override string Describe(TimelineContext context) => $"A recommendation of the Tribunal on health or social care was received on {Day(ReceivedOn)}.";

    public override string? Note() => $"To {MadeTo}: {Text}";
}
