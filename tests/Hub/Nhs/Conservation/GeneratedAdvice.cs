using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Conservation;

/// <summary>A Task with outputs of every form, with words at all places.</summary>
internal sealed class GeneratedAdvice(WordFilling fill)
{
    private static readonly string[] Sections = ["needs-health", "needs-education", "needs-social-care", "provision-health", "provision-education", "outcomes", "views"];

    private readonly Dictionary<string, Resource> at = new(StringComparer.Ordinal);

    /// <summary>What the outputs refer to.</summary>
    internal IReadOnlyDictionary<string, Resource> Resources => at;

    private bool isReview;

    /// <summary>The Task.</summary>
    internal FhirTask Task()
    {
        var task = new FhirTask { Status = FhirTask.TaskStatus.Completed };
        isReview = fill.Chance(3);
        if (isReview)
        {
            task.Code = new CodeableConcept(FhirUris.AdviceTaskCodes, RequestCodes.TaskReviewAdvice);
        }

        for (var n = fill.Pick(3); n >= 0; n--)
        {
            var (id, resource) = fill.Pick(3) switch
            {
                0 => ($"Bundle/{n}", (Resource)Document()),
                1 => ($"QuestionnaireResponse/{n}", Response()),
                _ => ($"DocumentReference/{n}", Reference(n)),
            };
            at[id] = resource;
            task.Output.Add(new()
            {
                Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputAdvice) { Text = fill.Chance(3) ? fill.Word() : null },
                Value = new ResourceReference(id) { Display = fill.Chance(3) ? fill.Word() : null },
            });
        }

