using System.Text;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>What a body says in a nil return, when it takes its advice back, and about the day of a document is in the case or refused.</summary>
public sealed class WordsBesideAdviceTests
{
    private static readonly DateOnly Today = new(2026, 11, 28);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, DataType, string?> NilReturns => new()
    {
        { "text", new FhirString("Never seen here."), "Never seen here." },
        { "true", new FhirBoolean(true), "" },
        { "a coding", new Coding("urn:example:reasons", "7", "Moved to Wales"), "Moved to Wales (7)" },
        { "a day", new Date("2026-03-04"), "2026-03-04" },
        { "words of a reference", new ResourceReference { Display = "Letter of 3 March" }, "Letter of 3 March" },
        { "a document", new Attachment { ContentType = "text/plain", Data = Encoding.UTF8.GetBytes("Never seen here.") }, null },
        { "an annotation", new Annotation { Text = new Markdown("Never seen here."), Author = new FhirString("Dr Bello") }, null },
        { "a resource", new ResourceReference("DocumentReference/d"), null },
        { "false", new FhirBoolean(false), null },
    };

    [Theory]
    [MemberData(nameof(NilReturns))]
    public void A_nil_return_says_all_that_it_holds_or_is_refused(string what, DataType value, string? said)
    {
        var task = new FhirTask { Output = [new() { Type = new CodeableConcept(FhirUris.TaskOutputCodes, RequestCodes.OutputNilReturn), Value = value }] };
        var letter = new DocumentReference { Status = DocumentReferenceStatus.Current, Description = "A letter that nobody would read" };

        var read = AdviceInTask.Read(task, _ => letter, Today);

        Assert.Equal((what, said), (what, read.Value?.NilReturn));
        Assert.Equal(said is null, read.Problems.Any(problem => problem.Path.StartsWith("Task.output", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_day_on_which_a_document_was_made_is_the_day_of_the_advice_or_a_note()
    {
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Content = [new() { Attachment = new Attachment { ContentType = "text/plain", Data = "Report."u8.ToArray(), Creation = "2024-02-29" } }],
        };
        var task = new FhirTask { Output = [new() { Type = new CodeableConcept { Text = "advice" }, Value = new ResourceReference("DocumentReference/d") }] };

        Assert.Equal(new DateOnly(2024, 2, 29), AdviceInTask.Read(task, _ => document, Today).Value!.Content!.WrittenOn);

        document.Date = new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);
        var content = AdviceInTask.Read(task, _ => document, Today).Value!.Content!;
        Assert.Equal(new DateOnly(2026, 3, 4), content.WrittenOn);
        Assert.Contains(content.Notes, note => note.Text == "2024-02-29");
    }
}
