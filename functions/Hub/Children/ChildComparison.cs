using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Children;

/// <summary>How one detail of a child in one record compares with another record.</summary>
public enum Agreement
{
    /// <summary>Both records have the detail and agree.</summary>
    Same,

    /// <summary>Both records have the detail and differ.</summary>
    Different,

    /// <summary>The detail is missing from at least one of the records.</summary>
    NotKnown,
}

/// <summary>Compares two records of a child, detail by detail. The result shows which details are in doubt, but not their values.</summary>
/// <param name="NhsNumber">NHS number.</param>
/// <param name="Upn">Unique pupil number.</param>
/// <param name="Name">Given and family name; spellings that leave no doubt are treated as the same (<see cref="NameComparison"/>).</param>
/// <param name="DateOfBirth">Date of birth.</param>
/// <param name="Postcode">The home postcode.</param>
/// <param name="NhsNumberTraced">Neither record says that tracing the NHS number failed.</param>
public sealed record ChildComparison(Agreement NhsNumber, Agreement Upn, Agreement Name, Agreement DateOfBirth, Agreement Postcode, bool NhsNumberTraced)
{
    /// <summary>Compares two records of a child.</summary>
    public static ChildComparison Of(Child one, Child other) => new(
        one.NhsNumber is { } number && other.NhsNumber is { } theirs ? Say(number == theirs) : Agreement.NotKnown,
        one.Upn is { } upn && other.Upn is { } their ? Say(upn == their) : Agreement.NotKnown,
        Say(NameComparison.IsSame(one, other)),
        Say(one.DateOfBirth == other.DateOfBirth),
        Packed(one.Postcode) is { Length: > 0 } code && Packed(other.Postcode) is { Length: > 0 } others ? Say(code == others) : Agreement.NotKnown,
        !IsUnsettled(one) && !IsUnsettled(other));

    /// <summary>The records contradict each other in a detail, or tracing the NHS number failed, so an officer must check.</summary>
    internal bool IsDoubtful => HasContradiction || !NhsNumberTraced;

    /// <summary>The name and date of birth are the same, which alone never makes it certain that both records are about the same child.</summary>
    internal bool IsNamesake => Name == Agreement.Same && DateOfBirth == Agreement.Same;

    /// <summary>The name, date of birth and postcode are the same, and no other detail differs.</summary>
    internal bool IsSamePerson => IsNamesake && Postcode == Agreement.Same && !HasContradiction;

    /// <summary>One of the child's numbers is the same in both records.</summary>
    internal bool SharesNumber => NhsNumber == Agreement.Same || Upn == Agreement.Same;

    private bool HasContradiction =>
        Name == Agreement.Different || DateOfBirth == Agreement.Different || NhsNumber == Agreement.Different || Upn == Agreement.Different;

    private static Agreement Say(bool same) => same ? Agreement.Same : Agreement.Different;

    private static bool IsUnsettled(Child child) => child.NhsNumberStatus is NhsNumberStatus.NoMatch or NhsNumberStatus.NeedsResolving;

    private static string Packed(string? postcode) => string.Concat((postcode ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
