using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using static Hl7.Fhir.Model.QuestionnaireResponse;
using Form = IntegrationHub.Contracts.Fhir.Answering.HealthAdviceQuestionnaire;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>QuestionnaireResponse to advice.</summary>
public static class QuestionnaireReading
{
    /// <summary>Reads a response to the published questionnaire.</summary>
    /// <param name="response">The response; status completed or amended.</param>
    /// <param name="documents">Where attachments are found.</param>
    public static FhirReading<AdviceContent> Read(QuestionnaireResponse response, DocumentsAtHand documents)
    {
        var problems = new List<FhirProblem>();
        if (response.Questionnaire is not { } form || (form != Form.Canonical && form != FhirUris.HealthAdviceQuestionnaire))
        {
            problems.Add(new FhirProblem("QuestionnaireResponse.questionnaire", $"must be {Form.Canonical}.", OperationOutcome.IssueType.NotSupported));
        }

        if (response.Status is not (QuestionnaireResponseStatus.Completed or QuestionnaireResponseStatus.Amended))
        {
            problems.Add(new FhirProblem("QuestionnaireResponse.status", "only a completed or amended response is advice.", OperationOutcome.IssueType.BusinessRule));
        }

        var lines = new Lines(problems);
        AdviceContent content = new() { Author = "", AuthorRole = "", WrittenOn = default };
        List<AdviceView> views = [];
        List<AdviceNeed> needs = [];
        List<AdviceOutcome> outcomes = [];
        List<AdviceProvision> provision = [];
        List<AttachmentRef> attachments = [];
        var authors = 0;
        for (var i = 0; i < response.Item.Count; i++)
        {
            var line = new Line(response.Item[i], $"QuestionnaireResponse.item[{i}]", problems);
            switch (line.Item.LinkId)
            {
                case Form.Author:
                    authors++;
                    content = content with { Author = line.Text(Form.AuthorName), AuthorRole = line.Text(Form.AuthorRole), WrittenOn = line.Day(Form.WrittenOn) };
                    break;
                case Form.View:
                    views.Add(new AdviceView(lines.Id(line, Form.View), line.Text("view.text")));
                    break;
                case Form.Need:
                    needs.Add(new AdviceNeed(lines.Id(line, Form.Need), line.Code("need.area", AdviceCodes.NeedAreas), line.Text("need.text")));
                    break;
                case Form.Outcome:
                    outcomes.Add(new AdviceOutcome(lines.Id(line, Form.Outcome), line.Text("outcome.text"), line.Texts("outcome.needs")));
                    break;
                case Form.Provision:
                    provision.Add(Provided(lines.Id(line, Form.Provision), line));
                    break;
                case Form.Attachments:
                    attachments.AddRange(line.Item.Answer.Select((answer, at) => answer.Value is Attachment attachment
                        ? documents.Read(attachment, $"{line.Path}.answer[{at}].value", problems)
                        : line.Wrong<AttachmentRef>($"answer[{at}].value", "an attachment is expected.")).OfType<AttachmentRef>());
                    break;
                default:
                    problems.Add(new FhirProblem($"{line.Path}.linkId", "the questionnaire has no such item.", OperationOutcome.IssueType.Value));
                    break;
            }
        }

        if (authors != 1)
        {
            problems.Add(new FhirProblem("QuestionnaireResponse.item", $"the item '{Form.Author}' is needed exactly once.", OperationOutcome.IssueType.Required));
        }

        Linked(outcomes.SelectMany(outcome => outcome.Needs), needs.Select(need => need.Id), "outcome.needs", "need", problems);
        Linked(provision.SelectMany(line => line.Outcomes), outcomes.Select(outcome => outcome.Id), "provision.outcomes", "outcome", problems);
        content = content with { Views = views, Needs = needs, Outcomes = outcomes, Provision = provision, Attachments = attachments };
        if (problems.Count == 0 && content.IsDocumentOnly && attachments.Count == 0)
        {
            problems.Add(new FhirProblem("QuestionnaireResponse.item", "the response says nothing: no line and no document.", OperationOutcome.IssueType.Required));
        }

        return FhirReading<AdviceContent>.Of(problems, () => content);
    }