        return task;
    }

    private Bundle Document()
    {
        var composition = fill.Fill(new Composition());
        (composition.Status, composition.Date, composition.Title) = (CompositionStatus.Final, "2026-11-27", fill.Word());
        composition.Author = [new ResourceReference { Display = fill.Word() }, .. fill.Chance(3) ? [new ResourceReference("urn:uuid:1")] : (ResourceReference[])[]];
        composition.Section = [.. Enumerable.Range(0, 1 + fill.Pick(4)).Select(_ => Section(2))];
        var bundle = new Bundle { Type = Bundle.BundleType.Document, Entry = [new() { Resource = composition }] };
        bundle.Entry.Add(new() { FullUrl = "urn:uuid:1", Resource = fill.Fill(new Practitioner()) });
        for (var n = fill.Pick(3); n > 0; n--)
        {
            bundle.Entry.Add(new()
            {
                Resource = fill.Pick(4) switch
                {
                    0 => fill.Fill(new Patient()),
                    1 => fill.Fill(new AllergyIntolerance()),
                    2 => fill.Fill(new Condition()),
                    _ => (Resource)fill.Fill(new Observation()),
                },
            });
        }

        return bundle;
    }

    private Composition.SectionComponent Section(int depth)
    {
        var section = fill.Fill(new Composition.SectionComponent(), 3);
        section.Text = fill.Chance(4) ? null : fill.Narrative();
        if (fill.Chance(2))
        {
            section.Code = new CodeableConcept(FhirUris.AdviceSectionCodes, Sections[fill.Pick(Sections.Length)]);
            section.Code.Coding.AddRange(fill.Chance(5) ? [new Coding("http://snomed.info/sct", fill.Word(), fill.Word())] : []);
        }

        section.Title = fill.Chance(2) ? fill.Word() : section.Title;
        section.Section = depth == 0 ? [] : [.. Enumerable.Range(0, fill.Pick(3)).Select(_ => Section(depth - 1))];
        return section;
    }

    private QuestionnaireResponse Response()
    {
        var response = fill.Chance(3) ? fill.Fill(new QuestionnaireResponse()) : new QuestionnaireResponse();
        (response.Questionnaire, response.Status) = (isReview ? ReviewAdviceQuestionnaire.Canonical : HealthAdviceQuestionnaire.Canonical, QuestionnaireResponse.QuestionnaireResponseStatus.Completed);
        response.Item = Items((isReview ? ReviewAdviceQuestionnaire.Build() : HealthAdviceQuestionnaire.Build()).Item);
        return response;
    }

    // Every question of the form may be answered, left out, answered twice or by another kind of value; rarely, something else is said.
    private List<QuestionnaireResponse.ItemComponent> Items(List<Questionnaire.ItemComponent> questions)
    {
        var items = new List<QuestionnaireResponse.ItemComponent>();
        foreach (var question in questions.Where(question => question.Type != Questionnaire.QuestionnaireItemType.Display))
        {
            if (!(question.Required == true || fill.Chance(2)))
            {
                continue;
            }

            var item = new QuestionnaireResponse.ItemComponent { LinkId = question.LinkId, Text = fill.Chance(30) ? fill.Word() : fill.Chance(2) ? question.Text : null };
            if (question.Type == Questionnaire.QuestionnaireItemType.Group)
            {
                item.Item = Items(question.Item);
            }
            else
            {
                item.Answer = [.. Enumerable.Range(0, fill.Chance(6) ? 2 : 1).Select(_ => new QuestionnaireResponse.ItemComponent().Answer.FirstOrDefault() ?? Answer(question))];
            }

            items.Add(item);
        }

        if (fill.Chance(60))
        {
            items.Add(new() { LinkId = fill.Word(), Answer = [new() { Value = fill.Value() }] });
        }

        return items;
    }

    private QuestionnaireResponse.AnswerComponent Answer(Questionnaire.ItemComponent question)
    {
        var answer = new QuestionnaireResponse.AnswerComponent
        {
            Value = fill.Chance(25) ? fill.Value() : question.Type switch
            {
                Questionnaire.QuestionnaireItemType.Boolean => new FhirBoolean(true),
                Questionnaire.QuestionnaireItemType.Date => new Date("2026-11-20"),
                Questionnaire.QuestionnaireItemType.Choice when question.AnswerOption[0].Value is Coding coding => new Coding(coding.System, coding.Code, fill.Chance(6) ? fill.Word() : coding.Display),
                Questionnaire.QuestionnaireItemType.Attachment => Text(),
                _ => new FhirString($"{fill.Word()} and {fill.Word()}"),
            },
        };
        if (fill.Chance(80))
        {
            answer.Item.Add(new() { LinkId = "more", Answer = [new() { Value = new FhirString(fill.Word()) }] });
        }

        return answer;
    }

    private DocumentReference Reference(int n)
    {
        var reference = fill.Chance(2) ? fill.Fill(new DocumentReference()) : new DocumentReference();
        (reference.Status, reference.DocStatus) = (DocumentReferenceStatus.Current, null);
        reference.Content = [new() { Attachment = Text() }];
        if (fill.Chance(3))
        {
            at[$"Binary/{n}"] = new Binary { ContentType = "application/fhir+json", Data = FhirWriter.Write(Document(), FhirFormat.Json) };
            reference.Content.Add(new() { Attachment = new Attachment { Url = $"Binary/{n}", Title = fill.Word() } });
        }

        return reference;
    }

    private Attachment Text()
    {
        var (type, text) = fill.Pick(4) switch
        {
            0 => ("text/html", $"<html><head><title>{fill.Word()}</title><meta name=\"description\" content=\"{fill.Word()}\"></head><body><form>{fill.Word()}<input value=\"{fill.Word()}\"></form>{fill.Html(3)}<script>x()</script></body></html>"),
            1 => ("text/csv", $"a;b\n{fill.Word()};{fill.Word()}"),
            2 => ("application/x-unheard-of", $"\u0001{fill.Word()}"),
            _ => ("text/plain; charset=utf-8", $"{fill.Word()} {fill.Word()}"),
        };
        return new Attachment { ContentType = fill.Chance(4) ? "text/plain" : type, Title = fill.Chance(2) ? fill.Word() : null, Data = Encoding.UTF8.GetBytes(text) };
    }
}
