using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using static Hl7.Fhir.Model.QuestionnaireResponse;
using Form = IntegrationHub.Contracts.Fhir.Answering.HealthAdviceQuestionnaire;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>Advice to QuestionnaireResponse: what a body sends, and what the demo and the tests send in its place.</summary>
public static class QuestionnaireWriting
{
    /// <summary>Lays <paramref name="content"/> out as a completed response.</summary>
    /// <param name="content">The advice.</param>
    /// <param name="basedOn">The ServiceRequest that asked for it; null to leave it open.</param>
    /// <param name="bytes">Finds the bytes of a document, which then travel inside the response; null leaves only its name, size and address.</param>
    public static QuestionnaireResponse Write(AdviceContent content, ResourceReference? basedOn = null, Func<AttachmentRef, byte[]>? bytes = null)
    {
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
                .. content.Views.Select(view => Group(Form.View, Text("view.id", view.Id), Text("view.text", view.Text))),
                .. content.Needs.Select(need => Group(Form.Need, Text("need.id", need.Id), Answer("need.area", AdviceCodes.Of(AdviceCodes.NeedAreas, need.Area)), Text("need.text", need.Text))),
                .. content.Outcomes.Select(outcome => Group(Form.Outcome, Text("outcome.id", outcome.Id), Text("outcome.text", outcome.Text), Texts("outcome.needs", outcome.Needs))),
                .. content.Provision.Select(Provided),
            ],
        };
        if (content.Attachments.Count > 0)
        {
            response.Item.Add(Answer(Form.Attachments, [.. content.Attachments.Select(attachment => Attached(attachment, bytes))]));
        }

        return response;
    }

    private static ItemComponent Provided(AdviceProvision line) => Group(
        Form.Provision,
        Text("provision.id", line.Id),
        Answer("provision.kind", AdviceCodes.Of(AdviceCodes.ProvisionKinds, line.Kind)),
        Text("provision.text", line.Text),
        line.Who is { } who ? Text("provision.who", who) : null,
        line.HowOften is { } often ? Text("provision.how-often", often) : null,
        line.HowLong is { } length ? Text("provision.how-long", length) : null,
        line.PreparesForAdulthood ? Answer("provision.adulthood", new FhirBoolean(true)) : null,
        Texts("provision.outcomes", line.Outcomes));

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

    private static ItemComponent? Texts(string linkId, IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : Answer(linkId, [.. texts.Select(text => new FhirString(text))]);

    private static ItemComponent Answer(string linkId, params DataType[] values) => new()
    {
        LinkId = linkId,
        Answer = [.. values.Select(value => new AnswerComponent { Value = value })],
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
