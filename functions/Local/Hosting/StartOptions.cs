using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Functions.Workspace;
using Microsoft.Extensions.Configuration.Json;

namespace IntegrationHub.Local.Hosting;

/// <summary>The settings on which a hub's safety depends, read and checked before anything is opened.</summary>
/// <param name="Access">The issuers whose tokens are accepted.</param>
/// <param name="Monitor">How operators sign in to the monitor.</param>
/// <param name="Workspace">How officers sign in to their workspace.</param>
/// <param name="Proxy">The proxy in front of the hub.</param>
internal sealed record StartOptions(AccessOptions Access, MonitorOptions Monitor, WorkspaceOptions Workspace, ProxyOptions Proxy)
{
    /// <summary>Names of all groups of settings, and of the groups that .NET reads itself.</summary>
    internal static readonly string[] Groups =
        ["Access", "Bus", "Clamd", "Clock", "Contributors", "Documents", "EventsFeed", "Families", "Fhir", "Figures", "Holding", "Hub", "Intake", "Monitor", "Notices", "Outgoing", "Proxy", "Workspace",
        "AllowedHosts", "Kestrel", "Logging"];

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="RefusedStartException">A setting cannot be read, or the combination of settings is not safe.</exception>
    internal static StartOptions Read(IConfiguration configuration, LocalHubOptions options)
    {
        RefuseUnknownGroups(configuration);
        var access = SettingsReader.Read<AccessOptions>(configuration);
        var monitor = SettingsReader.Read<MonitorOptions>(configuration);
        var workspace = SettingsReader.Read<WorkspaceOptions>(configuration);
        var proxy = SettingsReader.Read<ProxyOptions>(configuration);
        access.Development = options.Development ?? access.Development;
        access.RequestsPerMinute = options.RequestsPerMinute ?? access.RequestsPerMinute;
        var refusal = HostRules.Refusal(new HostSecurity
        {
            Development = access.Development,
            Authority = access.Authority,
            RequireHttpsMetadata = access.RequireHttpsMetadata,
            Url = options.Url,
            Proxy = proxy,
            Environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
        });
        // These would replace the address that was given and checked, for example by plain http for the whole network.
        SettingsReader.Refuse(configuration, "Kestrel:Endpoints", "Give the address with --url.");

        if (refusal is not null)
        {
            throw new RefusedStartException(refusal, null);
        }

        if (access.Development && monitor.Authority is null)
        {
            monitor.AllowDevelopmentSignIn();
        }

        if (access.Development && workspace.Authority is null)
        {
            workspace.AllowDevelopmentSignIn();
        }

        return new StartOptions(access, monitor, workspace, proxy);
    }

    /// <summary>A mistyped group in a file of settings would have no effect. In the environment other programs have names of their own.</summary>
    private static void RefuseUnknownGroups(IConfiguration configuration)
    {
        foreach (var file in (configuration as IConfigurationRoot)?.Providers.OfType<JsonConfigurationProvider>() ?? [])
        {
            if (file.GetChildKeys([], null).FirstOrDefault(name => !Groups.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            {
                throw new RefusedStartException($"{file.Source.Path}: there is no group of settings {unknown}. The groups are: {string.Join(", ", Groups)}.", null);
            }
        }
    }
}
