using Amqp.Types;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>Names that Service Bus gives to message annotations, errors, filters and link properties. Source: Azure Service Bus AMQP protocol guide.</summary>
internal static class Annotation
{
    internal static readonly Symbol ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";
    internal static readonly Symbol EnqueuedTime = "x-opt-enqueued-time";
    internal static readonly Symbol SequenceNumber = "x-opt-sequence-number";
    internal static readonly Symbol LockedUntil = "x-opt-locked-until";
    internal static readonly Symbol MessageState = "x-opt-message-state";
    internal static readonly Symbol DeadLetterSource = "x-opt-deadletter-source";

    /// <summary>Name of the key with which the message was sent. Only this bus has this annotation; Azure Service Bus does not.</summary>
    internal static readonly Symbol SentBy = "x-opt-hub-sent-by";

    internal static readonly Symbol SessionFilter = "com.microsoft:session-filter";
    internal static readonly Symbol SessionLockedUntil = "com.microsoft:locked-until-utc";
    internal static readonly Symbol Timeout = "com.microsoft:timeout";

    internal static readonly Symbol MessageLockLost = "com.microsoft:message-lock-lost";
    internal static readonly Symbol SessionLockLost = "com.microsoft:session-lock-lost";
    internal static readonly Symbol SessionCannotBeLocked = "com.microsoft:session-cannot-be-locked";
    internal static readonly Symbol MessageNotFound = "com.microsoft:message-not-found";
    internal static readonly Symbol ArgumentError = "com.microsoft:argument-error";
    internal static readonly Symbol ServerBusy = "com.microsoft:server-busy";

    internal const string DeadLetterReason = "DeadLetterReason";
    internal const string DeadLetterDescription = "DeadLetterErrorDescription";
}
