namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The texts (parts of the page) that a family can write over several visits.</summary>
public static class FamilyParts
{
    /// <summary>The answer to proposed changes to the plan.</summary>
    public static ChangesPart Changes { get; } = new();

    /// <summary>The institution that the family prefers after a phase transfer.</summary>
    public static PreferencePart Preference { get; } = new();

    /// <summary>All parts, in the order of the page.</summary>
    public static IReadOnlyList<FamilyPart> All { get; } = [new ViewsPart(), new EvidencePart(), new DraftPart(), Changes, Preference, new PlanBudgetPart(), new BudgetReviewPart()];
}