    private static AdviceProvision Provided(string id, Line line) => new()
    {
        Id = id,
        Kind = line.Code("provision.kind", AdviceCodes.ProvisionKinds),
        Text = line.Text("provision.text"),
        Who = line.Optional("provision.who"),
        HowOften = line.Optional("provision.how-often"),
        HowLong = line.Optional("provision.how-long"),
        PreparesForAdulthood = line.Answers("provision.adulthood").OfType<FhirBoolean>().FirstOrDefault()?.Value == true,
        Outcomes = line.Texts("provision.outcomes"),
    };

    private static void Linked(IEnumerable<string> links, IEnumerable<string> ids, string linkId, string what, List<FhirProblem> problems)
    {
        var known = ids.ToHashSet(StringComparer.Ordinal);
        if (links.Any(link => !known.Contains(link)))
        {
            problems.Add(new FhirProblem($"QuestionnaireResponse.item.where(linkId='{linkId}')", $"names a {what} that is not in this advice.", OperationOutcome.IssueType.NotFound));
        }
    }

    // Line ids: the author's own, or the position where none was given; no two the same.
    private sealed class Lines(List<FhirProblem> problems)
    {
        private readonly HashSet<string> taken = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> counts = [];

        internal string Id(Line line, string kind)
        {
            var position = counts[kind] = counts.GetValueOrDefault(kind) + 1;
            var id = line.Optional($"{kind}.id") ?? string.Create(CultureInfo.InvariantCulture, $"{kind}-{position}");
            if (!taken.Add(id))
            {
                problems.Add(new FhirProblem(line.Path, "another line of this advice has the same reference.", OperationOutcome.IssueType.Duplicate));
            }

            return id;
        }
    }

    private sealed record Line(ItemComponent Item, string Path, List<FhirProblem> Problems)
    {
        internal IEnumerable<DataType?> Answers(string linkId) =>
            Item.Item.Where(item => item.LinkId == linkId).SelectMany(item => item.Answer).Select(answer => answer.Value);

        internal string? Optional(string linkId) => Texts(linkId).FirstOrDefault();

        internal List<string> Texts(string linkId) =>
            [.. Answers(linkId).Select(answer => (answer as FhirString)?.Value ?? "").Where(text => !string.IsNullOrWhiteSpace(text))];

        internal string Text(string linkId) => Optional(linkId) ?? Wrong<string>(linkId, "an answer in words is needed.") ?? "";

        internal T Code<T>(string linkId, IReadOnlyList<CodeEntry<T>> codes)
            where T : struct, Enum
        {
            var coding = Answers(linkId).OfType<Coding>().FirstOrDefault();
            if (coding?.System == FhirUris.AdviceSectionCodes && AdviceCodes.Value(codes, coding.Code) is { } value)
            {
                return value;
            }

            Problems.Add(new FhirProblem($"{Path}.item.where(linkId='{linkId}')", $"a code of {FhirUris.AdviceSectionCodes} is needed: {string.Join(", ", codes.Select(code => code.Code))}.", OperationOutcome.IssueType.CodeInvalid));
            return default;
        }

        internal DateOnly Day(string linkId)
        {
            if (DateOnly.TryParseExact(Answers(linkId).OfType<Date>().FirstOrDefault()?.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            Wrong<string>(linkId, "a full date is needed.");
            return default;
        }

        internal T? Wrong<T>(string linkId, string reason)
            where T : class
        {
            Problems.Add(new FhirProblem($"{Path}.item.where(linkId='{linkId}')", reason, OperationOutcome.IssueType.Required));
            return null;
        }
    }
}
