namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>What the bus writes to the log. No message content, no identifiers of children, no secrets.</summary>
internal static partial class BusLog
{
    [LoggerMessage(1, LogLevel.Error, "Bus: a message sent to {Path} could not be kept.")]
    internal static partial void SendFailed(ILogger log, string path, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Bus: messages of {Path} could not be delivered.")]
    internal static partial void ReceiveFailed(ILogger log, string path, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Bus: a receiver of {Path} could not settle a message.")]
    internal static partial void SettleFailed(ILogger log, string path, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Bus: operation {Operation} on {Path} failed.")]
    internal static partial void OperationFailed(ILogger log, string operation, string path, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "Bus: a token was refused: {Reason}")]
    internal static partial void TokenRefused(ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Information, "Bus: listening on port {Port} of this machine.")]
    internal static partial void Listening(ILogger log, int port);

    [LoggerMessage(7, LogLevel.Information, "Bus: a receiver that waited for a session of {Path} has gone ({Fault}); the next one gets it.")]
    internal static partial void WaiterGone(ILogger log, string path, string fault);

    [LoggerMessage(8, LogLevel.Error, "Bus: a link could not be told of a change; the others have been.")]
    internal static partial void LinkFailed(ILogger log, Exception exception);

    [LoggerMessage(9, LogLevel.Information, "Bus: a connection had already ended when the bus closed it ({Fault}); all of them are closed.")]
    internal static partial void FarewellFailed(ILogger log, string fault);
}
