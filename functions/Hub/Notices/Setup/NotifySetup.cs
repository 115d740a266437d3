using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Notices.Notify;
using IntegrationHub.Functions.Outgoing;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Notices.Setup;

/// <summary>Adds GOV.UK Notify to a host.</summary>
internal static class NotifySetup
{
    /// <summary>Adds the channel, its callbacks and the polling for the outcomes of what was sent.</summary>
    /// <param name="services">The services, which must include <see cref="IAssessmentStore"/>, <see cref="TakeInput"/> and
    /// <see cref="TimeProvider"/>.</param>
    /// <param name="options">The councils' services on GOV.UK Notify.</param>
    internal static IServiceCollection AddNotify(this IServiceCollection services, NotifyOptions options)
    {
        services.AddSingleton(options);
        services.AddOutgoingGuard();
        services.AddHttpClient(
                NotifyOptions.Section,
                http => (http.BaseAddress, http.Timeout) = (new Uri($"{options.BaseAddress.TrimEnd('/')}/"), options.Timeout))
            .ConfigurePrimaryHttpMessageHandler(s => s.GetRequiredService<OutgoingGuard>().NewHandler(OutgoingAddressSource.Operator));
        services.AddSingleton(s => new NotifyClient(s.GetRequiredService<IHttpClientFactory>().CreateClient(NotifyOptions.Section), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new NotifyChannel(s.GetRequiredService<NotifyClient>(), options));
        services.AddSingleton(s => new NotifyOutcomes(s.GetRequiredService<IAssessmentStore>(), s.GetRequiredService<TakeInput>(), s.GetRequiredService<INoticeStore>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new NotifyReceiving(options, s.GetRequiredService<NotifyOutcomes>()));
        services.AddHostedService(s => new NotifyPolling(
            s.GetRequiredService<NotifyClient>(), options, s.GetRequiredService<NotifyOutcomes>(), s.GetRequiredService<BackgroundWork>(), s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
