namespace IntegrationHub.Sqlite;

/// <summary>Brings the tables of a file up to date, one version at a time, each in a transaction of its own.</summary>
internal static class Migrations
{
    /// <exception cref="InvalidDataException">A newer hub wrote the file.</exception>
    internal static void Run(DataFile file, string name, IReadOnlyList<Action<DataFile>> migrations)
    {
        var version = (long)file.Scalar("PRAGMA user_version")!;
        if (version > migrations.Count || version < 0)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{name} has tables of version {version}; this hub reads up to version {migrations.Count}. Run the hub that wrote it, or restore the backup from before its upgrade."));
        }

        for (var next = (int)version; next < migrations.Count; next++)
        {
            // What fails leaves the file as it was: its connection is closed, which ends the transaction.
            file.Run("BEGIN IMMEDIATE");
            migrations[next](file);
            file.Run(FormattableString.Invariant($"PRAGMA user_version = {next + 1}"));
            file.Run("COMMIT");
        }
    }
}
