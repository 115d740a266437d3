using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace IntegrationHub.Functions.Institutions;

/// <summary>
/// One of the register's files, line by line: Windows-1252, unless it was saved again as UTF-8 and says so at its beginning. A quotation mark
/// that stands where none belongs is reported, because the value may not be what the register says.
/// </summary>
internal sealed class GiasCsv : IDisposable
{
    private readonly CsvReader csv;
    private bool isStray;

    /// <exception cref="InvalidDataException">A required column is missing.</exception>
    internal GiasCsv(Stream file, string[] required, string what)
    {
        var form = new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, MissingFieldFound = null, BadDataFound = _ => isStray = true };
        csv = new CsvReader(new StreamReader(file, CodePagesEncodingProvider.Instance.GetEncoding(1252)!, detectEncodingFromByteOrderMarks: true), form);
        Header = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord ?? [] : [];
        if (required.Except(Header).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidDataException($"The {what} has no column {string.Join(", ", missing)}: is it the right file?");
        }
    }

    /// <summary>The columns.</summary>
    internal IReadOnlyList<string> Header { get; }

    /// <summary>Number of the line in the file.</summary>
    internal int Number => csv.Parser.RawRow;

    /// <summary>A field has a line break in it, as happens where a closing quotation mark is missing.</summary>
    internal bool RunsOn => csv.Parser.RawRecord.AsSpan().Trim("\r\n").ContainsAny('\r', '\n');

    /// <summary>It has as many fields as the header.</summary>
    internal bool IsWhole => csv.Parser.Count == Header.Count;

    /// <summary>Goes to the next line.</summary>
    internal bool Read() => csv.Read();

    /// <summary>What a column contains; null where it is empty.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="doubt">Is told what is wrong with it.</param>
    internal string? Text(string column, Action<string> doubt)
    {
        isStray = false;
        var text = csv.TryGetField<string>(column, out var read) && !string.IsNullOrWhiteSpace(read) ? read : null;
        if (isStray)
        {
            doubt($"{column}: there is a quotation mark where none belongs; the value is kept as it was read.");
        }

        return text;
    }

    /// <inheritdoc/>
    public void Dispose() => csv.Dispose();
}
