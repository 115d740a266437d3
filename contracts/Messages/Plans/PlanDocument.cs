using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Plans;

/// <summary>The lettered sections of an EHC plan. SEND Regs 2014 reg 12(1); Code 9.62: they keep these letters.</summary>
public enum PlanSectionLetter
{
    /// <summary>Views, interests and aspirations.</summary>
    A,

    /// <summary>Special educational needs.</summary>
    B,

    /// <summary>Health needs related to the special educational needs.</summary>
    C,

    /// <summary>Social care needs related to the special educational needs or a disability.</summary>
    D,

    /// <summary>Outcomes.</summary>
    E,

    /// <summary>Special educational provision.</summary>
    F,

    /// <summary>Health provision.</summary>
    G,

    /// <summary>Social care provision under s2 of the Chronically Sick and Disabled Persons Act 1970.</summary>
    H1,

    /// <summary>Other social care provision.</summary>
    H2,

    /// <summary>Placement; blank in a draft (CFA 2014 s38(5)).</summary>
    I,

    /// <summary>Personal budget and direct payments.</summary>
    J,

    /// <summary>Advice and information obtained.</summary>
    K,
}

/// <summary>What a version of a plan is.</summary>
public enum PlanKind
{
    /// <summary>Draft, sent for representations.</summary>
    Draft,

    /// <summary>The finalised plan.</summary>
    Final,

    /// <summary>A finalised plan amended later.</summary>
    AmendedFinal,
}

/// <summary>One version of an EHC plan.</summary>
public sealed record PlanDocument
{
    /// <summary>Number of the shape of this document (contracts/schemas/plan-document.schema.json). A kept plan is read for decades.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The assessment it came from.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>Draft, final or amended final.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>1, 2, 3 ... over all versions of this assessment's plan, drafts included.</summary>
    public required int Version { get; init; }

    /// <summary>Day this version was put together.</summary>
    public required DateOnly PreparedOn { get; init; }

    /// <summary>The officer responsible for it.</summary>
    public required string PreparedBy { get; init; }

    /// <summary>Name and position of who signed a finalised plan on <see cref="PreparedOn"/>; null for a draft.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The child or young person.</summary>
    public required Child Child { get; init; }

    /// <summary>All twelve sections, in the order of their letters, empty ones included.</summary>
    public required IReadOnlyList<PlanSection> Sections { get; init; }

    /// <summary>Lines of advice that are not in the plan, each with its reason.</summary>
    public IReadOnlyList<LeftOutLine> LeftOut { get; init; } = [];

    /// <summary>The section with this letter.</summary>
    public PlanSection Section(PlanSectionLetter letter) => Sections[(int)letter];
}

/// <summary>One section and its lines.</summary>
/// <param name="Letter">The letter that the law gives it.</param>
/// <param name="Lines">Lines in reading order.</param>
public sealed record PlanSection(PlanSectionLetter Letter, IReadOnlyList<PlanLine> Lines);

/// <summary>One line of a plan. It always says where it comes from.</summary>
public sealed record PlanLine
{
    /// <summary>Unique within the plan and stable from version to version: <c>advice-id/line-id</c>, or an edit's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The words of the plan.</summary>
    public required string Text { get; init; }

    /// <summary>Where the line comes from.</summary>
    public required LineProvenance From { get; init; }

    /// <summary>Who provides it (provision only).</summary>
    public string? Who { get; init; }

    /// <summary>How often (provision only).</summary>
    public string? HowOften { get; init; }

    /// <summary>How long each time (provision only).</summary>
    public string? HowLong { get; init; }

    /// <summary>Provision that prepares for adulthood and independent living.</summary>
    public bool PreparesForAdulthood { get; init; }

    /// <summary>For an outcome: ids of the need lines it answers. For provision: ids of the outcome lines it serves.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>What a reader must know about the line; for instance why it is in a different section from the one its author gave.</summary>
    public string? Note { get; init; }

    /// <summary>The document, for a line of section K that is about one.</summary>
    public AttachmentRef? Attachment { get; init; }
}

/// <summary>The source of a line.</summary>
public sealed record LineProvenance
{
    /// <summary>Id of the advice or record that the line rests on.</summary>
    public required string Source { get; init; }

    /// <summary>What the source is: one of the kinds of reg 6(1), or null where it is a record of the council itself.</summary>
    public AdviceKind? Kind { get; init; }

    /// <summary>Author's name.</summary>
    public required string Author { get; init; }

    /// <summary>Author's profession or relation.</summary>
    public required string AuthorRole { get; init; }

    /// <summary>The agency that answered; null for the family and the council.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>Name of the agency that answered, as people know it.</summary>
    public string? AgencyName { get; init; }

    /// <summary>The request that the advice answers; null for the council's own records.</summary>
    public string? Request { get; init; }

    /// <summary>Why the advice was obtained, for instance <c>SEND Regs 2014 reg 6(1)(c)</c>.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Day the source was written.</summary>
    public required DateOnly WrittenOn { get; init; }

    /// <summary>Day the council received it; null for the council's own records.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>The words the line came from, when an edit has changed them; null while they are the same.</summary>
    public string? OriginalText { get; init; }

    /// <summary>Who changed the words, when they were changed.</summary>
    public string? EditedBy { get; init; }

    /// <summary>Every change that officers made to the line, the first one first, each with what it replaced.</summary>
    public IReadOnlyList<LineChange> Changes { get; init; } = [];
}
