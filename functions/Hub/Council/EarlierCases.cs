using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Council;

/// <summary>Why a case may be about the same child.</summary>
public enum SameChildReason
{
    /// <summary>The NHS number is the same.</summary>
    SameNhsNumber,

    /// <summary>The unique pupil number is the same.</summary>
    SameUpn,

    /// <summary>Name and date of birth are the same.</summary>
    SameNameAndBirthday,

    /// <summary>Date of birth and family name are the same, the given name is different, and the postcodes do not rule out a shared
    /// home.</summary>
    PerhapsTwin,
}

/// <summary>Another case that may be about the same child.</summary>
/// <param name="Case">The case.</param>
/// <param name="Likeness">Why the case may be about the same child.</param>
/// <param name="RestrictedTo">The only people of its council who may see the case; empty if it is not restricted.</param>
public sealed record EarlierCase(AssessmentId Case, SameChildReason Likeness, IReadOnlyList<string> RestrictedTo);

/// <summary>
/// Other cases that may be about the child for whom a case is opened or corrected. The hub never decides whether two cases are about the
/// same child; a person decides, and gives a reason. Another council's case is not disclosed; the answer says only that somebody must
/// check.
/// </summary>
public sealed class EarlierCases(KnownChildren children)
{
    /// <summary>Refusal code if other cases may be about the same child.</summary>
    internal const string Code = "earlier-case";

    /// <summary>Refusal code if the named case is not one of the cases that may be about the same child.</summary>
    internal const string NotOneOfThem = "not-an-earlier-case";

    /// <summary>Whether an input contains the child's details.</summary>
    internal static bool HasChildDetails(AssessmentInput input) => input is IOpensCase or CorrectFacts { Child: not null };

    /// <summary>
    /// The cases that may be about the child of this input, in order of their ids. If a correction leaves these details unchanged, they are
    /// not checked again.
    /// </summary>
    /// <param name="own">The case that the input is for.</param>
    /// <param name="input">The input.</param>
    /// <param name="before">The case before the input.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal async ValueTask<IReadOnlyList<EarlierCase>> FindAsync(AssessmentId own, AssessmentInput input, AssessmentState before, CancellationToken cancellationToken)
    {
        var child = input switch
        {
            IOpensCase { Facts.Child: { } opened } => opened,
            CorrectFacts { Child: { } corrected } => corrected,
            _ => null,
        };
        if (child is null)
        {
            return [];
        }

        var found = new List<EarlierCase>();
        foreach (var known in await children.LikeAsync(child, council: null, open: null, cancellationToken))
        {
            if (known.Case != own
                && LikenessOf(child, known.Child) is { } likeness
                && (before.Facts is not { } facts || LikenessOf(facts.Child, known.Child) != likeness))
            {
                found.Add(new EarlierCase(known.Case, likeness, known.RestrictedTo));
            }
        }

        return [.. found.OrderBy(one => one.Case.Value, StringComparer.Ordinal)];
    }

    /// <summary>Why the input cannot be accepted yet; null if there is no other case, or a person has decided.</summary>
    internal static Refusal? RefusalOf(Delivery delivery, IReadOnlyList<EarlierCase> found)
    {
        if (found.Count == 0)
        {
            return null;
        }

        var visible = VisibleTo(delivery.Assessment.Council, delivery.By.Id, found);
        var decision = delivery.Input switch
        {
            IOpensCase open => open.Facts.EarlierCase,
            CorrectFacts correct => correct.EarlierCase,
            _ => null,
        };
        if (decision is null || string.IsNullOrWhiteSpace(decision.Reason))
        {
            return new Refusal(Code, Ask(visible, found.Count > visible.Count));
        }

        var namesOne = decision.Case is { } named && visible.Any(one => one.Case == named);
        return decision.Answer == EarlierCaseAnswer.SameChild && visible.Count > 0 && !namesOne
            ? new Refusal(NotOneOfThem, $"Name the earlier case of the same child in earlierCase.case: {Listed(visible)}.")
            : decision.Case is not null && !namesOne
                ? new Refusal(NotOneOfThem, $"The case in earlierCase.case is not among the cases that may be about the same child. {Ask(visible, found.Count > visible.Count)}")
                : null;
    }

    /// <summary>The cases that this officer may see: the council's own cases, except cases restricted to others.</summary>
    internal static IReadOnlyList<EarlierCase> VisibleTo(LocalAuthorityCode council, string reader, IReadOnlyList<EarlierCase> found) =>
        [.. found.Where(one => one.Case.Council == council && (one.RestrictedTo.Count == 0 || one.RestrictedTo.Contains(reader, StringComparer.Ordinal)))];

    /// <summary>The cases that everybody at a council may see.</summary>
    internal static IEnumerable<EarlierCase> VisibleToAll(LocalAuthorityCode council, IEnumerable<EarlierCase> found) =>
        found.Where(one => one.Case.Council == council && one.RestrictedTo.Count == 0);

    /// <summary>Text that says why a case may be about the same child.</summary>
    internal static string Words(SameChildReason likeness) => likeness switch
    {
        SameChildReason.SameNhsNumber => "the same NHS number",
        SameChildReason.SameUpn => "the same UPN",
        SameChildReason.SameNameAndBirthday => "the same name and date of birth",
        _ => "the same date of birth and family name but another given name, perhaps a twin",
    };

    /// <summary>Why two records may be of the same child; null if they are not.</summary>
    internal static SameChildReason? LikenessOf(Child child, Child other)
    {
        // Names are slow to compare, so they are compared last: few children share a number or the date of birth.
        if (child.DateOfBirth != other.DateOfBirth && !(child.NhsNumber is { } number && number == other.NhsNumber) && !(child.Upn is { } upn && upn == other.Upn))
        {
            return null;
        }

        var with = ChildComparison.Of(child, other);
        return with.NhsNumber == Agreement.Same ? SameChildReason.SameNhsNumber
            : with.Upn == Agreement.Same ? SameChildReason.SameUpn
            : with.IsNamesake ? SameChildReason.SameNameAndBirthday
            : with.DateOfBirth == Agreement.Same && NameComparison.IsSameFamily(child, other) && with.Postcode != Agreement.Different ? SameChildReason.PerhapsTwin
            : null;
    }

    private static string Ask(IReadOnlyList<EarlierCase> visible, bool others) =>
        (visible.Count == 0 ? "" : $"This child may already have a case: {Listed(visible)}. ")
        + (others ? "Another case, which you are not allowed to see, may be about the same child; ask the operators of the hub to check. " : "")
        + "A person must decide. Send the same input again with the member earlierCase: "
        + """{"answer":"anotherChild","reason":"..."} if it is another child (a twin or a namesake)"""
        + (visible.Count == 0
            ? """, or {"answer":"sameChild","reason":"..."} if it is the same child who needs a further case."""
            : """, or {"answer":"sameChild","case":"...","reason":"..."} if it is the same child who needs a further case.""");

    private static string Listed(IReadOnlyList<EarlierCase> cases) => string.Join("; ", cases.Select(one => $"{one.Case} ({Words(one.Likeness)})"));
}
