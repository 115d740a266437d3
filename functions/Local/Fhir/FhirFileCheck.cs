using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>Reads every version of every resource of a FHIR file and says which are not as they were written. Changes nothing.</summary>
internal static class FhirFileCheck
{
    /// <summary>Reads them.</summary>
    /// <param name="path">The file; a hub may be using it.</param>
    /// <param name="problem">Called with each damaged version: its id and number, and none of its content.</param>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    internal static void Run(string path, Action<string> problem)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var hasSums = command.ExecuteScalar() is not FhirSchema.WithoutSums;
        command.CommandText = hasSums ? FhirVersionRow.SelectAll : FhirVersionRow.SelectAllWithoutSums;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (FhirVersionRow.Problem(row, hasSums) is { } found)
            {
                problem(found);
            }
        }
    }
}
