using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// Turns a document Bundle (Composition first) into advice. The section codes decide which lines of advice are made, everything else
/// becomes notes, and the complete document is stored for section K. A clinical letter contains more than a plan needs, and the hub drops
/// none of it.
/// </summary>
public static class CompositionReading
{
    private const string At = "Bundle.entry[0].resource";

    /// <summary>Reads a document Bundle.</summary>
    /// <param name="document">A Bundle of type document.</param>
    /// <param name="documents">The collection in which the document itself is stored.</param>
    /// <param name="whole">The reference to the document if it is already stored as received, or null to store it now.</param>
    public static FhirReading<AdviceContent> Read(Bundle document, AvailableDocuments documents, AttachmentRef? whole = null)
    {
        var problems = new List<FhirProblem>();
        if (document.Type != Bundle.BundleType.Document || document.Entry.FirstOrDefault()?.Resource is not Composition composition)
        {
            return FhirReading<AdviceContent>.Failed(new FhirProblem("Bundle.entry[0].resource", "a document must begin with a Composition.", OperationOutcome.IssueType.Structure));
        }

        if (composition.Status is not (CompositionStatus.Final or CompositionStatus.Amended))
        {
            problems.Add(new FhirProblem($"{At}.status", "only a final or amended document is accepted as advice.", OperationOutcome.IssueType.BusinessRule));
        }

        var placing = new UsedElements();
        var authors = AuthorReading.Of(document, composition, placing);
        if (authors.Count == 0)
        {
            problems.Add(new FhirProblem($"{At}.author", "must name the author, as a display or as a Practitioner in the Bundle.", OperationOutcome.IssueType.Required));
        }

        if (composition.Date is not { Length: >= 10 } date || !DateOnly.TryParseExact(date[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var writtenOn))
        {
            problems.Add(new FhirProblem($"{At}.date", "a full date is needed.", OperationOutcome.IssueType.Required));
            writtenOn = default;
        }

        if (problems.Count > 0)
        {
            return FhirReading<AdviceContent>.Failed(problems);
        }

        MarkKnown(document, composition, placing);
        var sections = new SectionReading(placing);
        foreach (var section in composition.Section)
        {
            sections.Read(section);
        }

        var content = sections.Into(new AdviceContent
        {
            Author = authors[0].Name,
            AuthorRole = authors[0].Role,
            WrittenOn = writtenOn,
            Notes = [.. authors.Skip(1).Select(author => new AdviceNote("Also by", $"{author.Name}, {author.Role}"))],
        });
        var left = placing.In(document);
        if (content.IsDocumentOnly && content.Notes.Count == 0 && !left.HasWords)
        {
            return FhirReading<AdviceContent>.Failed(new FhirProblem($"{At}.section", "the document must have content.", OperationOutcome.IssueType.Required));
        }

        whole ??= documents.Keep(document, composition.Title ?? "Document as received");
        return FhirReading<AdviceContent>.Of(content with { Attachments = [whole], Whole = left.HasWords ? whole.Sha256 : null });
    }

    // These parts count as used: the hub already knows the child, has read the date, and names the stored document by its title.
    private static void MarkKnown(Bundle document, Composition composition, UsedElements placing)
    {
        placing.Add(composition.TitleElement);
        placing.AddWords(composition.Type);
        placing.Add(composition.DateElement);
        foreach (var patient in document.Entry.Select(entry => entry.Resource).OfType<Patient>())
        {
            foreach (var name in patient.Name)
            {
                placing.Add(name);
            }

            placing.Add(patient.BirthDateElement);
            placing.Add(patient.GenderElement);
        }
    }
}
