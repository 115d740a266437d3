using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Letters;

/// <summary>What a letter is about within its case: a notice, a request for advice, an institution.</summary>
/// <param name="Kind">The letter.</param>
/// <param name="About">Id of the notice, the request or the institution; null for the acknowledgement, because a case has only one.</param>
public sealed record LetterSubject(LetterKind Kind, string? About = null)
{
    /// <summary>Readable and unique within the case: letters, digits, full stops and dashes.</summary>
    public string Id => About is null ? Camel(Kind) : $"{Camel(Kind)}-{string.Concat(About.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-'))}";

    private static string Camel(LetterKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
}

/// <summary>When and how a letter is sent. The days in it are counted from this.</summary>
/// <param name="On">Day of sending, which is the letter's date.</param>
/// <param name="By">How.</param>
public sealed record LetterSending(DateOnly On, NoticeChannel By)
{
    /// <summary>How a letter would go if it were sent on a day: to a family by post unless it agreed to electronic service, else electronically.</summary>
    /// <param name="on">The day.</param>
    /// <param name="state">The case, opened.</param>
    /// <param name="notice">The notice that it gives; null for a letter that gives none, to the family's first contact.</param>
    /// <param name="reader">For whom it is written.</param>
    public static LetterSending Expected(DateOnly on, AssessmentState state, Notice? notice, LetterReader reader) =>
        new(on, reader == LetterReader.Family && FamilyPeople.ContactOf(state, notice?.Person)?.ElectronicServiceAgreedOn is null ? NoticeChannel.Post : NoticeChannel.Electronic);
}

/// <summary>One letter to one person, without its wording: the recipient, and the facts in it.</summary>
public sealed record Letter
{
    /// <summary>The case.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>What it is about.</summary>
    public required LetterSubject Subject { get; init; }

    /// <summary>The kind of reader for whom it is worded.</summary>
    public required LetterReader Reader { get; init; }

    /// <summary>Name above the address.</summary>
    public required string RecipientName { get; init; }

    /// <summary>The agency, where it is one.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Lines of the postal address under the name; empty where none is known.</summary>
    public IReadOnlyList<string> PostalAddress { get; init; } = [];

    /// <summary>Lines of the council's postal address; empty where it names none.</summary>
    public IReadOnlyList<string> CouncilAddress { get; init; } = [];

    /// <summary>Language in which the reader wishes to read, IETF tag: <c>en</c>, <c>cy</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Its date.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The facts by name, as words. Only those that are known.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    /// <summary>The conditions that are true of it: <c>youngPerson</c>, <c>bySchool</c>.</summary>
    public required IReadOnlySet<string> Truths { get; init; }

    /// <summary>What the law requires it to say and the hub does not know, in words; empty when it may be sent.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
