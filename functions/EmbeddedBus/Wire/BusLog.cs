namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The bus's log entries, which contain no message content, identifiers of children or secrets.</summary>
internal static partial class BusLog
{
    [LoggerMessage(1, LogLevel.Error, "Bus: a message sent to {Path} could not be stored.")]
    internal static partial void SendFailed(ILogger log, string path, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Bus: messages from {Path} could not be delivered.")]
    internal static partial void ReceiveFailed(ILogger log, string path, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Bus: a receiver on {Path} could not settle a message.")]
    internal static partial void SettleFailed(ILogger log, string path, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Bus: operation {Operation} on {Path} failed.")]
    internal static partial void OperationFailed(ILogger log, string operation, string path, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "Bus: a token was refused: {Reason}")]
    internal static partial void TokenRefused(ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Information, "Bus: listening on port {Port} of this machine.")]
    internal static partial void Listening(ILogger log, int port);

    [LoggerMessage(7, LogLevel.Information, "Bus: a receiver that was waiting for a session of {Path} has disconnected ({Fault}); the next receiver gets the session.")]
    internal static partial void WaiterGone(ILogger log, string path, string fault);

    [LoggerMessage(8, LogLevel.Error, "Bus: a link could not be notified of a change; all other links have been notified.")]
    internal static partial void LinkFailed(ILogger log, Exception exception);

    [LoggerMessage(9, LogLevel.Information, "Bus: a connection had already ended when the bus closed it ({Fault}); all connections are closed.")]
    internal static partial void FarewellFailed(ILogger log, string fault);
}
