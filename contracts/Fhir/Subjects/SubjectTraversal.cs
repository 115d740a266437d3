using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Fhir.Subjects;

/// <summary>
/// A single pass through the content, from the outermost resource inwards. If there is no child to compare with, the pass only collects the
/// data that identify people.
/// </summary>
internal sealed class SubjectTraversal(KnownChild? known, Func<string, Resource?> find, SubjectStatements? statements = null)
{
    private const int Deepest = 12;

    // The R4 elements that name the subject of a resource.
    private static readonly HashSet<string> SubjectElements = new(StringComparer.Ordinal) { "subject", "patient", "for" };

    // Elements that R4 allows to refer only to a Patient, but whose Patient need not be the subject of the resource.
    private static readonly HashSet<string> PatientElements = new(StringComparer.Ordinal) { "sourcePatientInfo", "beneficiary", "candidate" };

    // Types of resource that are about other people; identifiers in such resources are not the child's. References in these resources give
    // the person's relation to the patient.
    private static readonly HashSet<string> OtherPersons = new(StringComparer.Ordinal) { "RelatedPerson", "Practitioner", "PractitionerRole", "Organization", "Person" };

    private readonly List<FhirProblem> contradictions = [];
    private readonly SubjectStatements statements = statements ?? new();
    private readonly List<string> birthDates = [];
    private readonly Stack<Bundle> bundles = [];
    private readonly Stack<DomainResource> containers = [];
    private bool isNamed;
    private int depth;

    internal SubjectReading Reading => new(contradictions, isNamed);

    internal IReadOnlyList<NhsNumber> Numbers => statements.Numbers;

    internal IReadOnlyList<string> BirthDates => birthDates;

    internal void Enter(Resource resource, string at)
    {
        if (++depth > Deepest)
        {
            Contradict(at, "is nested too deeply to be checked.");
        }
        else if (resource is Bundle bundle)
        {
            bundles.Push(bundle);
            Below(bundle, at, null);
            bundles.Pop();
        }
        else if (resource is DomainResource domain && !IsContained(domain))
        {
            containers.Push(domain);
            Look(domain, at);
            containers.Pop();
        }
        else
        {
            Look(resource, at);
        }

        depth--;
    }

    private bool IsContained(DomainResource resource) => containers.TryPeek(out var container) && container.Contained.Contains(resource);

    private void Look(Resource resource, string at)
    {
        if (resource is Patient patient)
        {
            Person(patient, at);
        }

        if (resource is Binary { Data: { } data } binary)
        {
            Inside(data, binary.ContentType, at);
        }

        Below(resource, at, OtherPersons.Contains(resource.TypeName) ? resource.TypeName : null);
    }

    private void Below(Base element, string at, string? otherPerson)
    {
        foreach (var (name, value) in element.EnumerateElements())
        {
            switch (value)
            {
                case Base single:
                    Visit(element, name, single, $"{at}.{name}", otherPerson);
                    break;
                case IEnumerable<Base> list:
                    var i = 0;
                    foreach (var item in list)
                    {
                        Visit(element, name, item, string.Create(CultureInfo.InvariantCulture, $"{at}.{name}[{i++}]"), otherPerson);
                    }

                    break;
            }
        }
    }

    private void Visit(Base parent, string name, Base element, string at, string? otherPerson)
    {
        switch (element)
        {
            case Resource resource:
                Enter(resource, at);
                return;
            case ResourceReference reference:
                Reference(reference, name, at);
                break;
            case Identifier identifier when otherPerson is null && parent is not (Patient or ResourceReference):
                Weigh(Known(identifier), isEvidence: false, $"{at}.value", "is an identifier of another person.");
                break;
            case Attachment attachment:
                var bytes = attachment.Data ?? (attachment.Url is { } url && find(url) is Binary { Data: { } kept } ? kept : null);
                Inside(bytes, attachment.ContentType, at);
                break;
        }

        Below(element, at, otherPerson);
    }

    private void Inside(byte[]? bytes, string? contentType, string at)
    {
        var (claims, inner) = SubjectReader.Inner(bytes, contentType);
        if (inner is not null)
        {
            // The inner document is read separately, because its Bundles and contained resources differ from those of the outer document.
            // What was said so far is passed on, because two different numbers contradict each other wherever they are.
            var walk = new SubjectTraversal(known, find, statements) { depth = depth };
            walk.Enter(inner, inner.TypeName);
            contradictions.AddRange(walk.contradictions.Select(problem => problem with { Path = at, Reason = $"contains FHIR about another person: {problem.Path} {problem.Reason}" }));
            birthDates.AddRange(walk.birthDates);
            isNamed |= walk.isNamed;
        }
        else if (claims && known is not null)
        {
            Contradict(at, "is or contains FHIR that cannot be read, so its subject is unknown.");
        }
    }

    private IdentityMatch Person(Patient patient, string at)
    {
        var evidence = IdentityMatch.Nothing;
        for (var i = 0; i < patient.Identifier.Count; i++)
        {
            var said = Known(patient.Identifier[i]);
            Weigh(said, isEvidence: true, string.Create(CultureInfo.InvariantCulture, $"{at}.identifier[{i}].value"), "is an identifier of another person.");
            evidence = said == IdentityMatch.Child ? said : evidence;
        }

        if (patient.BirthDate is { Length: 10 } born)
        {
            birthDates.Add(born);
        }

        if (known is null)
        {
            return evidence;
        }

        var (name, birth) = (Naming.Of(patient.Name, known), Naming.OfBirth(patient.BirthDate, known));
        Weigh(name, isEvidence: false, $"{at}.name", "is not the name of the child of this request.");
        Weigh(birth, isEvidence: false, $"{at}.birthDate", "is not the birth date of the child of this request.");
        if (name != IdentityMatch.Other && Naming.FurtherGivenNames(patient.Name, known) is { Count: > 0 } further && !statements.Adds(further))
        {
            Contradict($"{at}.name", "has a further given name that differs from the one in another part of this answer, so both cannot be the child's.");
        }

        isNamed |= name == IdentityMatch.Child && birth == IdentityMatch.Child;
        return evidence;
    }

