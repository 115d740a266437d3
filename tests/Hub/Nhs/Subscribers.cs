using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>All subscribers of the world behind one handler: a host whose name begins with "dead" never answers, others as the test says.</summary>
internal sealed class Subscribers : HttpMessageHandler
{
    private readonly Channel<(string Method, Uri Address)> heard = Channel.CreateUnbounded<(string, Uri)>();
    private int hanging;
    private int mostHanging;

    /// <summary>What a subscriber answers.</summary>
    internal Func<Uri, Task<HttpStatusCode>> Answer { get; set; } = _ => Task.FromResult(HttpStatusCode.OK);

    /// <summary>Calls that hang at this moment.</summary>
    internal int Hanging => Volatile.Read(ref hanging);

    /// <summary>The most calls that hung at the same time.</summary>
    internal int MaxHanging => Volatile.Read(ref mostHanging);

    /// <summary>What every call carried.</summary>
    internal ConcurrentQueue<string> Bodies { get; } = [];

    /// <summary>Headers of every call, by name.</summary>
    internal ConcurrentQueue<string> Headers { get; } = [];

    internal void Serve(IServiceCollection services) =>
        services.AddHttpClient(SubscriberCall.ClientName).ConfigurePrimaryHttpMessageHandler(() => this);

    /// <summary>The next call that was answered. Waits for as long as the test may run.</summary>
    internal ValueTask<(string Method, Uri Address)> Heard() => heard.Reader.ReadAsync(TestContext.Current.CancellationToken);

    internal static Subscription To(string endpoint, string ods = "RX1") => new()
    {
        Status = Subscription.SubscriptionStatus.Requested,
        Reason = "New requests",
        Criteria = $"Task?owner=Organization/{OrganizationMapping.IdOf(Given.Id<AgencyId>($"ods:{ods}"))}",
        Channel = new() { Type = Subscription.SubscriptionChannelType.RestHook, Endpoint = endpoint, Payload = FhirFormats.Json },
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        foreach (var header in request.Headers)
        {
            Headers.Enqueue(header.Key);
        }

        if (address.AbsoluteUri.Contains("dead", StringComparison.Ordinal))
        {
            var now = Interlocked.Increment(ref hanging);
            for (var most = MaxHanging; now > most && Interlocked.CompareExchange(ref mostHanging, now, most) != most; most = MaxHanging)
            {
            }

            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref hanging);
            }
        }

        if (request.Content is { } content)
        {
            Bodies.Enqueue(await content.ReadAsStringAsync(cancellationToken));
        }

        var status = await Answer(address);
        await heard.Writer.WriteAsync((request.Method.Method, address), CancellationToken.None);
        return new HttpResponseMessage(status);
    }
}
