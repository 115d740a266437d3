using System.CommandLine;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Commands;

/// <summary>
/// <c>import</c>: reads the SEN2 return of a council's earlier system, and reports row by row what each request would become in the hub,
/// what is wrong and what an officer must find out. Without <c>--apply</c> the command changes nothing (docs/import.md).
/// </summary>
internal static class ImportCommand
{
    internal static Command Make()
    {
        var source = new Argument<FileSystemInfo>("FILE|FOLDER") { Description = "SEN2 return as XML, or a folder with the return's tables as CSV files." };
        var council = CommonOptions.Council("Code of the council that made the return.");
        var mapping = new Option<FileInfo?>("--mapping") { Description = "JSON file that says which names and codes the earlier system uses (docs/import.md).", HelpName = "FILE" };
        var schools = new Option<FileInfo?>("--schools") { Description = "The register of schools (edubasealldata.csv). If a school's number is not in the register, this is an error.", HelpName = "FILE" };
        var contacts = new Option<FileInfo?>("--contacts") { Description = "CSV file with the person who acts for each child (docs/import.md).", HelpName = "FILE" };
        var layout = new Option<FileInfo?>("--layout") { Description = "JSON file with the names and codes of another year's return.", HelpName = "FILE" };
        var apply = new Option<bool>("--apply") { Description = "Import the plans in force into the store of a stopped hub. If the command is interrupted, run it again." };
        var data = CommonOptions.Data();
        var by = CommonOptions.Recorded("--by", "Sign-in id of the person who takes the plans over.", "ID", "import");
        var command = new Command("import", "Report row by row what each request in a return from an earlier system would become in the hub; with --apply, import the plans.") { source, council, mapping, schools, contacts, layout, apply, data, by };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(source),
            parsed.GetRequiredValue(council),
            parsed.GetValue(mapping),
            parsed.GetValue(schools),
            parsed.GetValue(contacts),
            parsed.GetValue(layout),
            parsed.GetValue(apply) ? new ImportInto(parsed.GetRequiredValue(data), parsed.GetRequiredValue(by)) : null,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        FileSystemInfo source,
        LocalAuthorityCode council,
        FileInfo? mappingFile,
        FileInfo? schoolsFile,
        FileInfo? contactsFile,
        FileInfo? layoutFile,
        ImportInto? into,
        CancellationToken cancellationToken)
    {
        var (output, messages) = (Console.Out, Console.Error);
        var layout = layoutFile is null ? Sen2Layout.Newest : Open(layoutFile.FullName, Sen2Layout.Read);
        var mapping = mappingFile is null ? null : Open(mappingFile.FullName, json => Sen2Mapping.Read(json, layout));
        var file = Directory.Exists(source.FullName) ? Sen2Csv.Read(source.FullName, layout, mapping) : Open(source.FullName, xml => Sen2Xml.Read(xml, layout, mapping));
        var schools = schoolsFile is null ? null : Schools(schoolsFile.FullName);
        var today = LondonDate.Of(TimeProvider.System.GetUtcNow());
        var contacts = contactsFile is null ? null : Open(contactsFile.FullName, csv => SuppliedContacts.Read(Sen2Csv.Text(csv), file, today));
        var (rows, found) = Takeover.Of(
            file, today, RuleSet.England2014, CountingPractice.AfterTheDay, schools?.Keys.ToHashSet(StringComparer.Ordinal));
        var others = file.Header.Any(block => block["LEA"] is { } lea && lea != council.Value)
            ? [new Sen2Finding("Header", "LEA", "other-council", Sen2Severity.Error, "The return is not from the council given in --council.")]
            : Array.Empty<Sen2Finding>();

        if (into is not null)
        {
            // If the import is run again, it does not change existing cases, so a contact that is left out now would never be added.
            return others.Length > 0 ? Refuse(others[0].Words)
                : file.OfNobody.Any()
                    ? Refuse("The return has errors that do not belong to any person, such as an unknown column, so data would be lost. Correct them, or map the columns. Run the command without --apply to list the errors. Nothing was changed.")
                : contacts?.Findings.Any(finding => finding.Severity == Sen2Severity.Error) == true
                    ? Refuse("The contacts have errors. Correct the rows with errors, or remove them. Run the command without --apply to list the errors. Nothing was changed.")
                    : await into.RunAsync(file, rows, source, council, schools, contacts, output, messages, cancellationToken);
        }

        rows = contacts?.Known(rows) ?? rows;
        IReadOnlyList<Sen2Finding> findings = [.. found, .. contacts?.Findings ?? []];

        Write(output, rows, [.. others, .. findings]);
        var taken = rows.Count(row => row.IsTaken);
        foreach (var kind in rows.GroupBy(row => row.Kind).OrderBy(group => group.Key))
        {
            messages.WriteLine(FormattableString.Invariant($"{kind.Key}: {kind.Count()}"));
        }

        messages.WriteLine(FormattableString.Invariant(
            $"{Counted.Of(file.Persons.Count, "person", "people")}, {Counted.Of(rows.Count, "request")}: {taken} could be taken over, {rows.Count - taken} only once they are corrected; {Counted.Of(findings.Count(f => f.Severity == Sen2Severity.Doubt), "doubt")}. Nothing was changed."));
        return others.Length == 0 && findings.All(finding => finding.Severity == Sen2Severity.Doubt) ? Exit.Done : Exit.Failed;
    }

