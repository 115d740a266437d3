using System.Globalization;
using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.QuestionnaireResponse;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// One group of a response. Every answer to a question in the questionnaire is used, including a second answer and an answer of the wrong
/// type. Any item that is not in the questionnaire is reported as a problem with its path.
/// </summary>
internal sealed class ResponseLine
{
    private static readonly HashSet<string> OwnWords = WordsOf(HealthAdviceQuestionnaire.Build().Item).Concat(WordsOf(ReviewAdviceQuestionnaire.Build().Item)).Concat(FirstQuestionnaire.Texts).ToHashSet(StringComparer.Ordinal);

    private readonly ItemComponent item;
    private readonly UsedElements placing;
    private readonly List<FhirProblem> problems;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    internal ResponseLine(ItemComponent item, string path, UsedElements placing, List<FhirProblem> problems)
    {
        (this.item, Path, this.placing, this.problems) = (item, path, placing, problems);
        CheckWording(item);
    }

    internal string Path { get; }

    internal string LinkId => item.LinkId ?? "";

    /// <summary>The answers given directly to this item.</summary>
    internal IEnumerable<(DataType? Value, string Path)> OwnAnswers => Answers(item, Path);

    /// <summary>Every answer to a question of this group, as text.</summary>
    internal List<string> Texts(string linkId) => [.. Values(linkId).Select(answer => AsText(answer.Value, answer.Path)).OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text))];

    /// <summary>All answers to a question as one text, or null if there are none.</summary>
    internal string? Optional(string linkId) => Texts(linkId) is { Count: > 0 } texts ? string.Join('\n', texts) : null;

    /// <summary>Like <see cref="Optional"/>, but reports a missing answer as a problem.</summary>
    internal string Text(string linkId) => Optional(linkId) ?? Missing(linkId, "a text answer is needed.");

    /// <summary>The single full date given as the answer.</summary>
    internal DateOnly Day(string linkId)
    {
        var answers = Values(linkId).ToList();
        if (answers is [(Date date, _)] && DateOnly.TryParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            placing.Add(date);
            return day;
        }

        Missing(linkId, "exactly one full date is needed.");
        return default;
    }

    /// <summary>Whether a question was answered with yes. An answer that is neither yes nor no is a problem.</summary>
    internal bool IsYes(string linkId)
    {
        var yes = false;
        foreach (var (value, path) in Values(linkId))
        {
            yes |= (value as FhirBoolean)?.Value == true;
            placing.Add(value);
            if (value is not FhirBoolean)
            {
                Problem(path, "the answer must be yes or no.", OperationOutcome.IssueType.Value);
            }
        }

        return yes;
    }

    /// <summary>The single code given as the answer.</summary>
    internal T Code<T>(string linkId, IReadOnlyList<CodeEntry<T>> codes)
        where T : struct, Enum
    {
        if (Values(linkId).ToList() is [(Coding { System: FhirUris.AdviceSectionCodes } coding, _)] && codes.FirstOrDefault(code => code.Code == coding.Code) is { } entry)
        {
            Chosen(coding, entry.Display);
            return entry.Value;
        }

        Problem(Where(linkId), $"exactly one code of {FhirUris.AdviceSectionCodes} is needed: {string.Join(", ", codes.Select(code => code.Code))}.", OperationOutcome.IssueType.CodeInvalid);
        return default;
    }

    /// <summary>The code of the option chosen at this item, or null if the answer is not one of the options.</summary>
    internal string? OwnChoice(params ReadOnlySpan<(string Code, string Display)> options)
    {
        if (OwnAnswers.ToList() is [(Coding { System: FhirUris.AdviceFormCodes } coding, _)])
        {
            foreach (var (code, display) in options)
            {
                if (coding.Code == code)
                {
                    Chosen(coding, display);
                    return code;
                }
            }
        }

        Problem($"{Path}.answer", "the answer must be one of the published options.", OperationOutcome.IssueType.CodeInvalid);
        return null;
    }

    /// <summary>
    /// References to other lines, each of which is either a line number chosen from the list or the id that the sender gave the line.
    /// </summary>
    internal List<LineLink> Links(string linkId, string line)
    {
        var links = new List<LineLink>();
        foreach (var (value, path) in Values(linkId))
        {
            if (value is Coding coding && LineLinks.Number(line, coding) is { } number)
            {
                Chosen(coding, LineLinks.Display(line, number));
                links.Add(new LineLink(number, null));
            }
            else if (value is FhirString { Value: { } id })
            {
                placing.Add(value);
                links.Add(new LineLink(null, id));
            }
            else
            {
                Problem(path, $"choose a {line} that is in this response.", OperationOutcome.IssueType.Value);
            }
        }

        return links;
    }

    /// <summary>A value as text. A value that cannot be written as text is reported as a problem with its path.</summary>
    internal string? AsText(DataType? value, string path)
    {
        if (ConceptWords.Of(value) is { } words)
        {
            placing.Add(value is ResourceReference reference ? reference.DisplayElement : value);
            return words;
        }

        Problem(path, "a text answer is expected here.", OperationOutcome.IssueType.Value);
        return null;
    }

    /// <summary>Records a document's attachment as used, and also the hash that the hub itself adds to an attachment.</summary>
    internal void MarkUsed(Attachment attachment)
    {
        placing.Add(attachment);
        placing.Add(attachment.Extension.Find(extension => extension.Url == FhirUris.Sha256));
    }

    /// <summary>Reports everything in the response that the questionnaire did not ask for.</summary>
    internal void ReportUnexpected()
    {
        for (var i = 0; i < item.Item.Count; i++)
        {
            var inner = item.Item[i];
            if (inner.LinkId?.EndsWith(QuestionnaireItems.HelpEnding, StringComparison.Ordinal) == true && inner.Answer.Count + inner.Item.Count == 0)
            {
                // A form is allowed to send the help text that it displayed, but only with the questionnaire's own wording.
                CheckWording(inner);
            }
            else if (inner.LinkId is not { } linkId || !asked.Contains(linkId))
            {
                Problem($"{Path}.item[{i}].linkId", "the questionnaire does not have this item here; check the linkId.", OperationOutcome.IssueType.Value);
            }
        }

        if (asked.Count > 0 && item.Answer.Count > 0)
        {
            Problem($"{Path}.answer", "this item is a group and must not have an answer.", OperationOutcome.IssueType.Value);
        }
    }

    private IEnumerable<(DataType? Value, string Path)> Values(string linkId)
    {
        asked.Add(linkId);
        for (var i = 0; i < item.Item.Count; i++)
        {
            if (item.Item[i].LinkId == linkId)
            {
                CheckWording(item.Item[i]);
                foreach (var answer in Answers(item.Item[i], $"{Path}.item[{i}]"))
                {
                    yield return answer;
                }
            }
        }
    }

    private IEnumerable<(DataType? Value, string Path)> Answers(ItemComponent question, string path)
    {
        if (question.Item.Count > 0)
        {
            Problem($"{path}.item[0].linkId", "the questionnaire does not have this item here; check the linkId.", OperationOutcome.IssueType.Value);
        }

        for (var i = 0; i < question.Answer.Count; i++)
        {
            if (question.Answer[i].Item.Count > 0)
            {
                Problem($"{path}.answer[{i}].item[0].linkId", "the questionnaire does not have this item here; check the linkId.", OperationOutcome.IssueType.Value);
            }

            yield return (question.Answer[i].Value, $"{path}.answer[{i}].value");
        }
    }

    // A response may repeat the question's own text next to the answer; that text adds no information.
    private void CheckWording(ItemComponent question)
    {
        if (question.Text is { } text && OwnWords.Contains(text))
        {
            placing.Add(question.TextElement);
        }
    }

    private void Chosen(Coding coding, string display)
    {
        placing.Add(coding.CodeElement);
        placing.Add(coding.Display == display ? coding.DisplayElement : null);
    }

    private string Missing(string linkId, string reason)
    {
        Problem(Where(linkId), reason, OperationOutcome.IssueType.Required);
        return "";
    }

    private string Where(string linkId) => $"{Path}.item.where(linkId='{linkId}')";

    private void Problem(string path, string reason, OperationOutcome.IssueType code) => problems.Add(new FhirProblem(path, reason, code));

    private static IEnumerable<string> WordsOf(IEnumerable<Questionnaire.ItemComponent> items) =>
        items.SelectMany(item => WordsOf(item.Item).Prepend(item.Text!));
}

/// <summary>A reference from one line to another.</summary>
/// <param name="Number">Position of the line among the lines of its kind, from 1.</param>
/// <param name="Id">The sender's own id for the line.</param>
internal sealed record LineLink(int? Number, string? Id);
