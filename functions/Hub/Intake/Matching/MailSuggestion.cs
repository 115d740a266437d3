using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Intake.Matching;

/// <summary>A reason for suggesting a case; the strongest reasons come first.</summary>
public enum SuggestionReason
{
    /// <summary>The reference of the case.</summary>
    CaseNumber,

    /// <summary>The child's NHS number.</summary>
    NhsNumber,

    /// <summary>The child's UPN.</summary>
    Upn,

    /// <summary>The child's full name and date of birth.</summary>
    NameAndBirth,

    /// <summary>The child's given name and date of birth.</summary>
    GivenNameAndBirth,

    /// <summary>The child's name, without any other detail.</summary>
    NameAlone,
}

/// <summary>A case to which a message may belong.</summary>
/// <param name="Case">The case.</param>
/// <param name="Grounds">The reasons for the suggestion, strongest first.</param>
/// <param name="Namesakes">The number of the council's children who have the name in the message, including this child.</param>
public sealed record MailSuggestion(AssessmentId Case, IReadOnlyList<SuggestionReason> Grounds, int Namesakes)
{
    /// <summary>Whether only the name matches (another child may have the same name).</summary>
    public bool MatchesByNameOnly => Grounds.All(ground => ground == SuggestionReason.NameAlone);
}

/// <summary>The children and cases to which a message refers.</summary>
/// <param name="Identifiers">Every number in the message that identifies a case or a child.</param>
/// <param name="Suggestions">Cases to which the message may belong, likeliest first.</param>
/// <param name="Owners">For each number in the message that the council has on record, the cases of the child with that number.</param>
public sealed record MailMatches(IReadOnlyList<FoundIdentifier> Identifiers, IReadOnlyList<MailSuggestion> Suggestions, IReadOnlyDictionary<FoundIdentifier, IReadOnlySet<AssessmentId>> Owners)
{
    /// <summary>How each number in the message compares with the case.</summary>
    public IReadOnlyList<(FoundIdentifier Found, IdentifierComparison Verdict)> CompareWith(AssessmentId @case, Child child)
    {
        ArgumentNullException.ThrowIfNull(child);
        return [.. Identifiers.Select(found => (found, VerdictOf(found, @case, child)))];
    }

    private IdentifierComparison VerdictOf(FoundIdentifier found, AssessmentId @case, Child child)
    {
        var own = found.Kind switch
        {
            IdentifierKind.Case => @case.Value,
            IdentifierKind.NhsNumber => child.NhsNumber?.Value,
            _ => child.Upn?.Value,
        };
        var cases = Owners.GetValueOrDefault(found);
        return own == found.Value ? IdentifierComparison.Same
            : found.Kind == IdentifierKind.Case && cases?.Contains(@case) == true ? IdentifierComparison.OtherCase
            : own is not null || cases?.Contains(@case) == false ? IdentifierComparison.Differs
            : IdentifierComparison.NotOnRecord;
    }
}

/// <summary>How a number in a message compares with a case.</summary>
public enum IdentifierComparison
{
    /// <summary>The number in the message is the number of this case or child.</summary>
    Same,

    /// <summary>The number in the message is the reference of another case of this child.</summary>
    OtherCase,

    /// <summary>The case has a different number of this kind, so the message may be about another child.</summary>
    Differs,

    /// <summary>The case has no number of the same kind with which to compare it.</summary>
    NotOnRecord,
}
