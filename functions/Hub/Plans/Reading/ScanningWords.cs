using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>Says at the start whether documents that no scanner has looked at are given out.</summary>
public sealed partial class ScanningWords(KeepingRules rules, ILogger<ScanningWords> log) : IHostedService
{
    /// <summary>The same for a page that lists documents.</summary>
    public static string Of(KeepingRules rules) => rules.ServeUnscanned
        ? "Documents are given out without having been scanned for malware, because the setting Documents:ServeUnscanned says so."
        : "A document is given out only after a scanner has called it clean.";

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

    [LoggerMessage(1, LogLevel.Warning, "Documents are given out without having been scanned for malware: Documents:ServeUnscanned is set")]
    private static partial void Unscanned(ILogger log);

    [LoggerMessage(2, LogLevel.Information, "Documents are given out only after a scanner has called them clean; without a scanner none is. Documents:ServeUnscanned changes that")]
    private static partial void Scanned(ILogger log);
}
