using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>Logs at start-up whether unscanned documents are served.</summary>
public sealed partial class ScanningNotice(KeepingRules rules, ILogger<ScanningNotice> log) : IHostedService
{
    /// <summary>A sentence that tells the readers of a page with documents whether unscanned documents are served.</summary>
    public static string Of(KeepingRules rules) => rules.ServeUnscanned
        ? "Documents are served without a malware scan, because the setting Documents:ServeUnscanned is on."
        : "A document is served only after a scanner has found it clean.";

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (rules.ServeUnscanned)
        {
            Unscanned(log);
        }
        else
        {
            Scanned(log);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "Documents are served without a malware scan, because Documents:ServeUnscanned is set")]
    private static partial void Unscanned(ILogger log);

    [LoggerMessage(2, LogLevel.Information, "Documents are served only after a scanner has found them clean. Without a scanner, no documents are served. The setting Documents:ServeUnscanned changes this")]
    private static partial void Scanned(ILogger log);
}
