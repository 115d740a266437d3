using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Fhir.Subjects;

/// <summary>
/// Finds the subject of FHIR content. The reader checks everything that can name a person: references (relative, absolute, versioned,
/// urn:uuid, contained) with their identifiers, Patients contained or in a Bundle at any depth, FHIR documents inside attachments and
/// Binaries, NHS numbers in any spelling, names and birth dates. Anything in the content that names another person as the subject is a
/// contradiction. If there is no contradiction, it is enough that the content names the child once. Content can include other people
/// (RelatedPerson, Practitioner), but must not give them as the subject.
/// </summary>
public static class SubjectReader
{
    /// <summary>Reads <paramref name="content"/> and compares it with the child that it must be about.</summary>
    /// <param name="content">Any resource.</param>
    /// <param name="known">The child that the content must be about.</param>
    /// <param name="find">A function that finds a Binary that an attachment names, or returns null.</param>
    /// <param name="at">FHIRPath of the content, with which the paths of contradictions begin; if null, they begin with its type.</param>
    /// <param name="said">What the other parts of the same answer say about their subject, to which this part is added; if null, the content
    /// is the whole answer.</param>
    public static SubjectReading Read(Resource content, KnownChild known, Func<string, Resource?> find, string? at = null, SubjectStatements? said = null)
    {
        var walk = new SubjectTraversal(known, find, said);
        walk.Enter(content, at ?? content.TypeName);
        return walk.Reading;
    }

    /// <summary>
    /// Reads a document in whatever format it is declared, and compares it with the child of the case to which it was sent.
    /// </summary>
    /// <returns>Null if the document is not a FHIR resource that can be read.</returns>
    public static SubjectReading? Read(byte[] document, string contentType, KnownChild known) =>
        Inner(document, contentType).Resource is { } content ? Read(content, known, _ => null) : null;

    /// <summary>The NHS numbers that the <paramref name="content"/> gives for its subject, which are used to find the child.</summary>
    public static IReadOnlyList<NhsNumber> NhsNumbers(Resource content, Func<string, Resource?> find)
    {
        var walk = new SubjectTraversal(null, find);
        walk.Enter(content, content.TypeName);
        return walk.Numbers;
    }

    /// <summary>The full birth dates of all Patients in the <paramref name="content"/>.</summary>
    public static IReadOnlyList<string> BirthDates(Resource content, Func<string, Resource?> find)
    {
        var walk = new SubjectTraversal(null, find);
        walk.Enter(content, content.TypeName);
        return walk.BirthDates;
    }

    /// <summary>Whether a Binary states that it is FHIR, or looks like FHIR; its subject must then be read.</summary>
    public static bool ClaimsToBeFhir(Binary binary) => Inner(binary.Data, binary.ContentType).Claims;

    /// <summary>The content of an attachment or a Binary as FHIR, if it states that it is FHIR or looks like FHIR.</summary>
    /// <returns>Whether the content claims to be FHIR, and the resource if it could be read.</returns>
    internal static (bool Claims, Resource? Resource) Inner(byte[]? bytes, string? contentType)
    {
        if (bytes is not { Length: > 0 })
        {
            return (false, null);
        }

        var isNamed = contentType?.Contains("fhir", StringComparison.OrdinalIgnoreCase) == true;
        var format = FhirSniffing.FormatOf(bytes) ?? (isNamed ? FhirFormats.Parse(contentType) : null);
        return format is { } known ? (true, FhirReader.Read(FhirSniffing.AsUtf8(bytes), known, FhirReader.MaxBinaryBytes).Value) : (isNamed, null);
    }
}
