using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Nhs.Rest;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Nhs.Setup;

/// <summary>
/// Adds everything that the hub needs to exchange requests and advice with NHS bodies. A host provides only the store and the keys.
/// </summary>
public static class NhsSetup
{
    /// <summary>
    /// Adds the hub's own FHIR endpoint (where bodies that pull find their Tasks, and every answer becomes an input) and the calls to the
    /// bodies' endpoints to which the hub pushes.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="store">Creates the store in which the host stores FHIR resources.</param>
    /// <param name="pushed">The bodies to which the hub pushes: see <see cref="PushConfiguration"/>.</param>
    public static IServiceCollection AddNhsBodies(this IServiceCollection services, Func<IServiceProvider, IFhirResourceStore> store, IReadOnlyCollection<PushEndpoint> pushed)
    {
        services.AddSingleton<IFhirCallers, HubFhirCallers>();
        services.AddSingleton<INhsExchange, AssessmentExchange>();
        services.AddSingleton<IFhirVisibility, AssessmentVisibility>();
        services.AddSingleton(store);
        services.AddFhir();
        services.AddFhirPush(pushed);
        services.AddSingleton<IAgencyChannel, FhirPullChannel>();
        services.AddSingleton<IAgencyChannel, FhirPushChannel>();
        return services.AddHostedService<QuestionnairePublishing>();
    }
}
