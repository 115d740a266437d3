using IntegrationHub.Functions.Children;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Adds the receivers of agencies' messages to a host.</summary>
public static class BusSetup
{
    /// <summary>
    /// Adds the receiver for every queue. The host must itself add an <see cref="IBusSender"/>, the channel and the handlers of effects.
    /// The host must also add the services that deliver messages to <see cref="IBusReceiver"/> and run <see cref="HeldSweep"/> on a timer.
    /// </summary>
    /// <param name="services">The services, which must already include the store, the rules, the directory of agencies, documents,
    /// <c>TakeInput</c> and <see cref="TimeProvider"/>.</param>
    public static IServiceCollection AddBusReceiver(this IServiceCollection services)
    {
        services.TryAddSingleton(new HoldingOptions());
        services.AddSingleton<AgencyInbox>();
        services.AddSingleton<AnswersIntake>();
        services.TryAddSingleton<KnownChildren>();
        services.AddSingleton<ChildSearch>();
        services.AddSingleton<HeldMessages>();
        services.AddSingleton<ClaimCheck>();
        services.AddSingleton<PushedDocuments>();
        services.AddSingleton<PushedIntake>();
        services.AddSingleton<PushedDecisions>();
        services.AddSingleton<ClosureIntake>();
        services.AddSingleton<ExpiryNotifier>();
        services.AddSingleton<HeldSweep>();
        services.AddSingleton<Rejections>();
        services.AddSingleton<IBusReceiver, BusReceiver>();
        return services;
    }
}
