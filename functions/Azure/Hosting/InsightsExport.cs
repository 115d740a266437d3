using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using IntegrationHub.Functions.Monitoring.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// Sends the hub's telemetry to Application Insights, from the worker itself. The Functions host is given no connection to it: the host
/// would report every HTTP request with its address, and families' links are addresses.
/// </summary>
internal static class InsightsExport
{
    /// <param name="services">The host's services.</param>
    /// <param name="connection">Connection string of the Application Insights resource; it is not a secret, since the resource takes nothing without an identity.</param>
    /// <param name="credential">The identity; null where the resource takes telemetry from anybody, as one on this machine does.</param>
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

            // What cannot be sent is dropped, not stored in files of the host.
            options.DisableOfflineStorage = true;

            // Every turn's span: a sample of one in ten could not show why a case waits.
            options.SamplingRatio = 1;
        }
    }
}
