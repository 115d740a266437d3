namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>The reason why the store is unavailable.</summary>
public enum StoreFault
{
    /// <summary>No space is left on the disk, or the database has reached its page limit.</summary>
    DiskFull,

    /// <summary>The database or its disk cannot be written to.</summary>
    ReadOnly,

    /// <summary>The file is damaged, or is not a database of this hub.</summary>
    Corrupt,

    /// <summary>Reading or writing the disk failed.</summary>
    InputOutput,

    /// <summary>The file cannot be opened or created.</summary>
    CannotOpen,

    /// <summary>Another process, or another store in this process, has the file open.</summary>
    InUse,

    /// <summary>A newer version of the hub wrote the file.</summary>
    NewerSchema,

    /// <summary>The store was closed.</summary>
    Closed,

    /// <summary>SQLite refused the request for another reason; the message contains the SQLite code.</summary>
    Other,
}

/// <summary>
/// The store cannot carry out a request. No part of the request may be treated as done: the caller must not acknowledge anything, and the
/// sender sends the message again. The exception's message never contains data of an assessment.
/// </summary>
/// <param name="reason">The reason why the store is unavailable.</param>
/// <param name="message">A sentence for the operator of the hub.</param>
/// <param name="inner">The exception that caused the fault.</param>
public sealed class StoreUnavailableException(StoreFault reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The reason why the store is unavailable.</summary>
    public StoreFault Reason { get; } = reason;
}
