namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that an officer has dealt with something that the hub had referred to them.</summary>
public sealed record ResolveAttention(string AttentionId, string Resolution) : AssessmentInput, IStep<ResolveAttention>
{
    public static StepDefinition<ResolveAttention> Definition { get; } = new("resolve-attention", "Record that something was dealt with")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "attentionId": "meeting", "resolution": "The meeting is fixed for 28 September." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (d.Require(d.State.Attention.Any(a => a.Id == AttentionId), "unknown-attention", "No task with this id is open.")
            && InputChecks.Text(d, Resolution, "What was done"))
        {
            d.Happened(new AttentionResolved(AttentionId, Resolution));
        }
    }
}
