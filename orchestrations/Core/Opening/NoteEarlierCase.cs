using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Another case may be about the same child, and nobody was asked: both were opened at the same moment. Only the hub itself sends this.
/// </summary>
/// <param name="Cases">The cases that this council may see; empty where the other case is another council's.</param>
public sealed record NoteEarlierCase(IReadOnlyList<AssessmentId> Cases) : AssessmentInput, IStep<NoteEarlierCase>
{
    public static StepDefinition<NoteEarlierCase> Definition { get; } = new("note-earlier-case", "Another case may be about the same child")
    {
        Senders = [ActorRole.Hub],
    };

    // Two cases were opened for what may be one child, and an officer says how they are related.
    internal override void Decide(Deciding d)
    {
        if (!Form.Open(d))
        {
            return;
        }

        var which = Cases.Count == 0
            ? "Another case, which this council may not see,"
            : $"Case {string.Join(" and case ", Cases)}";
        d.AskAttention(
            Cases.Count == 0 ? "earlier-case" : $"earlier-case-{Cases[0]}",
            $"{which} may be about the same child. Check whether it is one child, and record what you found.");
    }
}
