using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Functions.Returns;

/// <summary>
/// Reads and writes a return as a set of CSV files, one for each table, in which each row contains the key of its parent row. DfE's COLLECT
/// exports a return in this form (<c>Blade-Export_…_person.csv</c>, <c>…_requests.csv</c> and so on). Columns are found by name, in upper
/// or lower case.
/// </summary>
public static class Sen2Csv
{
    private static readonly string[] Passed = ["nativeid", "sourceid"];
    internal static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, MissingFieldFound = null, BadDataFound = null, NewLine = "\n" };

    /// <summary>Reads the files of a folder.</summary>
    /// <exception cref="InvalidDataException">There is no table of persons, or a file cannot be read as CSV.</exception>
    public static Sen2File Read(string folder, Sen2Layout layout, Sen2Mapping? mapping = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var findings = new List<Sen2Finding>();
        var items = new Dictionary<string, Dictionary<string, Sen2Item>>(StringComparer.Ordinal);
        foreach (var block in layout.Blocks)
        {
            items[block.Name] = File(folder, block) is { } path
                ? InUtf8(Path.GetFileName(path), () => Table(path, block, layout, mapping ?? Sen2Mapping.None, items, findings))
                : [];
        }

        return items["Person"].Count == 0
            ? throw new InvalidDataException("The folder must have a file whose name ends in person.csv and that contains at least one person.")
            : new Sen2File(layout, [.. layout.In("Header").SelectMany(block => items[block.Name].Values)], [.. items["Person"].Values], findings);
    }

    /// <summary>Writes one file for each table into an existing folder.</summary>
    public static void Write(Sen2File file, string folder)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var writing = new Sen2CsvWriter(file.Layout, folder);
        foreach (var item in file.Header.Concat(file.Persons))
        {
            writing.Write(item);
        }
    }

    private static Dictionary<string, Sen2Item> Table(
        string path, Sen2Block block, Sen2Layout layout, Sen2Mapping mapping, Dictionary<string, Dictionary<string, Sen2Item>> items, List<Sen2Finding> findings)
    {
        var parent = layout.Blocks.FirstOrDefault(one => one.Name == block.Parent);
        var found = new Dictionary<string, Sen2Item>(StringComparer.Ordinal);
        using var file = System.IO.File.OpenRead(path);
        using var csv = new CsvReader(Text(file), Form);
        if (!csv.Read() || !csv.ReadHeader())
        {
            return found;
        }

        var columns = csv.HeaderRecord!.Select(mapping.Name).ToList();
        findings.AddRange(columns.Where(column => block.Find(column) is null && !IsKey(column, block, parent)).Select(
            column => new Sen2Finding(block.Name, column, "unknown-column", Sen2Severity.Error, "The SEN2 layout for this year does not have an item with this name. Map the column in a mapping file, or remove it.")));
        findings.AddRange(columns.Select(block.Find).OfType<Sen2Field>().GroupBy(field => field.Name, StringComparer.Ordinal).Where(same => same.Skip(1).Any())
            .Select(same => new Sen2Finding(block.Name, same.Key, "given-twice", Sen2Severity.Error, "The column must not occur twice.")));
        var rows = 0;
        while (csv.Read())
        {
            rows++;
            var (key, above) = (Cell(KeyOf(block)) ?? rows.ToString(CultureInfo.InvariantCulture), parent is null ? null : Cell(KeyOf(parent)));
            var owner = above is null ? null : items[parent!.Name].GetValueOrDefault(above);
            var place = Sen2Xml.Place(owner?.Place ?? (block.Parent == "Header" ? block.Parent : ""), block, owner?.All(block.Name).Count() ?? rows - 1);
            if (parent is not null && owner is null)
            {
                findings.Add(new(place, null, "no-parent", Sen2Severity.Error, FormattableString.Invariant($"Row {rows} of {block.Table} does not refer to any row of {parent.Table}.")));
                continue;
            }

            if (HasMoreCells(csv, columns.Count))
            {
                findings.Add(MoreCells(place));
            }

            var item = new Sen2Item(block, place);
            for (var n = 0; n < columns.Count; n++)
            {
                if (block.Find(columns[n]) is { } field && csv.GetField(n) is { Length: > 0 } cell)
                {
                    item.Values.TryAdd(field.Name, Plain(field, mapping.Value(field.Name, cell)));
                }
            }

            if (!found.TryAdd(key, item))
            {
                findings.Add(new(place, null, "key-given-twice", Sen2Severity.Error, FormattableString.Invariant($"Row {rows} of {block.Table} must not have the key of an earlier row.")));
                continue;
            }

            owner?.Children.Add(item);
        }

        return found;

        string? Cell(string column) => columns.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at && csv.GetField(at) is { Length: > 0 } cell ? cell : null;
    }

    /// <summary>The file of a table, or null if the folder has none. With two files, the rows of one of them would be left out.</summary>
    private static string? File(string folder, Sen2Block block) =>
        SuppliedFolder.Files(folder, ".csv").Where(
            path => Path.GetFileNameWithoutExtension(path) is var name
                && (name.Equals(block.Table, StringComparison.OrdinalIgnoreCase) || name.EndsWith("_" + block.Table, StringComparison.OrdinalIgnoreCase))).ToList() switch
        {
            [] => null,
            [var only] => only,
            _ => throw new InvalidDataException($"The folder must not have more than one file for the table {block.Table}."),
        };

    /// <summary>Opens a CSV file. A byte that is not UTF-8 ends the reading, because it would otherwise be replaced, and a name or an address
    /// would lose a letter (<see cref="InUtf8"/>).</summary>
    public static TextReader Text(Stream csv) => new StreamReader(csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    /// <summary>Reads a file that was opened with <see cref="Text"/>.</summary>
    /// <exception cref="InvalidDataException">The file is not encoded in UTF-8.</exception>
    internal static T InUtf8<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException other)
        {
            throw new InvalidDataException($"{name} is not encoded in UTF-8. Save the file as \"CSV UTF-8\".", other);
        }
    }

    /// <summary>Whether the current row has a value beyond the last column, as happens if a value with a comma is not in quotation marks. The
    /// row's values are then under the wrong columns.</summary>
    internal static bool HasMoreCells(CsvReader csv, int columns) => Enumerable.Range(columns, Math.Max(0, csv.Parser.Count - columns)).Any(n => csv.Parser[n].Length > 0);

    internal static Sen2Finding MoreCells(string place) =>
        new(place, null, "too-many-cells", Sen2Severity.Error, "The row has more values than the table has columns. Put a value that contains a comma in quotation marks.");

    internal static string KeyOf(Sen2Block block) => $"{block.Table}tableid";

    private static bool IsKey(string column, Sen2Block block, Sen2Block? parent) => column.Equals(KeyOf(block), StringComparison.OrdinalIgnoreCase)
        || (parent is not null && column.Equals(KeyOf(parent), StringComparison.OrdinalIgnoreCase))
        || Passed.Contains(column, StringComparer.OrdinalIgnoreCase) || column.EndsWith("orderseqcolumn", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Converts dates and flags to the format of the XML return, because COLLECT writes, for example, <c>2022-Sep-28 00:00:00</c> and
    /// <c>true</c>.
    /// </summary>
    private static string Plain(Sen2Field field, string cell) => field.Type switch
    {
        Sen2Type.Date when DateTime.TryParseExact(cell, ["yyyy-MMM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Sen2Type.Flag when cell.Equals("true", StringComparison.OrdinalIgnoreCase) => "1",
        Sen2Type.Flag when cell.Equals("false", StringComparison.OrdinalIgnoreCase) => "0",
        _ => cell,
    };
}
