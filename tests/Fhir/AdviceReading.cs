using System.Security.Cryptography;
using CsCheck;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Fhir.Tests;

public sealed class AdviceReading
{
    [Theory]
    [InlineData(FhirFormat.Json)]
    [InlineData(FhirFormat.Xml)]
    public void Advice_survives_the_questionnaire_response_on_the_wire(FhirFormat format)
    {
        var bytes = FhirWriter.Write(QuestionnaireResponseWriter.Write(Given.Advice()), format);
        var read = FhirReader.Read(bytes, format);

        Assert.Empty(read.Problems);
        var back = QuestionnaireReading.Read((QuestionnaireResponse)read.Value!, Given.NoDocuments());
        Assert.Empty(back.Problems);
        Assert.Equivalent(Given.Advice(), back.Value, strict: true);
    }

    [Fact]
    public void Attachments_inside_a_response_are_told_by_their_bytes()
    {
        byte[] letter = [1, 2, 3];
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(letter));
        var advice = Given.Advice() with { Attachments = [new($"sha256/{sha256}", "letter.pdf", "application/pdf", 3, sha256)] };
        var documents = Given.NoDocuments();

        var back = QuestionnaireReading.Read(OverTheWire(QuestionnaireResponseWriter.Write(advice, bytes: _ => letter), FhirFormat.Json), documents);

