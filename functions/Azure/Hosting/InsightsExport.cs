using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using IntegrationHub.Functions.Monitoring.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// Sends the hub's telemetry to Application Insights, from the worker itself. The Functions host has no connection to Application Insights:
/// it would report the address of every HTTP request, including families' secret links.
/// </summary>
internal static class InsightsExport
{
    /// <param name="services">The host's services.</param>
    /// <param name="connection">Connection string of the Application Insights resource; it is not a secret, because the resource accepts
    /// nothing without an identity.</param>
    /// <param name="credential">The identity, or null if the resource accepts telemetry from anybody, like a test collector on this
    /// machine.</param>
    internal static void Add(IServiceCollection services, string connection, TokenCredential? credential)
    {
        services.AddOpenTelemetry().AddHub()
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure))
            .WithTracing(traces => traces.AddAzureMonitorTraceExporter(Configure))
            .WithLogging(logs => logs.AddAzureMonitorLogExporter(Configure));

        void Configure(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = connection;
            options.Credential = credential;

            // Telemetry that cannot be sent is dropped and not stored in the host's files.
            options.DisableOfflineStorage = true;

            // The span of every turn is sent: a sample of one in ten could not show why a case is waiting.
            options.SamplingRatio = 1;
        }
    }
}
