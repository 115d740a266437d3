namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// An input to one assessment: a step. Its file defines everything about it: what comes in, who may send it, what follows, and which facts
/// it makes (see CONTRIBUTING.md).
/// </summary>
public abstract record AssessmentInput
{
    /// <summary>What follows from it now. Anything that is not lawful or not possible is refused, and then nothing has happened.</summary>
    internal abstract void Decide(Deciding d);
}
