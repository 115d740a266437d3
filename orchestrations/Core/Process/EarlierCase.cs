using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the officer found about the earlier case.</summary>
public enum EarlierCaseAnswer
{
    /// <summary>Another child: a twin, or a person of the same name and date of birth.</summary>
    AnotherChild,

    /// <summary>The same child, for whom a further case is opened nevertheless.</summary>
    SameChild,
}

/// <summary>What an officer decided about an earlier case. It is recorded with the facts.</summary>
/// <param name="Answer">What they found.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="Case">The earlier case: given where it is the same child and the council may see the case.</param>
public sealed record EarlierCaseDecision(EarlierCaseAnswer Answer, string Reason, AssessmentId? Case = null);
