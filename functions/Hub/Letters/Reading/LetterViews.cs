using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Reading;

/// <summary>The letters of a case that the caller may see.</summary>
/// <param name="Assessment">The case.</param>
/// <param name="Letters">In the order in which they became necessary.</param>
public sealed record LettersView(AssessmentId Assessment, IReadOnlyList<LetterView> Letters);

/// <summary>One letter.</summary>
/// <param name="Id">Its id within the case.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Notice">Id of the notice that this letter gives; absent where it gives none.</param>
/// <param name="To">To whom it goes.</param>
/// <param name="SentOn">Day it was sent; absent until then.</param>
/// <param name="Missing">What it lacks, in words; empty when it may be sent.</param>
/// <param name="Kept">The forms that are kept, newest last.</param>
public sealed record LetterView(string Id, LetterKind Kind, string? Notice, string To, DateOnly? SentOn, IReadOnlyList<string> Missing, IReadOnlyList<KeptLetterView> Kept);

/// <summary>One kept form.</summary>
/// <param name="On">The letter's date.</param>
/// <param name="By">How it was or is to be sent.</param>
/// <param name="Format"><c>html</c> or <c>docx</c>.</param>
/// <param name="Sha256">Hash of its bytes, hexadecimal.</param>
public sealed record KeptLetterView(DateOnly On, NoticeChannel By, string Format, string Sha256);

/// <summary>How answers about letters are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnum<LetterKind>), typeof(CamelCaseEnum<NoticeChannel>)])]
[JsonSerializable(typeof(LettersView))]
internal sealed partial class LetterReadingJson : JsonSerializerContext;
