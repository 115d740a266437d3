using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace IntegrationHub.Functions.Monitoring.Telemetry;

/// <summary>
/// Sends metrics, traces and logs over OTLP if a collector is configured (OTEL_EXPORTER_OTLP_ENDPOINT and related variables).
/// </summary>
public static class TelemetrySetup
{
    /// <summary>The setting of the OpenTelemetry specification that names the collector.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds the hub's gauges, and the export if a collector is configured.</summary>
    public static IServiceCollection AddHubTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddSingleton<BoardMeter>();
        services.AddHostedService(s => new MeterStart(s.GetRequiredService<BoardMeter>()));
        if (string.IsNullOrEmpty(configuration[Endpoint]))
        {
            return services;
        }

        services.AddOpenTelemetry().AddHub().UseOtlpExporter();
        return services;
    }

    /// <summary>
    /// The metrics and traces of a hub, for any exporter. Spans of HTTP requests are left out, because their addresses contain filters and
    /// families' links. The meter of ASP.NET Core's hosting records routes only.
    /// </summary>
    public static OpenTelemetryBuilder AddHub(this OpenTelemetryBuilder telemetry) => telemetry
        .WithMetrics(metrics => metrics.AddMeter(TurnTelemetry.Name, Refusals.MeterName, "Microsoft.AspNetCore.Hosting", "System.Runtime"))
        .WithTracing(traces => traces.AddSource(TurnTelemetry.Name))
        .WithLogging(_ => { }, logs => logs.IncludeFormattedMessage = true);

    private sealed class MeterStart(BoardMeter meter) : IHostedService
    {
        private readonly BoardMeter meter = meter;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            GC.KeepAlive(meter);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
