using System.Security.Cryptography.X509Certificates;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Adds calls to bodies' own FHIR endpoints.</summary>
public static class PushSetup
{
    /// <summary>
    /// Adds the services for pushing to <paramref name="endpoints"/>. Each body has its own connections and circuit breaker, so a body that
    /// is down does not slow the others. A call makes three attempts within a minute. If the fault lasts longer, the outbox
    /// makes the call again later.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="endpoints">The endpoints of the bodies to which the hub pushes.</param>
    public static IServiceCollection AddFhirPush(this IServiceCollection services, IReadOnlyCollection<PushEndpoint> endpoints)
    {
        services.AddOutgoingGuard();
        services.AddBackgroundWork();
        services.TryAddSingleton(new PushRetryOptions());
        services.AddSingleton(new PushEndpoints(endpoints));
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<FhirPush>();
        services.AddSingleton<IChannelTest, PushTest>();
        services.AddSingleton<TaskStatusChanges>();
        services.AddSingleton<TaskFollower>();
        services.AddHostedService(provider => provider.GetRequiredService<TaskFollower>());
        foreach (var endpoint in endpoints)
        {
            services.AddHttpClient(PushEndpoints.ClientName(endpoint.Agency), client => client.Timeout = Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<OutgoingGuard>().NewHandler(OutgoingAddressSource.Operator, handler => Prove(handler, endpoint)))
                .AddResilienceHandler("fhir-push", (pipeline, context) =>
                {
                    var options = context.ServiceProvider.GetRequiredService<PushRetryOptions>();
                    pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
                    pipeline
                        .AddTimeout(options.Call)
                        .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = options.Repeats, Delay = options.Pause, BackoffType = DelayBackoffType.Exponential, UseJitter = true, ShouldRetryAfterHeader = false, ShouldHandle = BriefAsync })
                        .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions { MinimumThroughput = 10, FailureRatio = 0.5, SamplingDuration = TimeSpan.FromSeconds(60), BreakDuration = TimeSpan.FromSeconds(30) })
                        .AddTimeout(options.Answer);
                });
        }

        return services;
    }

    // Within one call, only faults that may pass within seconds lead to another attempt. If the endpoint says how long to wait, the hub
    // waits that long.
    private static ValueTask<bool> BriefAsync(Polly.Retry.RetryPredicateArguments<HttpResponseMessage> attempt) => new(attempt.Outcome switch
    {
        { Exception: HttpRequestException { InnerException: OutgoingRefusedException } } => false,
        { Exception: HttpRequestException { HttpRequestError: not HttpRequestError.SecureConnectionError } } => true,
        { Result: { StatusCode: System.Net.HttpStatusCode.BadGateway or System.Net.HttpStatusCode.ServiceUnavailable or System.Net.HttpStatusCode.GatewayTimeout, Headers.RetryAfter: null } } => true,
        _ => false,
    });

    private static void Prove(SocketsHttpHandler handler, PushEndpoint endpoint)
    {
        if (endpoint.Certificate is { } certificate)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        if (endpoint.TrustedRoots is { } roots)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
    }
}
