namespace IntegrationHub.Sqlite;

/// <summary>Brings the tables of a file up to date, one version at a time, each in its own transaction.</summary>
internal static class Migrations
{
    /// <exception cref="InvalidDataException">A newer version of the hub wrote the file.</exception>
    internal static void Run(DataFile file, string name, IReadOnlyList<Action<DataFile>> migrations)
    {
        var version = (long)file.Scalar("PRAGMA user_version")!;
        if (version > migrations.Count || version < 0)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{name} has tables of version {version}; this hub can read versions up to {migrations.Count}. Run the newer hub that wrote the file, or restore a backup from before the upgrade."));
        }

        for (var next = (int)version; next < migrations.Count; next++)
        {
            // If a migration fails, the file is unchanged, because closing the connection rolls back the transaction.
            file.Run("BEGIN IMMEDIATE");
            migrations[next](file);
            file.Run(FormattableString.Invariant($"PRAGMA user_version = {next + 1}"));
            file.Run("COMMIT");
        }
    }
}
