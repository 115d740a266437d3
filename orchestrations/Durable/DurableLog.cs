using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

internal static partial class DurableLog
{
    [LoggerMessage(1, LogLevel.Error, "Carrying out {Effect} {EffectId}: {Fault}\n{Where}")]
    internal static partial void HandlerFailed(ILogger log, string effect, string effectId, string fault, string? where);

    [LoggerMessage(2, LogLevel.Warning, "{Assessment} was due since {Since:O} and its instance did not wake; it was {Answer}.")]
    internal static partial void Slept(ILogger log, string assessment, DateTimeOffset since, string answer);

    [LoggerMessage(3, LogLevel.Warning, "{Assessment} was not poked: {Fault}\n{Where}")]
    internal static partial void NotPoked(ILogger log, string assessment, string fault, string? where);
}
