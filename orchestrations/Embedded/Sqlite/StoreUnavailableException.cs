namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Why the store cannot serve.</summary>
public enum StoreFault
{
    /// <summary>No room is left on the disk, or the database reached its page limit.</summary>
    DiskFull,

    /// <summary>The database, or the disk it is on, may not be written.</summary>
    ReadOnly,

    /// <summary>The file is damaged, or is not a database of this hub.</summary>
    Corrupt,

    /// <summary>Reading or writing the disk failed.</summary>
    InputOutput,

    /// <summary>The file cannot be opened or created.</summary>
    CannotOpen,

    /// <summary>Another process, or another store of this process, has it open.</summary>
    InUse,

    /// <summary>A newer version of the hub wrote it.</summary>
    NewerSchema,

    /// <summary>The store was closed.</summary>
    Closed,

    /// <summary>SQLite refused for another reason; the message carries its code.</summary>
    Other,
}

/// <summary>
/// The store cannot do what was requested. Nothing that was requested counts as done: the caller acknowledges nothing and the sender
/// sends again. The message never carries data of an assessment.
/// </summary>
/// <param name="reason">Why.</param>
/// <param name="message">A sentence for the person who runs the hub.</param>
/// <param name="inner">The cause.</param>
public sealed class StoreUnavailableException(StoreFault reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public StoreFault Reason { get; } = reason;
}
