using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using Form = IntegrationHub.Contracts.Fhir.Answering.HealthAdviceQuestionnaire;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>Collects the groups of a response as advice, and replaces each link with the line that it names.</summary>
internal sealed class ResponseLines(IReadOnlyList<NoteGroup> groups, AvailableDocuments documents, List<FhirProblem> problems)
{
    private readonly List<AdviceView> views = [];
    private readonly List<AdviceNeed> needs = [];
    private readonly List<(AdviceOutcome Line, List<LineLink> Links)> outcomes = [];
    private readonly List<(AdviceProvision Line, List<LineLink> Links)> provision = [];
    private readonly List<AdviceNote> notes = [];
    private readonly List<AttachmentRef> attachments = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = [];
    private AdviceContent author = new() { Author = "", AuthorRole = "", WrittenOn = default };
    private int authors;
    private bool isNotKnown;

    internal void Read(ResponseLine line)
    {
        switch (line.LinkId)
        {
            case Form.Author:
                authors++;
                author = new AdviceContent { Author = line.Text(Form.AuthorName), AuthorRole = line.Text(Form.AuthorRole), WrittenOn = line.Day(Form.WrittenOn) };
                Note("Registration number of the author", line.Texts(Form.AuthorRegistration));
                break;
            case Form.Known:
                isNotKnown |= line.OwnChoice(Form.KnownOptions) == Form.IsNotKnown;
                Note("Known to this service", isNotKnown ? ["Not known to this service"] : []);
                break;
            case Form.KnownWords:
                Note("Known to this service", line.OwnAnswers.Select(answer => line.AsText(answer.Value, answer.Path)).OfType<string>());
                break;
            case Form.View:
                views.Add(new AdviceView(Id(line), line.Text("view.text")));
                break;
            case Form.Need:
                needs.Add(new AdviceNeed(Id(line), line.Code("need.area", AdviceCodes.NeedAreas), line.Text("need.text")));
                break;
            case Form.Outcome:
                outcomes.Add((new AdviceOutcome(Id(line), line.Text("outcome.text"), []), line.Links("outcome.needs", Form.Need)));
                break;
            case Form.Provision:
                provision.Add((Provided(line), line.Links("provision.outcomes", Form.Outcome)));
                break;
            case Form.Attachments:
                attachments.AddRange(line.OwnAnswers.Select(answer => Attached(line, answer.Value, answer.Path)).OfType<AttachmentRef>());
                break;
            default:
                AddNote(line);
                break;
        }
    }

    internal AdviceContent Content()
    {
        if (authors != 1)
        {
            problems.Add(new FhirProblem("QuestionnaireResponse.item", $"the item '{Form.Author}' must appear exactly once.", OperationOutcome.IssueType.Required));
        }

        if (isNotKnown && views.Count + needs.Count + outcomes.Count + provision.Count > 0)
        {
            problems.Add(new FhirProblem("QuestionnaireResponse.item", "the response says that the child is not known to the service, so it cannot contain lines of advice.", OperationOutcome.IssueType.BusinessRule));
        }

        var needIds = needs.ConvertAll(need => need.Id);
        var outcomeIds = outcomes.ConvertAll(outcome => outcome.Line.Id);
        return author with
        {
            Views = views,
            Needs = needs,
            Outcomes = outcomes.ConvertAll(outcome => outcome.Line with { Needs = Linked(outcome.Links, needIds, "outcome.needs", Form.Need) }),
            Provision = provision.ConvertAll(line => line.Line with { Outcomes = Linked(line.Links, outcomeIds, "provision.outcomes", Form.Outcome) }),
            Notes = notes,
            Attachments = attachments,
        };
    }

    private AdviceProvision Provided(ResponseLine line) => new()
    {
        Id = Id(line),
        Kind = line.Code("provision.kind", AdviceCodes.ProvisionKinds),
        Text = line.Text("provision.text"),
        Who = line.Optional("provision.who"),
        HowOften = line.Optional("provision.how-often"),
        HowLong = line.Optional("provision.how-long"),
        PreparesForAdulthood = line.IsYes("provision.adulthood"),
    };

    // The note of a group of answers begins with the group's main answer. The other answers follow, each with its label.
    private void AddNote(ResponseLine line)
    {
        if (groups.FirstOrDefault(one => one.LinkId == line.LinkId) is not { } group)
        {
            problems.Add(new FhirProblem($"{line.Path}.linkId", "the questionnaire does not have this item; check the linkId.", OperationOutcome.IssueType.Value));
            return;
        }

        if (group.LinkId == "note")
        {
            Note(line.Text("note.heading"), [line.Text("note.text")]);
            return;
        }

        if (group.LinkId == AdviceForm.Progress)
        {
            Note(group.Heading, [.. group.Questions.Select(question => $"{(question.Label is { } label ? $"{label}: " : "")}{line.Text(question.LinkId)}")]);
            return;
        }

        var texts = group.Questions.Select(question => (question.Label, Texts: line.Texts(question.LinkId))).Where(answer => answer.Texts.Count > 0)
            .Select(answer => answer.Label is null ? string.Join('\n', answer.Texts) : $"{answer.Label}: {string.Join(", ", answer.Texts)}");
        Note(group.Heading, [.. texts]);
    }

    private void Note(string heading, IEnumerable<string> texts)
    {
        if (string.Join('\n', texts) is { Length: > 0 } text)
        {
            notes.Add(new AdviceNote(heading, text));
        }
    }

    private AttachmentRef? Attached(ResponseLine line, DataType? value, string path)
    {
        if (value is Attachment attachment)
        {
            line.MarkUsed(attachment);
            return documents.Read(attachment, path, problems);
        }

        problems.Add(new FhirProblem(path, "the answer must be an attachment.", OperationOutcome.IssueType.Required));
        return null;
    }

    // A line's id is the id that the author gave, or the line's position if none was given. Ids must be unique.
    private string Id(ResponseLine line)
    {
        var kind = line.LinkId;
        var position = counts[kind] = counts.GetValueOrDefault(kind) + 1;
        var id = line.Optional($"{kind}.id") ?? string.Create(CultureInfo.InvariantCulture, $"{kind}-{position}");
        if (!ids.Add(id))
        {
            problems.Add(new FhirProblem(line.Path, "another line of this advice already has this reference; give each line its own.", OperationOutcome.IssueType.Duplicate));
        }

        return id;
    }

    private List<string> Linked(List<LineLink> links, List<string> lines, string linkId, string what)
    {
        var found = links.ConvertAll(link => link.Number is { } number ? lines.ElementAtOrDefault(number - 1) : lines.Contains(link.Id!) ? link.Id : null);
        if (found.Contains(null))
        {
            problems.Add(new FhirProblem($"QuestionnaireResponse.item.where(linkId='{linkId}')", $"refers to a {what} that is not in this advice.", OperationOutcome.IssueType.NotFound));
        }

        return [.. found.OfType<string>()];
    }
}
