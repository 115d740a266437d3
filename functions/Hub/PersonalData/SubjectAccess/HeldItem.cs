using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>The kind of an item of data that the hub holds about a person.</summary>
public enum HeldItemKind
{
    /// <summary>An event in the case, with everything that was recorded.</summary>
    Event,

    /// <summary>A version of the plan.</summary>
    Plan,

    /// <summary>A letter as it was sent.</summary>
    Letter,

    /// <summary>A notice that was sent to somebody.</summary>
    Notice,

    /// <summary>An entry in the access log, which records that somebody viewed the case.</summary>
    Reading,

    /// <summary>A document that somebody sent or attached.</summary>
    Document,

    /// <summary>A letter or e-mail that the council received.</summary>
    Message,
}

/// <summary>One item of the data that the hub holds about a person.</summary>
/// <param name="Case">The case.</param>
/// <param name="Kind">The kind of the item.</param>
/// <param name="Key">The item's name within the case, which does not identify anybody.</param>
/// <param name="At">When the event happened or the item was stored, or null if the time is not known.</param>
/// <param name="Title">A short description of the item.</param>
/// <param name="Content">Everything that is recorded in the item.</param>
internal sealed record HeldItem(AssessmentId Case, HeldItemKind Kind, string Key, DateTimeOffset? At, string Title, JsonNode Content)
{
    /// <summary>The id of the advice if the item is advice, or null for any other item.</summary>
    internal string? Advice { get; init; }

    /// <summary>The SHA-256 of the document if the item is a document, or null for any other item.</summary>
    internal string? Document { get; init; }

    /// <summary>The folder of the document, or null for the folder of the case's own documents.</summary>
    internal string? Folder { get; init; }
}
