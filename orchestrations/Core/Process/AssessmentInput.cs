namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// An input to one assessment: a step. The file of a step defines everything about it: its content, who can send it, what follows from it, and
/// which facts it records (see CONTRIBUTING.md).
/// </summary>
public abstract record AssessmentInput
{
    /// <summary>Decides what follows from the input now. An input that is not lawful or not possible is refused and changes nothing.</summary>
    internal abstract void Decide(Deciding d);
}
