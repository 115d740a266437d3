using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.LocalOffer;

/// <summary>Adds the Local Offers of the councils to a host that has a store of documents.</summary>
public static class OfferSetup
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddLocalOffers(this IServiceCollection services) => services.AddSingleton<OfferStore>().AddSingleton<CouncilOffers>();
}
