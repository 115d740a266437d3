using IntegrationHub.Functions.Plans.Keeping;
using Riok.Mapperly.Abstractions;
using Api = IntegrationHub.Contracts.Api;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>Turns the result of verifying the kept plans into the form of the HTTP API.</summary>
[Mapper(RequiredMappingStrategy = RequiredMappingStrategy.Both)]
internal static partial class VerificationShapes
{
    internal static partial Api.KeepingProblem Of(KeepingProblem problem);
}
