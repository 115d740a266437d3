using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Fhir;

/// <summary>
/// Reads every version of every resource in a FHIR file and reports the versions that have changed since they were written. The check does
/// not change the file.
/// </summary>
internal static class FhirFileCheck
{
    /// <summary>Reads and checks the versions.</summary>
    /// <param name="path">The file, which a hub can be using during the check.</param>
    /// <param name="problem">A method that is called with the id and number of each damaged version, but without its content.</param>
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
