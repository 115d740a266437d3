using CsvHelper;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>The result of building a return.</summary>
/// <param name="Persons">Number of persons in the return.</param>
/// <param name="Errors">Number of faults that must be corrected before the return is sent.</param>
/// <param name="Doubts">Number of points that DfE may ask about.</param>
public sealed record BuiltReturn(int Persons, int Errors, int Doubts);

/// <summary>Writes a return to a folder: the XML, the tables as CSV, and a list of what is wrong with each case.</summary>
public static class ReturnFiles
{
    /// <summary>Name of the XML file.</summary>
    public const string Xml = "sen2.xml";

    /// <summary>Name of the file that lists the faults.</summary>
    public const string Faults = "faults.csv";

    /// <summary>Name of the folder that contains the tables.</summary>
    public const string Tables = "csv";

    private static readonly string[] Columns = ["case", "officer", "place", "item", "what", "words", "address"];

    /// <summary>Writes the return, one person at a time.</summary>
    /// <param name="build">The return to write.</param>
    /// <param name="layout">The layout of the return.</param>
    /// <param name="folder">The folder to write to, which must exist.</param>
    /// <param name="now">The time at which the return is built.</param>
    /// <param name="cancellationToken">Stops the writing of the return.</param>
    public static async Task<BuiltReturn> WriteAsync(ReturnBuild build, Sen2Layout layout, string folder, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(build);
        var tables = Directory.CreateDirectory(Path.Combine(folder, Tables)).FullName;
        await using var xml = File.Create(Path.Combine(folder, Xml));
        await using var faults = new CsvWriter(new StreamWriter(Path.Combine(folder, Faults)), Sen2Csv.Form);
        Array.ForEach(Columns, faults.WriteField);
        await faults.NextRecordAsync();
        return await ReturnWriting.RunAsync(build, layout, build.Header(now), xml, name => File.Create(Path.Combine(tables, name)), Add, cancellationToken);

        void Add(PersonEntry person)
        {
            foreach (var fault in person.Faults)
            {
                Write(faults, fault);
            }
        }
    }

    private static void Write(CsvWriter csv, ReturnFault fault)
    {
        csv.WriteField(fault.Case.Value);
        csv.WriteField(fault.Officer);
        csv.WriteField(fault.Finding.Place);
        csv.WriteField(fault.Finding.Item);
        csv.WriteField(fault.Finding.Severity == Sen2Severity.Error ? $"error: {fault.Finding.Code}" : $"doubt: {fault.Finding.Code}");
        csv.WriteField(fault.Finding.Words);
        csv.WriteField(fault.Address);
        csv.NextRecord();
    }
}
