using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// A document Bundle (Composition first) to advice. A section's code says which part of the plan its lines belong to; each section
/// inside it is one line, and without any each list item or paragraph of its narrative is. Sections with other codes are let pass:
/// a clinical letter has more to say than the plan needs, and the whole document goes into section K anyway.
/// </summary>
public static class CompositionReading
{
    /// <summary>Reads a document Bundle.</summary>
    /// <param name="document">A Bundle of type document.</param>
    /// <param name="whole">The document itself as it was received, for section K; null when it is not kept as one.</param>
    public static FhirReading<AdviceContent> Read(Bundle document, AttachmentRef? whole = null)
    {
        var problems = new List<FhirProblem>();
        if (document.Type != Bundle.BundleType.Document || document.Entry.FirstOrDefault()?.Resource is not Composition composition)
        {
            return FhirReading<AdviceContent>.Failed(new FhirProblem("Bundle.entry[0].resource", "a document begins with a Composition.", OperationOutcome.IssueType.Structure));
        }

        const string At = "Bundle.entry[0].resource";
        if (composition.Status is not (CompositionStatus.Final or CompositionStatus.Amended))
        {
            problems.Add(new FhirProblem($"{At}.status", "only a final or amended document is advice.", OperationOutcome.IssueType.BusinessRule));
        }

        var (name, role) = Author(document, composition);
        if (name is null)
        {
            problems.Add(new FhirProblem($"{At}.author", "must name who wrote it: a display, or a Practitioner in the Bundle.", OperationOutcome.IssueType.Required));
        }

        if (composition.Date is not { Length: >= 10 } date || !DateOnly.TryParseExact(date[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var writtenOn))
        {
            problems.Add(new FhirProblem($"{At}.date", "a full date is needed.", OperationOutcome.IssueType.Required));
            writtenOn = default;
        }

        List<AdviceView> views = [];
        List<AdviceNeed> needs = [];
        List<AdviceOutcome> outcomes = [];
        List<AdviceProvision> provision = [];
        foreach (var section in Coded(composition.Section))
        {
            foreach (var text in Lines(section.Section))
            {
                if (section.Code == AdviceCodes.Views)
                {
                    views.Add(new AdviceView(Number("view", views.Count), text));
                }
                else if (section.Code == AdviceCodes.Outcomes)
                {
                    outcomes.Add(new AdviceOutcome(Number("outcome", outcomes.Count), text, []));
                }
                else if (AdviceCodes.Value(AdviceCodes.NeedAreas, section.Code) is { } area)
                {
                    needs.Add(new AdviceNeed(Number("need", needs.Count), area, text));
                }
                else if (AdviceCodes.Value(AdviceCodes.ProvisionKinds, section.Code) is { } kind)
                {
                    provision.Add(new AdviceProvision { Id = Number("provision", provision.Count), Kind = kind, Text = text });
                }
            }
        }

        var content = new AdviceContent
        {
            Author = name ?? "",
            AuthorRole = role ?? "",
            WrittenOn = writtenOn,
            Views = views,
            Needs = needs,
            Outcomes = outcomes,
            Provision = provision,
            Attachments = whole is null ? [] : [whole],
        };
        if (problems.Count == 0 && content.IsDocumentOnly && whole is null)
        {
            problems.Add(new FhirProblem($"{At}.section", $"no section has a code of {FhirUris.AdviceSectionCodes} and text.", OperationOutcome.IssueType.Required));
        }

        return FhirReading<AdviceContent>.Of(problems, () => content);
    }

    private static string Number(string kind, int before) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{before + 1}");

    private static IEnumerable<(string Code, Composition.SectionComponent Section)> Coded(IEnumerable<Composition.SectionComponent> sections)
    {
        foreach (var section in sections)
        {
            if (section.Code?.Coding.Find(coding => coding.System == FhirUris.AdviceSectionCodes)?.Code is { } code)
            {
                yield return (code, section);
            }
            else
            {
                foreach (var below in Coded(section.Section))
                {
                    yield return below;
                }
            }
        }
    }

    private static IEnumerable<string> Lines(Composition.SectionComponent section)
    {
        if (section.Section.Count > 0)
        {
            return section.Section.SelectMany(line => Narrated(line.Text?.Div) is { Count: > 0 } texts ? [string.Join(" ", texts)] : Enumerable.Empty<string>());
        }

        return Narrated(section.Text?.Div);
    }

    private static List<string> Narrated(string? div)
    {
        if (div is null)
        {
            return [];
        }

        XElement root;
        try
        {
            using var reader = XmlReader.Create(new StringReader(div), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            root = XElement.Load(reader);
        }
        catch (XmlException)
        {
            // Strict reading lets no such narrative in; one built in memory says nothing that can be read.
            return [];
        }

        var items = root.Descendants().Where(element => element.Name.LocalName is "li" or "p" && !element.Descendants().Any(inner => inner.Name.LocalName is "li" or "p")).ToList();
        return [.. (items.Count > 0 ? items : [root]).Select(element => Words(element.Value)).Where(text => text.Length > 0)];
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static (string? Name, string? Role) Author(Bundle document, Composition composition)
    {
        foreach (var author in composition.Author)
        {
            var resource = author.Reference is { } text
                ? document.Entry.Find(entry => entry.FullUrl == text || entry.FullUrl?.EndsWith("/" + text, StringComparison.Ordinal) == true)?.Resource
                : null;
            switch (resource)
            {
                case Practitioner practitioner when Name(practitioner) is { } name:
                    return (name, practitioner.Qualification.Select(q => q.Code?.Text ?? q.Code?.Coding.FirstOrDefault()?.Display).FirstOrDefault(q => q is not null) ?? "Health professional");
                case PractitionerRole role when (role.Practitioner?.Display ?? author.Display) is { } display:
                    return (display, role.Code.Select(c => c.Text ?? c.Coding.FirstOrDefault()?.Display).FirstOrDefault(c => c is not null) ?? "Health professional");
                case Organization { Name: { } organization }:
                    return (organization, "Health service");
            }

            if (author.Display is { Length: > 0 } shown)
            {
                return (shown, "Health professional");
            }
        }

        return (null, null);
    }

    private static string? Name(Practitioner practitioner)
    {
        var name = practitioner.Name.FirstOrDefault();
        var spelt = name?.Text ?? Words(string.Join(' ', [.. name?.Prefix ?? [], .. name?.Given ?? [], name?.Family ?? ""]));
        return spelt.Length > 0 ? spelt : null;
    }
}
