namespace IntegrationHub.Functions.Returns.Building;

/// <summary>Writes the XML and the tables of a return, one person at a time, and passes each person to the caller.</summary>
internal static class ReturnWriting
{
    /// <param name="build">The return to write.</param>
    /// <param name="layout">The layout of the return.</param>
    /// <param name="header">The header of the return.</param>
    /// <param name="xml">The stream to which the XML is written.</param>
    /// <param name="table">Opens the file for a table, given the file's name; the file is closed after the table has been written.</param>
    /// <param name="each">A method that is called for every person, with the person's faults.</param>
    /// <param name="cancellationToken">Stops writing the return.</param>
    internal static async Task<BuiltReturn> RunAsync(
        ReturnBuild build, Sen2Layout layout, IReadOnlyList<Sen2Item> header, Stream xml, Func<string, Stream> table, Action<PersonEntry> each, CancellationToken cancellationToken)
    {
        using var writing = new Sen2XmlWriter(layout, header, xml);
        using var csv = new Sen2CsvWriter(layout, table);
        foreach (var block in header)
        {
            csv.Write(block);
        }

        var (persons, errors, doubts) = (0, 0, 0);
        await foreach (var person in build.PersonsAsync(cancellationToken: cancellationToken))
        {
            persons++;
            errors += person.Faults.Count(fault => fault.Finding.Severity == Sen2Severity.Error);
            doubts += person.Faults.Count(fault => fault.Finding.Severity == Sen2Severity.Doubt);
            writing.Write(person.Item);
            csv.Write(person.Item);
            each(person);
        }

        return new(persons, errors, doubts);
    }
}
