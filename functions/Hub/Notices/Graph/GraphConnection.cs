using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace IntegrationHub.Functions.Notices.Graph;

/// <summary>Creates the Graph channel from the settings.</summary>
public static class GraphConnection
{
    private static readonly string[] Scopes = ["https://graph.microsoft.com/.default"];

    /// <summary>Connects to Microsoft Graph.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="transport">Creates the handler that sends the HTTP requests; null for the default handler.</param>
    /// <exception cref="InvalidOperationException">A setting is missing.</exception>
    public static GraphNoticeChannel Connect(GraphOptions options, TimeProvider time, Func<HttpMessageHandler>? transport = null)
    {
        if (options is not { TenantId: { } tenant, ClientId: { } client, Mailbox: not null })
        {
            throw new InvalidOperationException($"{GraphOptions.Section} needs TenantId, ClientId and Mailbox.");
        }

        var credential = new RenewingCredential(() => Credential(options, tenant, client, transport));
        var handlers = GraphClientFactory.CreateDefaultHandlers().Where(h => h is not RetryHandler).ToList();
        var http = GraphClientFactory.Create(handlers, finalHandler: transport?.Invoke());
        http.Timeout = options.Timeout;
        var authentication = new AzureIdentityAuthenticationProvider(credential, [new Uri(options.Endpoint).Host], null, false, Scopes);
        return new GraphNoticeChannel(new GraphServiceClient(http, authentication, options.Endpoint), credential, options, time);
    }

    private static TokenCredential Credential(GraphOptions settings, string tenant, string client, Func<HttpMessageHandler>? transport)
    {
        if (settings.ClientSecret is not { } secret)
        {
            return new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client));
        }

        var options = new ClientSecretCredentialOptions { AuthorityHost = new Uri(settings.Authority) };
        options.Retry.MaxRetries = 1;
        if (transport is not null)
        {
            options.Transport = new HttpClientTransport(new HttpClient(transport()));
            options.DisableInstanceDiscovery = true;
        }

        return new ClientSecretCredential(tenant, client, secret, options);
    }
}
