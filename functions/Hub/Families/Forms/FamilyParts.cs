namespace IntegrationHub.Functions.Families.Forms;

/// <summary>What a family can write.</summary>
public static class FamilyParts
{
    /// <summary>All parts, in the order of the page.</summary>
    public static IReadOnlyList<FamilyPart> All { get; } = [new ViewsPart(), new EvidencePart(), new DraftPart()];
}
