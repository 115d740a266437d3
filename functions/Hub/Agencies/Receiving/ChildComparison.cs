using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>How one point of a child, as a sender knows it, stands beside what an assessment knows.</summary>
public enum Agreement
{
    /// <summary>Both know it and say the same.</summary>
    Same,

    /// <summary>Both know it and say something else.</summary>
    Different,

    /// <summary>One of them does not know it.</summary>
    NotKnown,
}

/// <summary>What a sender says of a child beside what an assessment says, point by point and without a value: enough to see where the doubt is.</summary>
/// <param name="NhsNumber">NHS number.</param>
/// <param name="Upn">Unique pupil number.</param>
/// <param name="Name">Given and family name.</param>
/// <param name="DateOfBirth">Date of birth.</param>
/// <param name="Postcode">Postcode.</param>
/// <param name="NhsNumberTraced">Neither side says that tracing could not settle the NHS number.</param>
public sealed record ChildComparison(Agreement NhsNumber, Agreement Upn, Agreement Name, Agreement DateOfBirth, Agreement Postcode, bool NhsNumberTraced)
{
    /// <summary>Compares them.</summary>
    public static ChildComparison Of(Child one, Child other) => new(
        one.NhsNumber is { } number && other.NhsNumber is { } theirs ? Say(number == theirs) : Agreement.NotKnown,
        one.Upn is { } upn && other.Upn is { } their ? Say(upn == their) : Agreement.NotKnown,
        Say(Plain(one.GivenName) == Plain(other.GivenName) && Plain(one.FamilyName) == Plain(other.FamilyName)),
        Say(one.DateOfBirth == other.DateOfBirth),
        one.Postcode is { } code && other.Postcode is { } others ? Say(Packed(code) == Packed(others)) : Agreement.NotKnown,
        !IsUnsettled(one) && !IsUnsettled(other));

    /// <summary>Numbers that contradict each other, another birthday, or an NHS number that tracing could not settle: a person must look.</summary>
    internal bool IsDoubtful => DateOfBirth == Agreement.Different || NhsNumber == Agreement.Different || Upn == Agreement.Different || !NhsNumberTraced;

    /// <summary>The same person by name, date of birth and postcode.</summary>
    internal bool IsSamePerson => Name == Agreement.Same && DateOfBirth == Agreement.Same && Postcode == Agreement.Same;

    private static Agreement Say(bool same) => same ? Agreement.Same : Agreement.Different;

    private static bool IsUnsettled(Child child) => child.NhsNumberStatus is NhsNumberStatus.NoMatch or NhsNumberStatus.NeedsResolving;

    private static string Packed(string postcode) => Plain(postcode).Replace(" ", "", StringComparison.Ordinal);

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
