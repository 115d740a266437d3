using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Note that another case may be about the same child: nobody could check, because both cases were opened at the same moment. Only the hub
/// itself sends this input.
/// </summary>
/// <param name="Cases">The cases that this council can see, or empty if the other case belongs to another council.</param>
public sealed record NoteEarlierCase(IReadOnlyList<AssessmentId> Cases) : AssessmentInput, IStep<NoteEarlierCase>
{
    public static StepDefinition<NoteEarlierCase> Definition { get; } = new("note-earlier-case", "Another case may be about the same child")
    {
        Senders = [ActorRole.Hub],
    };

    // Two cases may have been opened for the same child, so an officer must say how they are related.
    internal override void Decide(Deciding d)
    {
        if (!InputChecks.Open(d))
        {
            return;
        }

        var which = Cases.Count == 0
            ? "Another case, which this council cannot see,"
            : $"Case {string.Join(" and case ", Cases)}";
        d.AskAttention(
            Cases.Count == 0 ? "earlier-case" : $"earlier-case-{Cases[0]}",
            $"{which} may be about the same child. Check whether this is so, and record what you found.");
    }
}
