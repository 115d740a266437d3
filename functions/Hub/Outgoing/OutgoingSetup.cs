using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntegrationHub.Functions.Outgoing;

/// <summary>Adds the guard for outgoing calls.</summary>
public static class OutgoingSetup
{
    /// <summary>Adds the guard. A host without <see cref="OutgoingOptions"/> calls public addresses only.</summary>
    public static IServiceCollection AddOutgoingGuard(this IServiceCollection services)
    {
        services.TryAddSingleton(new OutgoingOptions());
        services.TryAddSingleton<IOutgoingNetwork, OutgoingNetwork>();
        services.TryAddSingleton<OutgoingGuard>();
        return services;
    }
}