    private void Reference(ResourceReference reference, string name, string at)
    {
        var text = Relative(Unversioned(reference.Reference));
        var isSubject = SubjectElements.Contains(name);
        var isPatient = isSubject || PatientElements.Contains(name) || reference.Type == "Patient" || TypeIn(text) == "Patient";

        // An identifier of another child is a contradiction even if the reference is to a document or a request.
        if (reference.Identifier is { } identifier && (isPatient || !OtherPersons.Contains(reference.Type ?? TypeIn(text) ?? "")))
        {
            Weigh(Known(identifier), isSubject, $"{at}.identifier.value", "is an identifier of another person.");
        }

        if (!isPatient || known is null)
        {
            return;
        }

        if (isSubject && reference.Type is { } type && type != "Patient")
        {
            Contradict($"{at}.type", "is not the child of this request.");
        }

        Weigh(Naming.OfDisplay(reference.Display, known), isEvidence: false, $"{at}.display", "is not the name of the child of this request.");
        if (text is not null)
        {
            Target(text, isSubject, at);
        }
    }

    // A Patient in this content is checked separately. Here the only question is whether the reference refers to a Patient.
    private void Target(string text, bool isSubject, string at)
    {
        var place = $"{at}.reference";
        if (Local(text) is { } target)
        {
            if (target is not Patient)
            {
                Contradict(place, "is not the child of this request.");
            }
        }
        else if (known!.References.Contains(text))
        {
            isNamed |= isSubject;
        }
        else if (text.StartsWith('#'))
        {
            Contradict(place, "does not refer to a contained resource.");
        }
        else if ((known.HasAllReferences && !text.Contains(':', StringComparison.Ordinal)) || (TypeIn(text) is { } type && type != "Patient"))
        {
            Contradict(place, "is not the child of this request.");
        }

        // An address on another server, or a urn that no entry of this document has, proves nothing about the child either way, because the
        // record to which it refers cannot be read.
    }

    private Resource? Local(string text)
    {
        if (text.StartsWith('#'))
        {
            return containers.TryPeek(out var container) ? text.Length == 1 ? container : container.Contained.Find(inner => inner.Id == text[1..]) : null;
        }

        return bundles.SelectMany(bundle => bundle.Entry).FirstOrDefault(entry => entry.FullUrl == text
            || (entry.Resource is { } resource && !text.Contains(':', StringComparison.Ordinal)
                && (entry.FullUrl?.EndsWith("/" + text, StringComparison.Ordinal) == true || $"{resource.TypeName}/{resource.Id}" == text)))?.Resource;
    }

    private IdentityMatch Known(Identifier identifier)
    {
        if (Naming.IsNhsNumber(identifier) && NhsNumber.TryParse(identifier.Value, out var number, out _))
        {
            statements.Numbers.Add(number);
        }

        // Even if the hub does not know the child's NHS number or pupil number, two different numbers cannot both belong to the child.
        return known is null ? IdentityMatch.Nothing
            : known.Child.NhsNumber is null && statements.Numbers.Distinct().Count() > 1 && Naming.IsNhsNumber(identifier) ? IdentityMatch.Other
            : known.Child.Upn is null && Naming.UpnIn(identifier) is { } upn && !statements.Adds(upn) ? IdentityMatch.Other
            : Naming.Of(identifier, known);
    }

    private void Weigh(IdentityMatch said, bool isEvidence, string at, string reason)
    {
        if (said == IdentityMatch.Other)
        {
            Contradict(at, reason);
        }

        isNamed |= isEvidence && said == IdentityMatch.Child;
    }

    private void Contradict(string at, string reason) => contradictions.Add(new FhirProblem(at, reason, OperationOutcome.IssueType.BusinessRule));

    // References inside an attached document are as their author wrote them, so they can have the hub's full address.
    private string? Relative(string? text) => text is not null && known is { Endpoint: { Length: > 0 } endpoint }
        && text.StartsWith(endpoint, StringComparison.OrdinalIgnoreCase) && text.Length > endpoint.Length && text[endpoint.Length] == '/'
            ? text[(endpoint.Length + 1)..]
            : text;

    private static string? Unversioned(string? text)
    {
        if (text is not { Length: > 0 })
        {
            return null;
        }

        var version = text.IndexOf("/_history/", StringComparison.Ordinal);
        return version < 0 ? text : text[..version];
    }

    // The resource type in a reference of the form Type/id or http://.../Type/id, or null for urns, #ids and everything else.
    private static string? TypeIn(string? text)
    {
        if (text is null || text.StartsWith('#') || text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = text.Split('?')[0].Split('/');
        return parts.Length >= 2 && ModelInfo.IsKnownResource(parts[^2]) ? parts[^2] : text.Contains('?', StringComparison.Ordinal) && ModelInfo.IsKnownResource(parts[^1]) ? parts[^1] : null;
    }
}
