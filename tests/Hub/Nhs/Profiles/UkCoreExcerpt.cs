using Hl7.Fhir.Model;
using Hl7.Fhir.Specification.Source;
using IntegrationHub.Contracts.Fhir;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Profiles;

/// <summary>
/// Excerpts of UK Core, written here: HL7 UK publishes its package on no registry that serves this build. Each holds only what the hub
/// relies on (the elements that UKCore-Task 1.2.0 supports, the two extensions about NHS numbers and their codes) and the hub's own
/// extension. They are no replacement for the published profiles, and say so in their titles.
/// </summary>
internal sealed class UkCoreExcerpt : IAsyncResourceResolver
{
    private const string Note = "Excerpt, written for tests; not the published UK Core profile";

    private static readonly string[] SupportedOfTask = ["status", "intent", "code", "focus", "for", "authoredOn", "requester", "owner", "reasonCode", "reasonReference", "restriction", "input"];

    // NHS Data Dictionary, NHS NUMBER STATUS INDICATOR CODE, as HL7 UK's code system lists it.
    private static readonly string[] VerificationCodes = ["01", "02", "03", "04", "05", "06", "07", "08"];

    private readonly Dictionary<string, Resource> resources = new(StringComparer.Ordinal);

    internal UkCoreExcerpt()
    {
        Add(Profile(FhirUris.UkCoreTask, "Task", SupportedOfTask));
        Add(Profile(FhirUris.UkCorePatient, "Patient", "identifier", "name", "birthDate"));
        Add(Profile(FhirUris.UkCoreOrganization, "Organization", "identifier", "name"));
        Add(Profile(FhirUris.UkCoreServiceRequest, "ServiceRequest", "status", "intent", "subject"));
        Add(Profile(FhirUris.UkCoreQuestionnaire, "Questionnaire", "status", "item"));
        Add(Profile(FhirUris.UkCoreQuestionnaireResponse, "QuestionnaireResponse", "status", "item"));
        Add(Profile(FhirUris.UkCoreOperationOutcome, "OperationOutcome", "issue"));
        Add(Coded(FhirUris.NhsNumberVerificationStatus, "Patient.identifier", FhirUris.NhsNumberVerificationStatusCodes));
        Add(Coded(FhirUris.NhsNumberUnavailableReason, "Patient", null));
        Add(Extension(FhirUris.Sha256, "Attachment", "string"));
        Add(new CodeSystem
        {
            Url = FhirUris.NhsNumberVerificationStatusCodes,
            Status = PublicationStatus.Active,
            Content = CodeSystemContentMode.Complete,
            CaseSensitive = true,
            Concept = [.. VerificationCodes.Select(code => new CodeSystem.ConceptDefinitionComponent { Code = code })],
        });
        Add(new ValueSet
        {
            Url = $"{FhirUris.NhsNumberVerificationStatusCodes}/all",
            Status = PublicationStatus.Active,
            Compose = new() { Include = [new() { System = FhirUris.NhsNumberVerificationStatusCodes }] },
        });
    }

    /// <inheritdoc/>
    public Task<Resource?> ResolveByUriAsync(string uri) => ResolveByCanonicalUriAsync(uri);

    /// <inheritdoc/>
    public Task<Resource?> ResolveByCanonicalUriAsync(string uri) => Task.FromResult(resources.GetValueOrDefault(uri.Split('|')[0]));

    private void Add<T>(T resource)
        where T : Resource, IConformanceResource => resources[resource.Url!] = resource;

    private static StructureDefinition Profile(string url, string type, params string[] supported) => new()
    {
        Url = url,
        Name = url[(url.LastIndexOf('/') + 1)..].Replace("-", "", StringComparison.Ordinal),
        Title = Note,
        Status = PublicationStatus.Active,
        FhirVersion = FHIRVersion.N4_0_1,
        Kind = StructureDefinition.StructureDefinitionKind.Resource,
        Abstract = false,
        Type = type,
        BaseDefinition = $"http://hl7.org/fhir/StructureDefinition/{type}",
        Derivation = StructureDefinition.TypeDerivationRule.Constraint,
        Differential = new() { Element = [new ElementDefinition(type), .. supported.Select(name => new ElementDefinition($"{type}.{name}") { MustSupport = true })] },
    };

    private static StructureDefinition Coded(string url, string context, string? codes)
    {
        var definition = Extension(url, context, "CodeableConcept");
        if (codes is not null)
        {
            definition.Differential!.Element[^1].Binding = new() { Strength = BindingStrength.Required, ValueSet = $"{codes}/all" };
        }

        return definition;
    }

    private static StructureDefinition Extension(string url, string context, string type)
    {
        var definition = Profile(url, "Extension");
        definition.Kind = StructureDefinition.StructureDefinitionKind.ComplexType;
        definition.Context = [new() { Type = StructureDefinition.ExtensionContextType.Element, Expression = context }];
        definition.Differential!.Element.AddRange(
        [
            new ElementDefinition("Extension.extension") { Max = "0" },
            new ElementDefinition("Extension.url") { Fixed = new FhirUri(url) },
            new ElementDefinition("Extension.value[x]") { Min = 1, Type = [new() { Code = type }] },
        ]);
        return definition;
    }
}
