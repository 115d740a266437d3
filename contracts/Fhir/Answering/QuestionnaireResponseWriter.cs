using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using static Hl7.Fhir.Model.QuestionnaireResponse;
using Form = IntegrationHub.Contracts.Fhir.Answering.HealthAdviceQuestionnaire;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// Turns advice into a QuestionnaireResponse, as a body sends it. The demo and the tests send these responses, to stand in for the body
/// that was asked for advice.
/// </summary>
public static class QuestionnaireResponseWriter
{
    /// <summary>Writes advice as a completed response.</summary>
    /// <param name="content">The advice.</param>
    /// <param name="basedOn">The ServiceRequest that asked for the advice, or null to name none.</param>
    /// <param name="bytes">Finds the bytes of a document, which are then included in the response. If null, the response states only the
    /// document's name, size and address.</param>
    public static QuestionnaireResponse Write(AdviceContent content, ResourceReference? basedOn = null, Func<AttachmentRef, byte[]>? bytes = null)
    {
        List<string> needs = [.. content.Needs.Select(need => need.Id)];
        List<string> outcomes = [.. content.Outcomes.Select(outcome => outcome.Id)];
        var response = new QuestionnaireResponse
        {
            Meta = new Meta { Profile = [FhirUris.UkCoreQuestionnaireResponse] },
            Questionnaire = Form.Canonical,
            Status = QuestionnaireResponseStatus.Completed,
            Authored = Day(content.WrittenOn),
            BasedOn = basedOn is null ? [] : [basedOn],
            Item =
            [
                Group(Form.Author, Text(Form.AuthorName, content.Author), Text(Form.AuthorRole, content.AuthorRole), Answer(Form.WrittenOn, new Date(Day(content.WrittenOn)))),
                Answer(Form.Known, new Coding(FhirUris.AdviceFormCodes, Form.KnownOptions[0].Code, Form.KnownOptions[0].Display)),
                .. content.Views.Select(view => Group(Form.View, Text("view.id", view.Id), Text("view.text", view.Text))),
                .. content.Needs.Select(need => Group(Form.Need, Text("need.id", need.Id), Answer("need.area", AdviceCodes.Of(AdviceCodes.NeedAreas, need.Area)), Text("need.text", need.Text))),
                .. content.Outcomes.Select(outcome => Group(Form.Outcome, Text("outcome.id", outcome.Id), Text("outcome.text", outcome.Text), Links("outcome.needs", Form.Need, outcome.Needs, needs))),
                .. content.Provision.Select(line => Provided(line, outcomes)),
                .. content.Notes.Select(note => Group("note", Text("note.heading", note.Heading), Text("note.text", note.Text))),
            ],
        };
        if (content.Attachments.Count > 0)
        {
            response.Item.Add(Answer(Form.Attachments, [.. content.Attachments.Select(attachment => Attached(attachment, bytes))]));
        }

        return response;
    }

    private static ItemComponent Provided(AdviceProvision line, List<string> outcomes) => Group(
        Form.Provision,
        Text("provision.id", line.Id),
        Answer("provision.kind", AdviceCodes.Of(AdviceCodes.ProvisionKinds, line.Kind)),
        Text("provision.text", line.Text),
        line.Who is { } who ? Text("provision.who", who) : null,
        line.HowOften is { } often ? Text("provision.how-often", often) : null,
        line.HowLong is { } length ? Text("provision.how-long", length) : null,
        line.PreparesForAdulthood ? Answer("provision.adulthood", new FhirBoolean(true)) : null,
        Links("provision.outcomes", Form.Outcome, line.Outcomes, outcomes));

    private static Attachment Attached(AttachmentRef attachment, Func<AttachmentRef, byte[]>? bytes) => new()
    {
        ContentType = attachment.ContentType,
        Title = attachment.FileName,
        Size = (int)attachment.Size,
        Data = bytes?.Invoke(attachment),
        Url = bytes is null ? attachment.Token : null,
        Extension = [new Extension(FhirUris.Sha256, new FhirString(attachment.Sha256))],
    };

    private static ItemComponent Group(string linkId, params ItemComponent?[] items) => new() { LinkId = linkId, Item = [.. items.OfType<ItemComponent>()] };

    private static ItemComponent Text(string linkId, string text) => Answer(linkId, new FhirString(text));

    // Links are written as if a person had chosen the lines from the list in the questionnaire. A link to a line outside this advice is
    // written unchanged, so QuestionnaireReading refuses it.
    private static ItemComponent? Links(string linkId, string line, IReadOnlyList<string> links, List<string> lines) =>
        links.Count == 0 ? null : Answer(linkId, [.. links.Select(link => lines.IndexOf(link) is var at and >= 0 ? (DataType)LineLinks.Coding(line, at + 1) : new FhirString(link))]);

    private static ItemComponent Answer(string linkId, params DataType[] values) => new()
    {
        LinkId = linkId,
        Answer = [.. values.Select(value => new AnswerComponent { Value = value })],
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
