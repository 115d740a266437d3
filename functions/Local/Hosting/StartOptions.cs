using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Functions.Workspace;

namespace IntegrationHub.Local.Hosting;

/// <summary>The settings on which a hub's safety depends, read and checked before anything is opened.</summary>
/// <param name="Access">The issuers whose tokens are accepted.</param>
/// <param name="Monitor">How operators sign in to the monitor.</param>
/// <param name="Workspace">How officers sign in to their workspace.</param>
/// <param name="Proxy">The proxy in front of the hub.</param>
internal sealed record StartOptions(AccessOptions Access, MonitorOptions Monitor, WorkspaceOptions Workspace, ProxyOptions Proxy)
{
    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="RefusedStartException">A setting cannot be read, or the combination of settings is not safe.</exception>
    internal static StartOptions Read(IConfiguration configuration, LocalHubOptions options)
    {
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
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new RefusedStartException("Kestrel:Endpoints is not a setting of the hub. Give the address with --url.", null);
        }

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
}
