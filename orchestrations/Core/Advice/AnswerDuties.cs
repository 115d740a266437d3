using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Orchestrations.Advice;

/// <summary>The law that binds one kind of adviser to answer.</summary>
/// <param name="Of">The kind of duty that the entry is about.</param>
/// <param name="Law">Short citation of the law, or empty if no law binds the adviser.</param>
/// <param name="Sentence">The law as a sentence for a letter, or empty if no law binds the adviser. <c>{basis}</c> stands for the paragraph
/// under which the advice was asked for.</param>
/// <param name="Verified">Whether the entry was checked against the text of the law, rather than resting on general knowledge only.</param>
/// <param name="Note">Remarks on the entry.</param>
public sealed record DutyLaw(AnswerDuty Of, string Law, string Sentence, bool Verified, string Note);

/// <summary>The law that binds each kind of adviser, as dated data with one entry for each <see cref="AnswerDuty"/>. A school is not bound
/// by regulation 8.</summary>
public static class AnswerDuties
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<(IReadOnlyDictionary<AnswerDuty, DutyLaw> Duties, string ForReview, string InReassessment)> England = new(() =>
    {
        using var data = typeof(AnswerDuties).Assembly.GetManifestResourceStream("IntegrationHub.Orchestrations.Advice.answer-duties.json")
            ?? throw new InvalidDataException("The file answer-duties.json is not embedded in the assembly.");
        var document = JsonSerializer.Deserialize<Document>(data, Json)!;
        var duties = document.Duties.ToDictionary(duty => duty.Of);
        return Enum.GetValues<AnswerDuty>().Where(duty => !duties.ContainsKey(duty)).ToList() is { Count: > 0 } missing
            ? throw new InvalidDataException($"answer-duties.json has no entry for {string.Join(", ", missing)}.")
            : (duties, document.ForReview, document.InReassessment);
    });

    /// <summary>The law that binds this kind of adviser.</summary>
    public static DutyLaw Of(AnswerDuty duty) => England.Value.Duties[duty];

    /// <summary>The citation of the law for a request in a re-assessment, for example "reg 6(1)(g) with reg 26".</summary>
    public static string BasisInReassessment(string basis) => England.Value.InReassessment.Replace("{basis}", basis, StringComparison.Ordinal);

    /// <summary>The sentence for a letter about a request, or empty if no law binds the adviser.</summary>
    public static string SentenceFor(AdviceRequest request) => (request.Review is null ? Of(request.Duty).Sentence : England.Value.ForReview).Replace(
        "{basis}",
        request.LegalBasis.Replace("reg ", "regulation ", StringComparison.Ordinal).Replace("regs ", "regulations ", StringComparison.Ordinal),
        StringComparison.Ordinal);

    private sealed record Document(string Id, string Version, DateOnly InForceFrom, string Note, string ForReview, string InReassessment, IReadOnlyList<DutyLaw> Duties);
}
