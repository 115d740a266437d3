using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace IntegrationHub.Orchestrations.StatutoryClock.Batch;

/// <summary>Writes the answers to the lines of the batch, one after the other.</summary>
internal sealed class LineAnswer(IBufferWriter<byte> output, RuleSet rules, CountingPractice practice)
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    private static readonly JsonEncodedText LimitList = JsonEncodedText.Encode("limits");
    private static readonly JsonEncodedText LimitName = JsonEncodedText.Encode("limit");
    private static readonly JsonEncodedText Due = JsonEncodedText.Encode("due");
    private static readonly JsonEncodedText RelievedBy = JsonEncodedText.Encode("relievedBy");

    // The answers are written to a file or a pipe, never to a page, so an apostrophe need not be escaped.
    private readonly Utf8JsonWriter writer = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Answers the line, and returns whether it could be read.</summary>
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
            // Utf8JsonReader throws this exception for bytes or escapes that are not Unicode text.
            (facts, problem) = (null, "a text in the line is not Unicode");
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

    /// <summary>Writes the answer to a line that could not be read.</summary>
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

    // The time limits that an answer contains, in the order of the answer's format. The rule set has more time limits than these.
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
            // The id is written unchanged, with its escapes, because callers match answers to cases by comparing text.
            writer.WriteRawValue(id, skipInputValidation: true);
        }
    }

    private void End()
    {
        writer.WriteEndObject();
        writer.Flush();
    }

    /// <summary>The id in the line, even if the line is cut off or wrong elsewhere; empty if no id can be read.</summary>
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
            // The line stops being JSON before an id is reached, so there is no id to return; the line's error states what is wrong.
        }

        return default;
    }
}