    /// <summary>Writes one line for each request, then one line for each finding. The lines do not name any child, but say which row of the
    /// source they are about.</summary>
    private static void Write(TextWriter output, IReadOnlyList<TakeoverRow> rows, IReadOnlyList<Sen2Finding> findings)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        string[] columns = ["place", "what", "item", "since", "words"];
        Array.ForEach(columns, csv.WriteField);
        csv.NextRecord();
        foreach (var row in rows)
        {
            Line(row.Place, row.IsTaken ? row.Kind.ToString() : $"{row.Kind}, not taken", "", row.Since, row.Unknown.Count == 0 ? "" : $"An officer must find out: {string.Join("; ", row.Unknown)}.");
            foreach (var missed in row.Missed)
            {
                Line(row.Place, "time limit expired before the import", "", null, missed);
            }
        }

        foreach (var finding in findings)
        {
            Line(finding.Place, finding.Severity == Sen2Severity.Error ? $"error: {finding.Code}" : $"doubt: {finding.Code}", finding.Item ?? "", null, finding.Words);
        }

        void Line(string place, string what, string item, DateOnly? since, string words)
        {
            csv.WriteField(place);
            csv.WriteField(what);
            csv.WriteField(item);
            csv.WriteField(since?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            csv.WriteField(words);
            csv.NextRecord();
        }
    }

    private static T Open<T>(string path, Func<Stream, T> read)
    {
        using var file = File.OpenRead(path);
        return read(file);
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Exit.Failed;
    }

    // The register of schools is in Windows-1252, unless it was saved again as UTF-8 and begins with a byte order mark.
    private static Dictionary<string, RegisteredSchool> Schools(string path)
    {
        using var csv = new CsvReader(new StreamReader(path, CodePagesEncodingProvider.Instance.GetEncoding(1252)!), new CsvConfiguration(CultureInfo.InvariantCulture) { MissingFieldFound = null, BadDataFound = null });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord?.Contains("URN", StringComparer.Ordinal) != true)
        {
            throw new InvalidDataException("The register of schools must have the column URN. Use edubasealldata.csv.");
        }

        var schools = new Dictionary<string, RegisteredSchool>(StringComparer.Ordinal);
        while (csv.Read())
        {
            if (Known("URN") is not { } number)
            {
                continue;
            }

            schools[number] = new RegisteredSchool(Known("EstablishmentName") ?? $"URN {number}", Known("TypeOfEstablishment (name)"));
        }

        return schools;

        string? Known(string column) => csv.TryGetField<string>(column, out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;
    }
}
