using IntegrationHub.Functions.Notices.Printing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Notices.Setup;

/// <summary>Adds the print run to a host that has letters.</summary>
public static class PrintSetup
{
    /// <summary>Adds the print run.</summary>
    public static IServiceCollection AddPrintRun(this IServiceCollection services)
    {
        services.AddSingleton<PrintRun>();
        return services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PrintJson.Default));
    }
}
