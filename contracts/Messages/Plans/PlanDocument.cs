using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Plans;

/// <summary>The lettered sections of an EHC plan (SEND Regs 2014 reg 12(1)). The letters must not be changed (Code 9.62).</summary>
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

/// <summary>The kind of a version of a plan.</summary>
public enum PlanKind
{
    /// <summary>A draft, sent to the family for representations.</summary>
    Draft,

    /// <summary>The finalised plan.</summary>
    Final,

    /// <summary>The finalised plan as amended later.</summary>
    AmendedFinal,
}

/// <summary>One version of an EHC plan.</summary>
public sealed record PlanDocument
{
    /// <summary>
    /// Version number of this document's format (contracts/schemas/plan-document.schema.json). A stored plan must stay readable for decades.
    /// </summary>
    public int Format { get; init; } = 1;

    /// <summary>The assessment from which the plan was made.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>Whether the version is a draft, final or amended final.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>Number of the version: 1, 2, 3 and so on through all versions of this assessment's plan, drafts included.</summary>
    public required int Version { get; init; }

    /// <summary>The day on which this version was prepared.</summary>
    public required DateOnly PreparedOn { get; init; }

    /// <summary>The officer responsible for this version.</summary>
    public required string PreparedBy { get; init; }

    /// <summary>
    /// Name and position of the officer who signed a finalised plan. The officer signed on <see cref="PreparedOn"/>. A draft has no signature.
    /// </summary>
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

/// <summary>One section of a plan, with its lines.</summary>
/// <param name="Letter">The letter of the section in the Regulations.</param>
/// <param name="Lines">The lines of the section in reading order.</param>
public sealed record PlanSection(PlanSectionLetter Letter, IReadOnlyList<PlanLine> Lines);

/// <summary>One line of a plan, which always states its source.</summary>
public sealed record PlanLine
{
    /// <summary>Id of the line, unique within the plan and the same in every version: <c>advice-id/line-id</c>, or an edit's own
    /// id.</summary>
    public required string Id { get; init; }

    /// <summary>The text of the line.</summary>
    public required string Text { get; init; }

    /// <summary>The source of the line.</summary>
    public required LineProvenance From { get; init; }

    /// <summary>Who provides the help (provision only).</summary>
    public string? Who { get; init; }

    /// <summary>How often the help is provided (provision only).</summary>
    public string? HowOften { get; init; }

    /// <summary>How long each session lasts (provision only).</summary>
    public string? HowLong { get; init; }

    /// <summary>Whether the provision prepares for adulthood and independent living.</summary>
    public bool PreparesForAdulthood { get; init; }

    /// <summary>For an outcome, the ids of the needs that it meets. For provision, the ids of the outcomes that it serves.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>What a reader must know about the line, such as why it is not in the section that the author chose.</summary>
    public string? Note { get; init; }

    /// <summary>The document that a line of section K refers to, or null if the line refers to no document.</summary>
    public AttachmentRef? Attachment { get; init; }
}

/// <summary>The source of a line of a plan.</summary>
public sealed record LineProvenance
{
    /// <summary>Id of the advice or record from which the line was taken.</summary>
    public required string Source { get; init; }

    /// <summary>The kind of advice under reg 6(1), or null if the source is the council's own record.</summary>
    public AdviceKind? Kind { get; init; }

    /// <summary>Name of the source's author.</summary>
    public required string Author { get; init; }

    /// <summary>The author's profession, or relationship to the child.</summary>
    public required string AuthorRole { get; init; }

    /// <summary>Agency of the author, or null for the family and the council.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>The name of the agency that gave the advice.</summary>
    public string? AgencyName { get; init; }

    /// <summary>The request that the advice answers, or null for the council's own records.</summary>
    public string? Request { get; init; }

    /// <summary>Why the advice was obtained, for instance <c>SEND Regs 2014 reg 6(1)(c)</c>.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>The day on which the source was written.</summary>
    public required DateOnly WrittenOn { get; init; }

    /// <summary>The day on which the council received the source, or null for the council's own records.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>The original text if an edit has changed the line, or null if the text is unchanged.</summary>
    public string? OriginalText { get; init; }

    /// <summary>The officer who changed the text, or null if the text is unchanged.</summary>
    public string? EditedBy { get; init; }

    /// <summary>Every change that officers made to the line, oldest first. Each change shows the text that it replaced.</summary>
    public IReadOnlyList<LineChange> Changes { get; init; } = [];
}
