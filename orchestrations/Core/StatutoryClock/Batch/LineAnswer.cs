using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace IntegrationHub.Orchestrations.StatutoryClock.Batch;

/// <summary>Writes the answer to one line of the batch after the other.</summary>
internal sealed class LineAnswer(IBufferWriter<byte> output, RuleSet rules, CountingPractice practice)
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    private static readonly JsonEncodedText LimitList = JsonEncodedText.Encode("limits");
    private static readonly JsonEncodedText LimitName = JsonEncodedText.Encode("limit");
    private static readonly JsonEncodedText Due = JsonEncodedText.Encode("due");
    private static readonly JsonEncodedText RelievedBy = JsonEncodedText.Encode("relievedBy");

    // The answers go to a file or a pipe, never into a page, so an apostrophe may stay one.
    private readonly Utf8JsonWriter writer = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Answers the line, and says whether it could be read.</summary>
    internal bool Write(ReadOnlySpan<byte> line)
    {
        CaseFacts? facts;
        string problem;
        try
        {
            facts = CaseLine.Read(line, out problem);
        }
        catch (JsonException exception)
        {
            (facts, problem) = (null, line.Trim(" \t\r"u8).IsEmpty ? "the line is empty" : $"not JSON at byte {exception.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader's answer to bytes or escapes that are no Unicode text.
            (facts, problem) = (null, "a text in it is not Unicode");
        }

        var id = FindId(line);
        if (facts is null)
        {
            WriteError(id, problem);
            return false;
        }

        WriteLimits(id, Clock.Limits(facts, rules, practice));
        return true;
    }

    /// <summary>Answers that a line could not be read.</summary>
    internal void WriteError(ReadOnlySpan<byte> id, string problem)
    {
        Start(id);
        writer.WriteString(Error, problem);
        End();
    }

    private void WriteLimits(ReadOnlySpan<byte> id, IReadOnlyList<Limit> limits)
    {
        Start(id);
        writer.WriteStartArray(LimitList);
        Span<byte> day = stackalloc byte[10];
        for (var i = 0; i < limits.Count; i++)
        {
            var limit = limits[i];
            if (!Answered.Contains(limit.RuleKey) || limit.Due is not { } due)
            {
                continue;
            }

            due.TryFormat(day, out _, "O");
            writer.WriteStartObject();
            writer.WriteString(LimitName, limit.Key);
            writer.WriteString(Due, day);
            writer.WriteStartArray(RelievedBy);
            for (var j = 0; j < limit.RelievedBy.Count; j++)
            {
                writer.WriteStringValue(Grounds.Name(limit.RelievedBy[j]));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        End();
    }

    // The format knows these limits; the rule set has more, and holds them in the format's order.
    private static readonly FrozenSet<string> Answered = FrozenSet.ToFrozenSet(
    [
        "decideWhetherToAssess", "advice", "notifyNoPlan", "draftBy", "familyRepresentations", "institutionResponse", "finalPlan", "firstReview",
        "appeal", "reversalNoPlan", "reversalFinalPlan", "appealResponse",
        "orderNotifyAssessment", "orderNoPlan", "orderFinalPlan",
        "orderNotifyReassessment", "orderNoPlanAfterReassessment", "orderPlanAfterReassessment",
        "orderDraftPlan", "orderMadePlan", "orderAmendedPlan", "orderNameInstitution",
        "concessionNotifyAssessment", "concessionNoPlan", "concessionFinalPlan",
        "concessionNotifyReassessment", "concessionNoPlanAfterReassessment", "concessionPlanAfterReassessment",
        "concessionDraftPlan", "concessionMadePlan", "concessionAmendedPlan", "concessionNameInstitution",
        "reviewInvite", "reviewPapers", "reviewReport", "reviewDecision", "reviewRepresentations", "amendedFinal", "amendedFinalOutside",
        "annualReview", "phaseTransferPost16", "phaseTransferOther", "post16Move",
        "transferPlan", "transferInform", "transferReview", "reassessDecision", "reassessFinalPlan",
    ], StringComparer.Ordinal);

    private void Start(ReadOnlySpan<byte> id)
    {
        writer.Reset();
        writer.WriteStartObject();
        writer.WritePropertyName(Id);
        if (id.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            // As it came, escapes and all: whoever matches answers to cases compares texts.
            writer.WriteRawValue(id, skipInputValidation: true);
        }
    }

    private void End()
    {
        writer.WriteEndObject();
        writer.Flush();
    }

    /// <summary>The id as it stands in the line, even in one that breaks off or is wrong elsewhere; empty when there is none to be read.</summary>
    private static ReadOnlySpan<byte> FindId(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(Id.EncodedUtf8Bytes))
                {
                    reader.Read();
                    var id = line[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
                    return reader.TokenType is JsonTokenType.String or JsonTokenType.Number && Utf8.IsValid(id) ? id : default;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON up to an id: there is none to echo, and the line's own error says the rest.
        }

        return default;
    }
}
