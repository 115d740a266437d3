using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>A call as it arrived.</summary>
internal sealed record Arrived(string Method, string Path, string Body, IHeaderDictionary Headers);

/// <summary>A body's endpoint that answers as the test says.</summary>
internal sealed class BodyServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private BodyServer(WebApplication app) => this.app = app;

    internal ConcurrentQueue<Arrived> Calls { get; } = [];

    internal string Base => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <param name="answer">What it answers.</param>
    /// <param name="tls">Its TLS; null for plain HTTP.</param>
    internal static async Task<BodyServer> Start(Func<Arrived, HttpContext, Task> answer, HttpsConnectionAdapterOptions? tls = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (tls is not null)
            {
                listen.UseHttps(tls);
            }
        }));
        var server = new BodyServer(builder.Build());
        server.app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var arrived = new Arrived(http.Request.Method, http.Request.Path + http.Request.QueryString, await reader.ReadToEndAsync(http.RequestAborted), new HeaderDictionary(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value)));
            server.Calls.Enqueue(arrived);
            await answer(arrived, http);
        });
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
