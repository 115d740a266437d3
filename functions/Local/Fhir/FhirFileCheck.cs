using IntegrationHub.Sqlite;
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
        using var file = DataFile.OpenForReading(path);
        var hasSums = file.Scalar("PRAGMA user_version") is not FhirTables.WithoutSums;
        foreach (var found in file.Rows(hasSums ? FhirVersionRow.SelectAll : FhirVersionRow.SelectAllWithoutSums, row => FhirVersionRow.Problem(row, hasSums)))
        {
            if (found is not null)
            {
                problem(found);
            }
        }
    }
}
