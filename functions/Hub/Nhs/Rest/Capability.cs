using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Rules;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Functions.Nhs.Search;
using static Hl7.Fhir.Model.CapabilityStatement;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>Makes the CapabilityStatement from the tables that the endpoint itself uses, so that the statement cannot
/// differ from what the endpoint does.</summary>
internal static class Capability
{
    private static readonly Dictionary<string, string> Profiles = new(StringComparer.Ordinal)
    {
        ["Patient"] = FhirUris.UkCorePatient,
        ["Organization"] = FhirUris.UkCoreOrganization,
        ["ServiceRequest"] = FhirUris.UkCoreServiceRequest,
        ["Task"] = FhirUris.UkCoreTask,
        ["Questionnaire"] = FhirUris.UkCoreQuestionnaire,
        ["QuestionnaireResponse"] = FhirUris.UkCoreQuestionnaireResponse,
    };

    internal static CapabilityStatement Of(string endpoint) => new()
    {
        Status = PublicationStatus.Active,
        Date = "2026-01-01",
        Publisher = "IntegrationHub",
        Kind = CapabilityStatementKind.Instance,
        Software = new SoftwareComponent { Name = "IntegrationHub" },
        Implementation = new ImplementationComponent { Description = "Requests for health advice in education, health and care needs assessments", Url = endpoint },
        FhirVersion = FHIRVersion.N4_0_1,
        Format = [FhirFormats.Json, FhirFormats.Xml, "json", "xml"],
        PatchFormat = [FhirFormats.JsonPatch],
        Rest =
        [
            new RestComponent
            {
                Mode = RestfulCapabilityMode.Server,
                Documentation = Rules(),
                Security = new SecurityComponent { Description = "OAuth 2 client credentials. A body is identified by the ODS code in its token, and can read the Tasks that it owns and the resources to which they refer." },
                Resource = [.. SearchParameters.Types.Select(Resource)],
                Interaction =
                [
                    new SystemInteractionComponent { Code = SystemRestfulInteraction.Transaction },
                    new SystemInteractionComponent { Code = SystemRestfulInteraction.Batch },
                ],
                Operation = [new OperationComponent { Name = "process-message", Definition = "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message" }],
            },
        ],
    };

    private static string Rules() =>
        $"The content of requests is read strictly: unknown elements, wrong types and bad codes are refused. A request must not exceed {FhirReader.MaxRequestBytes} bytes, and a Binary {FhirReader.MaxBinaryBytes} bytes. These rules are checked in addition to the structure:\n"
        + string.Concat(CheckedRules.All.Select(rule => $"- {rule.Id} ({rule.On}): {rule.Text}\n"));

    private static ResourceComponent Resource(string type)
    {
        List<TypeRestfulInteraction> interactions = [TypeRestfulInteraction.Read, TypeRestfulInteraction.Vread, TypeRestfulInteraction.HistoryInstance, TypeRestfulInteraction.SearchType];
        var creates = SubmissionRules.Allows(ProposalKind.Create, type);
        Add(creates, TypeRestfulInteraction.Create);
        Add(SubmissionRules.Allows(ProposalKind.Update, type), TypeRestfulInteraction.Update);
        Add(SubmissionRules.Allows(ProposalKind.Delete, type), TypeRestfulInteraction.Delete);
        Add(type == "Task", TypeRestfulInteraction.Patch);
        return new ResourceComponent
        {
            Type = type,
            Documentation = PostedContent.Types.Contains(type)
                ? "A resource that is created alone is stored but is not advice. It becomes advice when the Task of the request is completed with a Task.output that refers to it, in the same transaction or later."
                : null,
            SupportedProfile = Profiles.TryGetValue(type, out var profile) ? [profile] : [],
            Interaction = [.. interactions.Select(code => new ResourceInteractionComponent { Code = code })],
            Versioning = ResourceVersionPolicy.VersionedUpdate,
            ReadHistory = true,
            UpdateCreate = false,
            ConditionalCreate = creates,
            ConditionalRead = ConditionalReadStatus.NotMatch,
            SearchInclude = [.. SearchParameters.Of(type).Where(parameter => parameter.Kind == SearchParamType.Reference).Select(parameter => $"{type}:{parameter.Name}")],
            SearchParam = [.. SearchParameters.Of(type).Select(parameter => new CapabilityStatement.SearchParamComponent { Name = parameter.Name, Type = parameter.Kind })],
        };

        void Add(bool offered, TypeRestfulInteraction interaction)
        {
            if (offered)
            {
                interactions.Add(interaction);
            }
        }
    }
}
