namespace IntegrationHub.Functions.Returns.Building;

/// <summary>Writes a return once, one person at a time: the XML, the tables, and what a caller keeps of each person.</summary>
internal static class ReturnWriting
{
    /// <param name="build">The return.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="header">Its header.</param>
    /// <param name="xml">Takes the XML.</param>
    /// <param name="table">Opens the table of a file name; it is closed at the end.</param>
    /// <param name="each">Is given every person with its faults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal static async Task<BuiltReturn> RunAsync(
        ReturnBuild build, Sen2Layout layout, IReadOnlyList<Sen2Item> header, Stream xml, Func<string, Stream> table, Action<BuiltPerson> each, CancellationToken cancellationToken)
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
