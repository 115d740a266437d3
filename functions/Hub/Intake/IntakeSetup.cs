using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Intake;

/// <summary>Sets up the services that receive mail.</summary>
public static class IntakeSetup
{
    /// <summary>Adds the services that receive mail to a host that has a document store.</summary>
    /// <exception cref="RefusedStartException">A setting cannot be read.</exception>
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(SettingsReader.Read<IntakeOptions>(configuration));
        services.AddSingleton<TrayStore>();
        services.AddSingleton<TrayAccessLog>();
        services.AddSingleton<MailIntake>();
        services.AddSingleton<MailWords>();
        services.AddSingleton<MailMatching>();
        return services;
    }
}
