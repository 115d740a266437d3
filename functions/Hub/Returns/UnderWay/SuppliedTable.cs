using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using static IntegrationHub.Functions.Returns.SuppliedContacts;

namespace IntegrationHub.Functions.Returns.UnderWay;

/// <summary>What a table can contain.</summary>
/// <param name="Table">The name of the table in messages, for example "Assessments".</param>
/// <param name="Row">The name of a row in messages, for example "Assessment".</param>
/// <param name="Columns">The columns that the table can have.</param>
/// <param name="Needed">The columns that the table must have.</param>
internal sealed record TableForm(string Table, string Row, IReadOnlyList<string> Columns, IReadOnlyList<string> Needed);

/// <summary>
/// A CSV table that a council made with a spreadsheet. Every cell that is not empty is in a row, or there is a finding for it. The finding
/// repeats no cell.
/// </summary>
/// <param name="Rows">The rows that have at least one cell that is not empty.</param>
/// <param name="Findings">What is wrong with the table as a whole, or with the number of cells in a row.</param>
internal sealed record SuppliedTable(IReadOnlyList<ContactRow> Rows, IReadOnlyList<Sen2Finding> Findings)
{
    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">The table has no header row, or is not encoded in UTF-8.</exception>
    internal static SuppliedTable Read(TextReader text, TableForm form) => Sen2Csv.InUtf8($"The table of {form.Table.ToLowerInvariant()}", () => ReadAll(text, form));

    private static SuppliedTable ReadAll(TextReader text, TableForm form)
    {
        var isBroken = false;
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, IgnoreBlankLines = false, BadDataFound = _ => isBroken = true });
        List<string> columns = csv.Read() ? [.. Cells(csv).Select(column => column.ToLowerInvariant())] : [];

        // If the first row is not a header row, its cells are the details of a child and must not be repeated.
        if (form.Needed.Except(columns, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidDataException($"The first row of the table of {form.Table.ToLowerInvariant()} must name the columns, separated by commas. These columns are missing: {string.Join(", ", missing)}.");
        }

        var (rows, findings) = (new List<ContactRow>(), new List<Sen2Finding>(OfHeader(columns, form)));
        for (var n = 1; csv.Read(); n++)
        {
            isBroken = false;
            var cells = Cells(csv);
            if (!cells.Exists(cell => cell.Length > 0))
            {
                continue;
            }

            var place = FormattableString.Invariant($"{form.Row} {n}");
            if (isBroken)
            {
                findings.Add(ContactRow.Error(place, null, "wrong-quotes", "A quotation mark in this row is not closed, or is not doubled inside a value."));
            }

            if (cells.Where((cell, at) => cell.Length > 0 && (at >= columns.Count || columns[at].Length == 0)).Any())
            {
                findings.Add(Sen2Csv.MoreCells(place));
            }

            if (cells.Count < columns.Count)
            {
                findings.Add(ContactRow.Error(place, null, "too-few-cells", "The row has fewer values than the table has columns, so values may be in the wrong columns. A value of several lines must be in quotation marks."));
            }

            rows.Add(new ContactRow(place, cells.Zip(columns).Where(cell => cell.First.Length > 0 && cell.Second.Length > 0)
                .GroupBy(cell => cell.Second, StringComparer.Ordinal).ToDictionary(cell => cell.Key, cell => cell.First().First, StringComparer.Ordinal)));
        }

        return new(rows, findings);
    }

    private static List<string> Cells(CsvParser csv) => [.. Enumerable.Range(0, csv.Count).Select(n => csv[n].Trim())];

    private static IEnumerable<Sen2Finding> OfHeader(List<string> columns, TableForm form) =>
        columns.Where(column => column.Length > 0).Except(form.Columns, StringComparer.Ordinal)
            .Select(column => ContactRow.Error(form.Table, column, "unknown-column", "The table must not have a column of this name. Rename or remove the column."))
            .Concat(columns.Where(column => column.Length > 0).GroupBy(column => column, StringComparer.Ordinal).Where(same => same.Skip(1).Any())
                .Select(same => ContactRow.Error(form.Table, same.Key, "given-twice", "The column must not occur twice.")));
}
