namespace IntegrationHub.Contracts.Advice;

/// <summary>The kinds of advice and information in regulation 6(1) of the SEND Regulations 2014.</summary>
public enum AdviceKind
{
    /// <summary>(a) views and information of the child's parent or the young person.</summary>
    FamilyViews,

    /// <summary>(b) educational advice.</summary>
    Educational,

    /// <summary>(c) medical advice.</summary>
    Medical,

    /// <summary>(d) psychological advice.</summary>
    Psychological,

    /// <summary>(e) social care advice.</summary>
    SocialCare,

    /// <summary>(g) preparation for adulthood and independent living, in or beyond Year 9.</summary>
    PreparationForAdulthood,

    /// <summary>(f) any other person the council thinks appropriate, or (h) any person whom the family reasonably asks for.</summary>
    Other,
}

/// <summary>Which part of the plan a need belongs to.</summary>
public enum NeedArea
{
    /// <summary>Special educational need: section B.</summary>
    Education,

    /// <summary>Health need related to the special educational needs: section C.</summary>
    Health,

    /// <summary>Social care need related to the special educational needs: section D.</summary>
    SocialCare,
}

/// <summary>Which part of the plan a provision belongs to.</summary>
public enum ProvisionKind
{
    /// <summary>Special educational provision: section F.</summary>
    Education,

    /// <summary>Health provision reasonably required: section G.</summary>
    Health,

    /// <summary>Social care provision under s2 of the Chronically Sick and Disabled Persons Act 1970: section H1.</summary>
    SocialCareSection2,

    /// <summary>Other social care provision reasonably required: section H2.</summary>
    SocialCareOther,
}

/// <summary>
/// One piece of advice under reg 6(1): needs, outcomes and provision. The author chooses the line ids, which are unique within the advice;
/// outcomes and provision refer to them. A list missing from a message is read as empty (a generated JSON reader would set it to null):
/// advice without views is still advice.
/// </summary>
public sealed record AdviceContent
{
    /// <summary>Name of the person who wrote the advice.</summary>
    public required string Author { get; init; }

    /// <summary>The author's profession, or relationship to the child.</summary>
    public required string AuthorRole { get; init; }

    /// <summary>The day on which the advice was written.</summary>
    public required DateOnly WrittenOn { get; init; }

    /// <summary>Views, interests and aspirations of the child and the family: section A.</summary>
    public IReadOnlyList<AdviceView> Views { get; init => field = value ?? []; } = [];

    /// <summary>Needs: sections B, C, D.</summary>
    public IReadOnlyList<AdviceNeed> Needs { get; init => field = value ?? []; } = [];

    /// <summary>Outcomes: section E.</summary>
    public IReadOnlyList<AdviceOutcome> Outcomes { get; init => field = value ?? []; } = [];

    /// <summary>Provision: sections F, G, H1, H2.</summary>
    public IReadOnlyList<AdviceProvision> Provision { get; init => field = value ?? []; } = [];

    /// <summary>Documents that came with the advice; each goes into section K.</summary>
    public IReadOnlyList<AttachmentRef> Attachments { get; init => field = value ?? []; } = [];

    /// <summary>
    /// What the author says in addition to the lines of a plan. Notes hold diagnoses, medicines, allergies, how and when the child was seen,
    /// and every other part of a document that is not a line. The notes are shown with the advice, and an officer decides which of them the
    /// plan needs.
    /// </summary>
    public IReadOnlyList<AdviceNote> Notes { get; init => field = value ?? []; } = [];

    /// <summary>SHA-256 of the attachment that contains the whole advice, or null if the lines and notes contain all of it.</summary>
    public string? Whole { get; init; }

    /// <summary>Whether the advice is only a document or notes, so that an officer must enter the content.</summary>
    public bool IsDocumentOnly => Views.Count + Needs.Count + Outcomes.Count + Provision.Count == 0;
}

/// <summary>A note by the author that is not a line of a plan.</summary>
/// <param name="Heading">Subject of the note, for instance "Allergies". Copied from the author's form or document.</param>
/// <param name="Text">The author's words; lines are separated by line feeds.</param>
public sealed record AdviceNote(string Heading, string Text);

/// <summary>A view, interest or aspiration. <paramref name="Id"/> is the line id that the author chose.</summary>
public sealed record AdviceView(string Id, string Text);

/// <summary>A need. <paramref name="Id"/> is the line id that the author chose.</summary>
public sealed record AdviceNeed(string Id, NeedArea Area, string Text);

/// <summary>An outcome, and the line ids of the needs that it meets.</summary>
public sealed record AdviceOutcome(string Id, string Text, IReadOnlyList<string> Needs);

/// <summary>Provision, and the line ids of the outcomes that it serves.</summary>
public sealed record AdviceProvision
{
    /// <summary>The line id that the author chose.</summary>
    public required string Id { get; init; }

    /// <summary>The section of the plan that the provision belongs to.</summary>
    public required ProvisionKind Kind { get; init; }

    /// <summary>What is to be provided.</summary>
    public required string Text { get; init; }

    /// <summary>Who provides the help, and with what expertise.</summary>
    public string? Who { get; init; }

    /// <summary>How often the help is provided, for instance "twice a week".</summary>
    public string? HowOften { get; init; }

    /// <summary>How long each session lasts, for instance "45 minutes".</summary>
    public string? HowLong { get; init; }

    /// <summary>Provision that prepares for adulthood (from Year 9).</summary>
    public bool PreparesForAdulthood { get; init; }

    /// <summary>Line ids of the outcomes that the provision serves.</summary>
    public IReadOnlyList<string> Outcomes { get; init => field = value ?? []; } = [];
}

/// <summary>A document stored outside the message (claim check). The reference gives the document's token, size, type and checksum.</summary>
/// <param name="Token">Opaque name by which the document is fetched.</param>
/// <param name="FileName">File name to display.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Sha256">SHA-256 of the bytes, 64 lower-case hexadecimal digits.</param>
public sealed record AttachmentRef(string Token, string FileName, string ContentType, long Size, string Sha256);
