using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Letters;

/// <summary>What a letter is about within the case: a notice, a request for advice, or an institution that is consulted.</summary>
/// <param name="Kind">The kind of letter.</param>
/// <param name="About">Id of the notice, the request or the institution, or null for the acknowledgement, of which a case has only
/// one.</param>
public sealed record LetterSubject(LetterKind Kind, string? About = null)
{
    /// <summary>Readable id, unique within the case, made up of letters, digits, full stops and dashes.</summary>
    public string Id => About is null ? Camel(Kind) : $"{Camel(Kind)}-{string.Concat(About.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-'))}";

    private static string Camel(LetterKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
}

/// <summary>When and how a letter is sent. The days in the letter are counted from the day of sending.</summary>
/// <param name="On">Day of sending, which is the letter's date.</param>
/// <param name="By">How the letter is sent.</param>
public sealed record LetterSending(DateOnly On, NoticeChannel By)
{
    /// <summary>How a letter would be sent on a given day. A family gets letters by post unless it agreed to electronic service; everybody
    /// else gets them electronically.</summary>
    /// <param name="on">The day on which the letter would be sent.</param>
    /// <param name="state">The case, which must already have been opened.</param>
    /// <param name="notice">The notice that the letter gives, or null for a letter that gives no notice, which is sent to the family's
    /// first contact.</param>
    /// <param name="reader">For whom the letter is written.</param>
    public static LetterSending Expected(DateOnly on, AssessmentState state, Notice? notice, LetterReader reader) =>
        new(on, reader == LetterReader.Family && FamilyPeople.ContactOf(state, notice?.Person)?.ElectronicServiceAgreedOn is null ? NoticeChannel.Post : NoticeChannel.Electronic);
}

/// <summary>The recipient and the facts of one letter to one person, without the wording.</summary>
public sealed record Letter
{
    /// <summary>The case.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>What the letter is about.</summary>
    public required LetterSubject Subject { get; init; }

    /// <summary>The kind of reader for whom the letter is written.</summary>
    public required LetterReader Reader { get; init; }

    /// <summary>The recipient's name, written above the address.</summary>
    public required string RecipientName { get; init; }

    /// <summary>The agency, if the recipient is an agency.</summary>
    public Agency? Agency { get; init; }

    /// <summary>Lines of the postal address under the name, or empty if no address is known.</summary>
    public IReadOnlyList<string> PostalAddress { get; init; } = [];

    /// <summary>Lines of the council's postal address, or empty if the council's settings contain no address.</summary>
    public IReadOnlyList<string> CouncilAddress { get; init; } = [];

    /// <summary>Language in which the reader wishes to read, as an IETF tag such as <c>en</c> or <c>cy</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Date of the letter.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The known facts by name, each as text.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    /// <summary>The conditions that apply to the letter, such as <c>youngPerson</c> or <c>bySchool</c>.</summary>
    public required IReadOnlySet<string> TrueConditions { get; init; }

    /// <summary>What the law requires the letter to say but the hub does not know, one text for each point; empty if the letter can be
    /// sent.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
