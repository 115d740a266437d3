using IntegrationHub.Functions.Council;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Institutions;

/// <summary>Adds the register of schools to a host that has a store of documents.</summary>
public static class InstitutionSetup
{
    /// <summary>Adds the register, and the check of institutions named in steps.</summary>
    public static IServiceCollection AddInstitutions(this IServiceCollection services)
    {
        services.AddSingleton<InstitutionStore>();
        services.AddSingleton<InstitutionRegister>();
        services.AddSingleton<IInputCheck, RegisteredInstitutions>();
        return services;
    }
}
