using System.Globalization;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Representations of the family on a draft.</summary>
/// <param name="Version">The draft.</param>
/// <param name="On">Day they were received.</param>
/// <param name="Text">The comment on the whole draft; empty where there are only comments on lines.</param>
/// <param name="RequestedInstitution">The institution that the family asks for, where its number is known.</param>
/// <param name="Comments">The comments on single lines.</param>
/// <param name="PreferredPlace">The school or college that the family asks for, in their words.</param>
/// <param name="Agrees">Whether they agree with the draft; null where they have not said.</param>
/// <param name="Person">Who says it, if the family has several people; null means the first contact.</param>
/// <param name="LateAfter">The last day for it, where it came later; null where it came in time.</param>
public sealed record Representation(
    int Version, DateOnly On, string Text, Agency? RequestedInstitution = null, IReadOnlyList<LineComment>? Comments = null, string? PreferredPlace = null, bool? Agrees = null, string? Person = null,
    DateOnly? LateAfter = null)
{
    /// <summary>That it came late; empty where it came in time.</summary>
    public string LateInWords() => LateAfter is { } last ? $"It came late: the last day was {last.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}." : "";

    /// <summary>All of its words.</summary>
    public string InWords() => string.Join('\n', ((string?[])
    [
        Text.Length > 0 ? Text : null,
        Agrees switch { true => "They agree with the draft.", false => "They do not agree with the draft.", _ => null },
        PreferredPlace is { } place ? $"School or college asked for: {place}" : null,
        LateAfter is not null ? LateInWords() : null,
        .. (Comments ?? []).Select(c => $"Line {c.Line}: {c.Text}{(c.Proposed is { } words ? $" Proposed wording: {words}" : "")}"),
    ]).OfType<string>());
}

/// <summary>The family's comment on one line of a draft.</summary>
/// <param name="Line">Id of the line within the plan.</param>
/// <param name="Text">The comment; empty where only another wording is proposed.</param>
/// <param name="Proposed">The wording that they propose.</param>
public sealed record LineComment(string Line, string Text, string? Proposed = null);

/// <summary>The tests by which a place that the family asks for may be refused. CFA 2014 ss38, 39.</summary>
public enum PlacementObjection
{
    /// <summary>It is unsuitable for the age, ability, aptitude or special educational needs.</summary>
    Unsuitable,

    /// <summary>The attendance is incompatible with the efficient education of others.</summary>
    EducationOfOthers,

    /// <summary>The attendance is incompatible with the efficient use of resources.</summary>
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

/// <summary>The ICB's answer on section G of a version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Agreed">Whether it agrees.</param>
/// <param name="AgreedBy">The person who answered for it.</param>
/// <param name="On">Day.</param>
/// <param name="Reasons">Reasons, where it does not.</param>
/// <param name="Edits">For an amended plan: the number of edits before it.</param>
public sealed record IcbAnswer(int Version, bool Agreed, string AgreedBy, DateOnly On, string? Reasons = null, int? Edits = null);

/// <summary>How a personal budget was settled, CFA 2014 s49.</summary>
/// <param name="Agreed">Agreed, or refused.</param>
/// <param name="On">Day.</param>
/// <param name="Text">What it secures, or the reasons for the refusal.</param>
/// <param name="Form">How it is paid.</param>
/// <param name="AnnualAmountPounds">Yearly amount in pounds.</param>
public sealed record BudgetSettlement(bool Agreed, DateOnly On, string Text, Plans.PersonalBudgetForm? Form = null, decimal? AnnualAmountPounds = null);

/// <summary>The placement for section I.</summary>
/// <param name="InstitutionType">Type of institution.</param>
/// <param name="Institution">The named institution; null where only a type is named.</param>
/// <param name="Reasons">Reasons, where it is not the one that the family asked for (s39(4)).</param>
/// <param name="From">First day there.</param>
public sealed record Placement(string InstitutionType, Agency? Institution = null, string? Reasons = null, DateOnly? From = null);
