using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Agencies.Broker;

internal static partial class BrokerLog
{
    [LoggerMessage(1, LogLevel.Information, "Bus: connected to {Host}.")]
    internal static partial void Connected(ILogger log, string host);

    [LoggerMessage(2, LogLevel.Warning, "Bus: receiving from {Queue} was interrupted ({Fault}) and will start again.")]
    internal static partial void Interrupted(ILogger log, string queue, string fault);

    [LoggerMessage(3, LogLevel.Error, "Bus: a message in {Queue} could not be processed, delivery {Delivery}.")]
    internal static partial void NotTaken(ILogger log, string queue, int delivery, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "Bus: a message in {Queue} was made a dead letter: {Reason}.")]
    internal static partial void DeadLetter(ILogger log, string queue, string? reason);
}
