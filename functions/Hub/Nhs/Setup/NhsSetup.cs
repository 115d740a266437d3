using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Nhs.Rest;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Nhs.Setup;

/// <summary>Adds everything through which NHS bodies take part; a host provides only the store and the keys.</summary>
public static class NhsSetup
{
    /// <summary>
    /// The hub's own FHIR endpoint, where bodies that pull find their Tasks and every answer becomes an input, and the calls to the
    /// endpoints of bodies that are pushed to.
    /// </summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="store">Only where the host keeps FHIR resources.</param>
    /// <param name="pushed">Bodies that are pushed to: <see cref="PushConfiguration"/>.</param>
    public static IServiceCollection AddNhsBodies(this IServiceCollection services, Func<IServiceProvider, IFhirResourceStore> store, IReadOnlyCollection<PushEndpoint> pushed)
    {
        services.AddSingleton<IFhirCallers, HubFhirCallers>();
        services.AddSingleton<INhsExchange, AssessmentExchange>();
        services.AddSingleton<IFhirSight, AssessmentSight>();
        services.AddSingleton(store);
        services.AddFhir();
        services.AddFhirPush(pushed);
        services.AddSingleton<IAgencyChannel, FhirPullChannel>();
        services.AddSingleton<IAgencyChannel, FhirPushChannel>();
        return services.AddHostedService<QuestionnairePublishing>();
    }
}
