using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the officer found about the earlier case.</summary>
public enum EarlierCaseAnswer
{
    /// <summary>The earlier case is about another child: a twin, or a person with the same name and date of birth.</summary>
    AnotherChild,

    /// <summary>The earlier case is about the same child, for whom another case is opened nevertheless.</summary>
    SameChild,
}

/// <summary>What an officer decided about an earlier case. The decision is recorded with the facts of the new case.</summary>
/// <param name="Answer">Whether the officer found that the earlier case is about the same child.</param>
/// <param name="Reason">The reason for the decision, in the officer's words.</param>
/// <param name="Case">The earlier case, if it is about the same child and the council can see it.</param>
public sealed record EarlierCaseDecision(EarlierCaseAnswer Answer, string Reason, AssessmentId? Case = null);
