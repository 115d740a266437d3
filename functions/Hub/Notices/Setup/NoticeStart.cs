using IntegrationHub.Functions.Agencies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Notices.Setup;

/// <summary>Logs a warning at start-up if no channel delivers notices, or if there are agencies to which nothing can be sent.</summary>
internal sealed class NoticeStart(INoticeChannel channel, AgencyDirectory agencies, ILogger<NoticeStart> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!channel.Sends)
        {
            NoticeStartLog.NothingIsSent(log, NoticesSetup.NothingIsSent);
        }

        NoticeStartLog.Unreached(log, agencies.UnreachableWarning);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static partial class NoticeStartLog
{
    [LoggerMessage(1, LogLevel.Warning, "{What}")]
    internal static partial void NothingIsSent(ILogger log, string what);

    [LoggerMessage(2, LogLevel.Warning, "{What}")]
    internal static partial void Unreached(ILogger log, string what);
}