        Assert.Equivalent(advice, back.Value, strict: true);
        Assert.Equal(letter, Assert.Single(documents.Found).Bytes.ToArray());
    }

    [Fact]
    public void Every_answer_that_is_missing_or_wrong_is_named()
    {
        var response = QuestionnaireResponseWriter.Write(Given.Advice());
        response.Questionnaire = "http://elsewhere/form";
        response.Status = QuestionnaireResponse.QuestionnaireResponseStatus.InProgress;
        response.Item.RemoveAt(0);
        response.Item.Single(item => item.LinkId == "need" && item.Item[0].Answer[0].Value is FhirString { Value: "N1" }).Item.RemoveAt(1);
        response.Item.Single(item => item.LinkId == "outcome").Item[2].Answer[0].Value = new FhirString("N9");
        response.Item.Add(new() { LinkId = "nonsense" });

        var read = QuestionnaireReading.Read(response, Given.NoDocuments());

        Assert.Null(read.Value);
        Assert.Equal(
            [
                "QuestionnaireResponse.questionnaire", "QuestionnaireResponse.status", "QuestionnaireResponse.item[2].item.where(linkId='need.area')",
                "QuestionnaireResponse.item[7].linkId", "QuestionnaireResponse.item", "QuestionnaireResponse.item.where(linkId='outcome.needs')",
            ],
            read.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Two_lines_may_not_share_a_reference()
    {
        var advice = Given.Advice() with { Views = [new("N1", "x")] };

        var read = QuestionnaireReading.Read(QuestionnaireResponseWriter.Write(advice), Given.NoDocuments());

        Assert.Equal(OperationOutcome.IssueType.Duplicate, Assert.Single(read.Problems).Code);
    }

    [Fact]
    public void The_published_questionnaire_holds_every_rule_and_every_answer_has_its_question()
    {
        var form = HealthAdviceQuestionnaire.Build();

        var read = FhirReader.Read(FhirWriter.Write(form, FhirFormat.Json), FhirFormat.Json);

        Assert.Empty(read.Problems);
        Assert.Empty(FhirReader.Read(FhirWriter.Write(ReviewAdviceQuestionnaire.Build(), FhirFormat.Json), FhirFormat.Json).Problems);
        var questions = Flatten(form.Item).ToHashSet();
        Assert.All(Answers(QuestionnaireResponseWriter.Write(Given.Advice()).Item), linkId => Assert.Contains(linkId, questions));

        static IEnumerable<string> Flatten(IEnumerable<Questionnaire.ItemComponent> items) => items.SelectMany(item => Flatten(item.Item).Prepend(item.LinkId!));
        static IEnumerable<string> Answers(IEnumerable<QuestionnaireResponse.ItemComponent> items) => items.SelectMany(item => Answers(item.Item).Prepend(item.LinkId!));
    }

    [Fact]
    public void A_composition_is_read_by_its_section_codes()
    {
        var document = Letter();

        var read = CompositionReading.Read(document, Given.NoDocuments());

        Assert.Empty(read.Problems);
        Assert.Equal("Dr Amara Bello", read.Value!.Author);
        Assert.Equal("Paediatrician", read.Value.AuthorRole);
        Assert.Equal([new("need-1", NeedArea.Health, "Epilepsy."), new AdviceNeed("need-2", NeedArea.Health, "Fatigue & sleep.")], read.Value.Needs);
        Assert.Equal("Seizure training, yearly.", Assert.Single(read.Value.Provision).Text);
        Assert.Equal(ProvisionKind.Health, read.Value.Provision[0].Kind);
    }

    [Fact]
    public void A_document_without_a_line_for_the_plan_is_kept_whole_with_its_notes()
    {
        var document = Letter();
        ((Composition)document.Entry[0].Resource!).Section.RemoveRange(0, 2);
        var documents = Given.NoDocuments();
        var whole = new AttachmentRef("sha256/aa", "letter.json", "application/fhir+json", 10, new string('a', 64));

        var read = CompositionReading.Read(document, documents).Value!;

        Assert.True(read.IsDocumentOnly);
        Assert.Equal([new AdviceNote("clinical-history", "Born at term.")], read.Notes);
        Assert.Equal(documents.Found[0].Reference, Assert.Single(read.Attachments));
        Assert.Equal(whole, Assert.Single(CompositionReading.Read(document, Given.NoDocuments(), whole).Value!.Attachments));
    }

    [Fact]
    public void A_document_that_says_nothing_is_no_advice()
    {
        var document = Letter();
        ((Composition)document.Entry[0].Resource!).Section.Clear();

        Assert.Equal("Bundle.entry[0].resource.section", Assert.Single(CompositionReading.Read(document, Given.NoDocuments()).Problems).Path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(FhirFormat.Json)]
    [InlineData(FhirFormat.Xml)]
    public void A_document_alone_is_an_appendix_dated_in_London(FhirFormat? wire)
    {
        var binary = new Binary { ContentType = "application/pdf", Data = [7, 7] };
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Date = new DateTimeOffset(2026, 6, 30, 23, 30, 0, TimeSpan.Zero),
            Author = [new ResourceReference { Display = "Dr Bello" }],
            Content = [new() { Attachment = new Attachment { Url = "Binary/1", Title = "report.pdf", Hash = SHA1.HashData([7, 7]), Size = 2 } }],
        };

        var read = DocumentReading.Read(OverTheWire(document, wire), new AvailableDocuments(url => url == "Binary/1" ? binary : null), new DateOnly(2026, 7, 9));

        Assert.True(read.Value!.IsDocumentOnly);
        Assert.Equal(new DateOnly(2026, 7, 1), read.Value.WrittenOn);
        Assert.Equal(("report.pdf", "application/pdf", 2L), (read.Value.Attachments[0].FileName, read.Value.Attachments[0].ContentType, read.Value.Attachments[0].Size));
    }

    [Theory]
    [InlineData(null, "Binary/2", null, null, "DocumentReference.content[0].attachment")]
    [InlineData(null, "Binary/1", 3, null, "DocumentReference.content[0].attachment.size")]
    [InlineData(FhirFormat.Json, "Binary/1", 3, null, "DocumentReference.content[0].attachment.size")]
    [InlineData(FhirFormat.Xml, "Binary/1", 3, null, "DocumentReference.content[0].attachment.size")]
    [InlineData(FhirFormat.Json, "Binary/1", 0, null, "DocumentReference.content[0].attachment.size")]
    [InlineData(FhirFormat.Json, "Binary/1", null, "AAAA", "DocumentReference.content[0].attachment.hash")]
    public void Damaged_or_missing_bytes_are_refused(FhirFormat? wire, string url, int? size, string? hash, string path)
    {
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Content = [new() { Attachment = new Attachment { Url = url, Size = size, Hash = hash is null ? null : Convert.FromBase64String(hash) } }],
        };

        var read = DocumentReading.Read(OverTheWire(document, wire), new AvailableDocuments(at => at == "Binary/1" ? new Binary { Data = [7, 7] } : null), new DateOnly(2026, 7, 9));

        Assert.Equal(path, Assert.Single(read.Problems).Path);
    }

    /// <summary>The resource as a reader of its bytes has it, which the SDK makes of other types than code that builds one; null leaves it as it was built.</summary>
    private static T OverTheWire<T>(T resource, FhirFormat? format)
        where T : Resource => format is { } form ? (T)FhirReader.Read(FhirWriter.Write(resource, form), form).Value! : resource;

    internal static Bundle Letter() => new()
    {
        Type = Bundle.BundleType.Document,
        Identifier = new Identifier("urn:ietf:rfc:3986", "urn:uuid:3c8f4a8e-1c7f-4a3d-9b57-111111111111"),
        Timestamp = Given.Now,
        Entry =
        [
            new()
            {
                FullUrl = "urn:uuid:3c8f4a8e-1c7f-4a3d-9b57-222222222222",
                Resource = new Composition
                {
                    Status = CompositionStatus.Final,
                    Type = new CodeableConcept { Text = "EHC health advice" },
                    Date = "2026-04-01",
                    Title = "Advice",
                    Author = [new ResourceReference("urn:uuid:3c8f4a8e-1c7f-4a3d-9b57-333333333333")],
                    Section =
                    [
                        Section("needs-health", "<ul><li>Epilepsy.</li><li>Fatigue &amp;\n sleep.</li></ul>"),
                        Section("provision-health", null, new Composition.SectionComponent { Text = Story("<p>Seizure training,</p><p>yearly.</p>") }),
                        Section("clinical-history", "<p>Born at term.</p>"),
                    ],
                },
            },
            new()
            {
                FullUrl = "urn:uuid:3c8f4a8e-1c7f-4a3d-9b57-333333333333",
                Resource = new Practitioner
                {
                    Name = [new HumanName { Prefix = ["Dr"], Given = ["Amara"], Family = "Bello" }],
                    Qualification = [new() { Code = new CodeableConcept { Text = "Paediatrician" } }],
                },
            },
        ],
    };

    private static Composition.SectionComponent Section(string code, string? html, params List<Composition.SectionComponent> lines) => new()
    {
        Code = new CodeableConcept(FhirUris.AdviceSectionCodes, code),
        Text = html is null ? null : Story(html),
        Section = lines,
    };

    private static Narrative Story(string html) => new() { Status = Narrative.NarrativeStatus.Generated, Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{html}</div>" };
}
