using System.Globalization;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family's representations on a draft.</summary>
/// <param name="Version">The version of the draft.</param>
/// <param name="On">The day on which the representations were received.</param>
/// <param name="Text">A general comment on the draft; empty if there are only comments on lines.</param>
/// <param name="RequestedInstitution">The institution that the family asks for, if its number is known.</param>
/// <param name="Comments">The comments on single lines of the draft.</param>
/// <param name="PreferredPlace">The school or college that the family asks for, in the family's words.</param>
/// <param name="Agrees">Whether the family agrees with the draft; null if it has not said.</param>
/// <param name="Person">The family member who makes the representations; null means the first contact.</param>
/// <param name="LateAfter">The last day for representations if these came later; null if they came in time.</param>
public sealed record Representation(
    int Version, DateOnly On, string Text, Agency? RequestedInstitution = null, IReadOnlyList<LineComment>? Comments = null, string? PreferredPlace = null, bool? Agrees = null, string? Person = null,
    DateOnly? LateAfter = null)
{
    /// <summary>A sentence saying that the representations came late; empty if they came in time.</summary>
    public string DescribeLateness() => LateAfter is { } last ? $"These representations came late; the last day was {last.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}." : "";

    /// <summary>The full text of the representations.</summary>
    public string InWords() => string.Join('\n', ((string?[])
    [
        Text.Length > 0 ? Text : null,
        Agrees switch { true => "The family agrees with the draft.", false => "The family does not agree with the draft.", _ => null },
        PreferredPlace is { } place ? $"School or college asked for: {place}" : null,
        LateAfter is not null ? DescribeLateness() : null,
        .. (Comments ?? []).Select(c => $"Line {c.Line}: {c.Text}{(c.Proposed is { } words ? $" Proposed wording: {words}" : "")}"),
    ]).OfType<string>());
}

/// <summary>The family's comment on one line of a draft.</summary>
/// <param name="Line">The id of the line within the plan.</param>
/// <param name="Text">The comment; empty if the family only proposes another wording.</param>
/// <param name="Proposed">The wording that the family proposes.</param>
public sealed record LineComment(string Line, string Text, string? Proposed = null);

/// <summary>The grounds on which a place that the family asks for can be refused (CFA 2014 ss38, 39).</summary>
public enum PlacementObjection
{
    /// <summary>The place is unsuitable for the age, ability, aptitude or special educational needs of the child or young person.</summary>
    Unsuitable,

    /// <summary>Attendance would be incompatible with the efficient education of others.</summary>
    EducationOfOthers,

    /// <summary>Attendance would be incompatible with the efficient use of resources.</summary>
    UseOfResources,
}

/// <summary>An institution that was consulted, and its answer.</summary>
public sealed record ConsultedInstitution(
    Agency Institution,
    DateOnly On,
    DateOnly? AnsweredOn = null,
    bool? CanMeetNeeds = null,
    string? Reasons = null,
    IReadOnlyList<PlacementObjection>? Objections = null,
    string? Place = null,
    decimal? AnnualCostPounds = null);

/// <summary>The ICB's answer on section G of a version of the plan.</summary>
/// <param name="Version">The version of the plan.</param>
/// <param name="Agreed">Whether the ICB agrees to section G.</param>
/// <param name="AgreedBy">The person who answered for the ICB.</param>
/// <param name="On">The day of the answer.</param>
/// <param name="Reasons">The ICB's reasons, if it does not agree.</param>
/// <param name="Edits">For an amended plan, the number of edits of the plan that had been made when the ICB answered.</param>
public sealed record IcbAnswer(int Version, bool Agreed, string AgreedBy, DateOnly On, string? Reasons = null, int? Edits = null);

/// <summary>How a request for a personal budget was settled (CFA 2014 s49).</summary>
/// <param name="Agreed">Whether the budget was agreed; false if it was refused.</param>
/// <param name="On">The day on which the budget was settled.</param>
/// <param name="Text">What the budget secures, or the reasons for the refusal.</param>
/// <param name="Form">How the budget is paid.</param>
/// <param name="AnnualAmountPounds">The yearly amount in pounds.</param>
public sealed record BudgetSettlement(bool Agreed, DateOnly On, string Text, Plans.PersonalBudgetForm? Form = null, decimal? AnnualAmountPounds = null);

/// <summary>The placement for section I.</summary>
/// <param name="InstitutionType">The type of institution.</param>
/// <param name="Institution">The named institution, or null if only a type is named.</param>
/// <param name="Reasons">The reasons, if the family asked for another institution (s39(4)).</param>
/// <param name="From">The first day at the institution.</param>
public sealed record Placement(string InstitutionType, Agency? Institution = null, string? Reasons = null, DateOnly? From = null);
