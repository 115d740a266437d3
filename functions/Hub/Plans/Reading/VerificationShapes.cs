using IntegrationHub.Functions.Plans.Keeping;
using Riok.Mapperly.Abstractions;
using Api = IntegrationHub.Contracts.Api;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>Converts the result of verifying the stored plans into the form that the HTTP API uses.</summary>
[Mapper(RequiredMappingStrategy = RequiredMappingStrategy.Both)]
internal static partial class VerificationShapes
{
    internal static partial Api.KeepingProblem Of(KeepingProblem problem);
}
