using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Reading;

/// <summary>The letters of a case that the caller can see.</summary>
/// <param name="Assessment">The case.</param>
/// <param name="Letters">The letters, in the order in which they became necessary.</param>
public sealed record LettersView(AssessmentId Assessment, IReadOnlyList<LetterView> Letters);

/// <summary>One letter of a case.</summary>
/// <param name="Id">Id of the letter within the case.</param>
/// <param name="Kind">Subject of the letter.</param>
/// <param name="Notice">Id of the notice that this letter gives; absent if it gives no notice.</param>
/// <param name="To">Recipient of the letter.</param>
/// <param name="SentOn">Day on which the letter was sent; absent until it is sent.</param>
/// <param name="Missing">What the letter lacks; empty if the letter can be sent.</param>
/// <param name="Kept">The stored formats, newest last.</param>
public sealed record LetterView(string Id, LetterKind Kind, string? Notice, string To, DateOnly? SentOn, IReadOnlyList<string> Missing, IReadOnlyList<KeptLetterView> Kept);

/// <summary>One stored format of a letter.</summary>
/// <param name="On">The letter's date.</param>
/// <param name="By">The channel by which the letter was sent or will be sent.</param>
/// <param name="Format"><c>html</c> or <c>docx</c>.</param>
/// <param name="Sha256">Hash of the letter's bytes, hexadecimal.</param>
public sealed record KeptLetterView(DateOnly On, NoticeChannel By, string Format, string Sha256);

/// <summary>JSON settings for answers to requests for letters.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnum<LetterKind>), typeof(CamelCaseEnum<NoticeChannel>)])]
[JsonSerializable(typeof(LettersView))]
internal sealed partial class LetterReadingJson : JsonSerializerContext;
