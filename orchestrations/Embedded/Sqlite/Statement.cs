using SQLitePCL;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>A prepared statement that is used repeatedly. Parameters are numbered from 1, columns from 0.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt prepared) : IDisposable
{
    internal Statement Bind(int at, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(prepared, at, value));
        return this;
    }

    internal Statement Bind(int at, long? value)
    {
        connection.Check(value is { } present ? raw.sqlite3_bind_int64(prepared, at, present) : raw.sqlite3_bind_null(prepared, at));
        return this;
    }

    internal Statement Bind(int at, string? value)
    {
        connection.Check(value is null ? raw.sqlite3_bind_null(prepared, at) : raw.sqlite3_bind_text(prepared, at, value));
        return this;
    }

    internal Statement Bind(int at, byte[]? value)
    {
        connection.Check(value is null ? raw.sqlite3_bind_null(prepared, at) : raw.sqlite3_bind_blob(prepared, at, value));
        return this;
    }

    /// <summary>Moves to the next row of the result. After the last row or a fault, the statement is ready for its next use.</summary>
    internal bool Step()
    {
        var code = raw.sqlite3_step(prepared);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        // The reset returns the error code of the last step again, so the fault is not lost.
        var reset = raw.sqlite3_reset(prepared);
        connection.Check(code == raw.SQLITE_DONE ? code : reset);
        return false;
    }

    /// <summary>Runs a statement and ignores any rows that it returns.</summary>
    internal void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Stops reading a result before all its rows have been read.</summary>
    internal void Reset() => _ = raw.sqlite3_reset(prepared);

    internal bool IsNull(int column) => raw.sqlite3_column_type(prepared, column) == raw.SQLITE_NULL;

    internal long Int64(int column) => raw.sqlite3_column_int64(prepared, column);

    internal long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    internal string Text(int column) => raw.sqlite3_column_text(prepared, column).utf8_to_string();

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes in a column of the present row, which are valid until <c>Step</c> is called again.</summary>
    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(prepared, column);

    public void Dispose() => prepared.Dispose();
}
