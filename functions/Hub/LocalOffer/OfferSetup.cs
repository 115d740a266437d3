using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.LocalOffer;

/// <summary>Adds the councils' Local Offers to a host that has a document store.</summary>
public static class OfferSetup
{
    /// <summary>Adds the Local Offers.</summary>
    public static IServiceCollection AddLocalOffers(this IServiceCollection services) => services.AddSingleton<OfferStore>().AddSingleton<CouncilOffers>();
}
