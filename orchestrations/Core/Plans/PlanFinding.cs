using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>The step before which a plan is checked.</summary>
public enum PlanStep
{
    /// <summary>Sending a draft to the family.</summary>
    BeforeDraft,

    /// <summary>Sending the finalised plan.</summary>
    BeforeFinal,
}

/// <summary>How serious a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>The finding is shown to the officer, and the step is allowed.</summary>
    Warning,

    /// <summary>The finding prevents the step.</summary>
    Blocking,
}

/// <summary>One fault in a plan. A finding does not repeat a name or identifier, so it can be shown on a worklist.</summary>
/// <param name="Section">The section, or null if the finding concerns the whole document.</param>
/// <param name="LineId">The line, or null if the finding concerns the section.</param>
/// <param name="Code">A short fixed word for programs, one of <see cref="PlanFindingCodes"/>.</param>
/// <param name="Reason">What is wrong, in one plain sentence with the legal rule.</param>
/// <param name="Severity">Whether the finding prevents the plan from being sent.</param>
public sealed record PlanFinding(PlanSectionLetter? Section, string? LineId, string Code, string Reason, FindingSeverity Severity);

/// <summary>A child in another case whose details must not be in this plan.</summary>
/// <param name="GivenName">Given name.</param>
/// <param name="FamilyName">Family name.</param>
public sealed record OtherChild(string GivenName, string FamilyName)
{
    /// <summary>Any other words that identify the child, such as a case reference or a nickname.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];
}

/// <summary>A piece of advice that the assessment has or still waits for.</summary>
/// <param name="AdviceId">Id of the advice or, if it is still awaited, of the request for it.</param>
/// <param name="Kind">Kind of advice.</param>
/// <param name="ReceivedOn">The day on which the advice was received, or null while it is awaited.</param>
public sealed record KnownAdvice(string AdviceId, AdviceKind Kind, DateOnly? ReceivedOn);

/// <summary>The words of a piece of advice that the family can read once it is served with the draft.</summary>
/// <param name="AdviceId">Id of the advice.</param>
/// <param name="Texts">Every text of the advice.</param>
public sealed record AdviceWords(string AdviceId, IReadOnlyList<string> Texts)
{
    /// <summary>The words of one piece of advice.</summary>
    internal static AdviceWords Of(string id, AdviceContent advice) => new(id,
    [
        .. advice.Views.Select(view => view.Text), .. advice.Needs.Select(need => need.Text), .. advice.Outcomes.Select(outcome => outcome.Text),
        .. advice.Provision.SelectMany(one => new[] { one.Text, one.Who, one.HowOften, one.HowLong }).OfType<string>(),
        .. advice.Notes.SelectMany(note => new[] { note.Heading, note.Text }), .. advice.Attachments.Select(file => file.FileName),
    ]);
}

/// <summary>
/// An officer's decision that a finding does not prevent the step. Only findings on "should" rules can be accepted.
/// </summary>
/// <param name="Code">Code of the finding.</param>
/// <param name="LineId">The line, or null to accept the finding for the section or document.</param>
/// <param name="Reason">Why the finding is accepted.</param>
/// <param name="By">The officer who accepted the finding.</param>
/// <param name="On">Day of the decision.</param>
public sealed record FindingAccepted(string Code, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? LineId, string Reason, string By, DateOnly On);

/// <summary>What the checks of a plan need to know in addition to the plan itself.</summary>
public sealed record PlanCheckContext
{
    /// <summary>The step that is to be taken next with the plan.</summary>
    public required PlanStep Step { get; init; }

    /// <summary>Whether the integrated care board agreed to section G (reg 12(2)).</summary>
    public required bool IcbAgreed { get; init; }

    /// <summary>Whether the child is in or beyond Year 9, so that provision for adulthood is required (reg 12(3)).</summary>
    public required bool YearNineOrBeyond { get; init; }

    /// <summary>All advice for the assessment, both received and still awaited.</summary>
    public IReadOnlyList<KnownAdvice> Advice { get; init; } = [];

    /// <summary>Before a draft, the advice that the family has not been sent yet and can read with the draft (reg 12(4), Code 9.77).</summary>
    public IReadOnlyList<AdviceWords> SentWithDraft { get; init; } = [];

    /// <summary>Ids of the advice from a re-assessment. The plan contains only the parts of this advice that an officer chose.</summary>
    public IReadOnlySet<string> FromReassessment { get; init; } = new HashSet<string>();

    /// <summary>For the checks before the final plan, the day on which the family's draft was prepared.</summary>
    public DateOnly? DraftPreparedOn { get; init; }

    /// <summary>Children in other cases whose details are searched for, such as other children on the same officer's list.</summary>
    public IReadOnlyList<OtherChild> OtherChildren { get; init; } = [];

    /// <summary>Findings that an officer has accepted.</summary>
    public IReadOnlyList<FindingAccepted> Accepted { get; init; } = [];
}

/// <summary>The codes of all findings about a plan.</summary>
public static class PlanFindingCodes
{
#pragma warning disable CS1591 // each is its own explanation; the reason of the finding says the rest
    public const string SectionsIncomplete = "sections-incomplete";
    public const string DuplicateLine = "duplicate-line";
    public const string EmptyText = "empty-text";
    public const string NoProvenance = "no-provenance";
    public const string LinkBroken = "link-broken";
    public const string SectionEmpty = "section-empty";
    public const string NeedWithoutOutcome = "need-without-outcome";
    public const string NeedWithoutProvision = "need-without-provision";
    public const string OutcomeWithoutNeed = "outcome-without-need";
    public const string OutcomeWithoutProvision = "outcome-without-provision";
    public const string ProvisionWithoutOutcome = "provision-without-outcome";
    public const string WhoMissing = "provision-who-missing";
    public const string HowOftenMissing = "provision-how-often-missing";
    public const string HowLongMissing = "provision-how-long-missing";
    public const string NotQuantified = "provision-not-quantified";
    public const string VagueWords = "vague-words";
    public const string IcbNotAgreed = "icb-not-agreed";
    public const string PlacementInDraft = "placement-in-draft";
    public const string PlacementMissing = "placement-missing";
    public const string AdultInH1 = "adult-in-h1";
    public const string AdulthoodMissing = "adulthood-provision-missing";
    public const string OtherChild = "other-child";
    public const string OtherChildPerhaps = "other-child-perhaps";
    public const string OtherIdentifier = "other-identifier";
    public const string AdviceOutstanding = "advice-outstanding";
    public const string AdviceNotInK = "advice-not-in-k";
    public const string AdviceNotReadIn = "advice-not-read-in";
    public const string AdviceAfterDraft = "advice-after-draft";
    public const string AdviceDateWrong = "advice-date-wrong";
    public const string AdviceNamesOther = "advice-names-other-child";
#pragma warning restore CS1591
}
