using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Intake.Matching;

/// <summary>What supports a case, the strongest first.</summary>
public enum SuggestionGround
{
    /// <summary>The reference of the case.</summary>
    CaseNumber,

    /// <summary>The child's NHS number.</summary>
    NhsNumber,

    /// <summary>The child's UPN.</summary>
    Upn,

    /// <summary>The child's whole name and date of birth.</summary>
    NameAndBirth,

    /// <summary>The given name and the date of birth.</summary>
    GivenNameAndBirth,

    /// <summary>The name and nothing else.</summary>
    NameAlone,
}

/// <summary>A case to which a message may belong.</summary>
/// <param name="Case">The case.</param>
/// <param name="Grounds">What supports it, the strongest first.</param>
/// <param name="Namesakes">Children of the council with the same name in the message, this one among them.</param>
public sealed record MailSuggestion(AssessmentId Case, IReadOnlyList<SuggestionGround> Grounds, int Namesakes)
{
    /// <summary>Only the name matches: another child may have the same name.</summary>
    public bool IsByNameAlone => Grounds.All(ground => ground == SuggestionGround.NameAlone);
}

/// <summary>What a message says about children and cases.</summary>
/// <param name="Identifiers">Every number in it that names a case or a child.</param>
/// <param name="Suggestions">Cases to which it may belong, the likeliest first.</param>
/// <param name="Owners">The cases of the child whose number it is, for each number that is on record in the council.</param>
public sealed record MailFinding(IReadOnlyList<FoundIdentifier> Identifiers, IReadOnlyList<MailSuggestion> Suggestions, IReadOnlyDictionary<FoundIdentifier, IReadOnlySet<AssessmentId>> Owners)
{
    /// <summary>How each number compares with a case.</summary>
    public IReadOnlyList<(FoundIdentifier Found, IdentifierVerdict Verdict)> Against(AssessmentId @case, Child child)
    {
        ArgumentNullException.ThrowIfNull(child);
        return [.. Identifiers.Select(found => (found, VerdictOf(found, @case, child)))];
    }

    private IdentifierVerdict VerdictOf(FoundIdentifier found, AssessmentId @case, Child child)
    {
        var own = found.Kind switch
        {
            IdentifierKind.Case => @case.Value,
            IdentifierKind.NhsNumber => child.NhsNumber?.Value,
            _ => child.Upn?.Value,
        };
        var cases = Owners.GetValueOrDefault(found);
        return own == found.Value ? IdentifierVerdict.Same
            : found.Kind == IdentifierKind.Case && cases?.Contains(@case) == true ? IdentifierVerdict.OtherCase
            : own is not null || cases?.Contains(@case) == false ? IdentifierVerdict.Differs
            : IdentifierVerdict.NotOnRecord;
    }
}

/// <summary>How a number in a message compares with a case.</summary>
public enum IdentifierVerdict
{
    /// <summary>It is the number of this case or child.</summary>
    Same,

    /// <summary>It is the reference of another case of this child.</summary>
    OtherCase,

    /// <summary>It is another: the message may be about another child.</summary>
    Differs,

    /// <summary>The case has no such number to compare.</summary>
    NotOnRecord,
}
