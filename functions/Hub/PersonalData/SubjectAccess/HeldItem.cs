using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>What kind of thing is held.</summary>
public enum HeldItemKind
{
    /// <summary>Something that happened in the case, with everything that was recorded.</summary>
    Event,

    /// <summary>A version of the plan.</summary>
    Plan,

    /// <summary>A letter as it was sent.</summary>
    Letter,

    /// <summary>A message that told somebody something.</summary>
    Notice,

    /// <summary>Somebody looked at the case.</summary>
    Reading,

    /// <summary>A document that somebody sent or attached.</summary>
    Document,

    /// <summary>A message that came by mail.</summary>
    Message,
}

/// <summary>One thing that is held about a person.</summary>
/// <param name="Case">The case.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its name within the case; says nothing about anybody.</param>
/// <param name="At">When it happened or was kept; null where that is not known.</param>
/// <param name="Title">What it is, in a sentence.</param>
/// <param name="Content">Everything that is held about it.</param>
internal sealed record HeldItem(AssessmentId Case, HeldItemKind Kind, string Key, DateTimeOffset? At, string Title, JsonNode Content)
{
    /// <summary>If it is advice, the id of that advice; null for anything else.</summary>
    internal string? Advice { get; init; }

    /// <summary>If it is a document, the SHA-256 of that document; null for anything else.</summary>
    internal string? Document { get; init; }

    /// <summary>Where the document lies; null for the folder of the case's own documents.</summary>
    internal string? Folder { get; init; }
}
