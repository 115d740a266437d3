using System.Globalization;
using CsvHelper;

namespace IntegrationHub.Functions.Returns;

/// <summary>Writes a return as one CSV file for each table, one person at a time, so that only one person is in memory.</summary>
internal sealed class Sen2CsvWriter : IDisposable
{
    private readonly Sen2Layout layout;
    private readonly Dictionary<string, (CsvWriter Csv, int Rows)> tables;

    internal Sen2CsvWriter(Sen2Layout layout, string folder)
        : this(layout, name => File.Create(Path.Combine(folder, name)))
    {
    }

    /// <param name="layout">The layout.</param>
    /// <param name="open">Opens the file with the given name; the writer closes the file at the end.</param>
    internal Sen2CsvWriter(Sen2Layout layout, Func<string, Stream> open)
    {
        this.layout = layout;
        tables = layout.Blocks.ToDictionary(block => block.Name, block => (new CsvWriter(new StreamWriter(open($"{block.Table}.csv")), Sen2Csv.Form), 0), StringComparer.Ordinal);
        foreach (var block in layout.Blocks)
        {
            Row(block, Sen2Csv.KeyOf(block), ParentOf(block) is { } parent ? Sen2Csv.KeyOf(parent) : null, field => field.Name.ToLowerInvariant());
        }
    }

    internal void Write(Sen2Item item) => Write(item, null);

    /// <summary>Completes and closes the files.</summary>
    public void Dispose()
    {
        foreach (var (csv, _) in tables.Values)
        {
            csv.Dispose();
        }
    }

    private void Write(Sen2Item item, string? above)
    {
        var (csv, rows) = tables[item.Block.Name];
        tables[item.Block.Name] = (csv, rows + 1);
        var key = (rows + 1).ToString(CultureInfo.InvariantCulture);
        Row(item.Block, key, above, field => item[field.Name]);
        item.Children.ForEach(child => Write(child, key));
    }

    private void Row(Sen2Block block, string key, string? above, Func<Sen2Field, string?> cell)
    {
        var csv = tables[block.Name].Csv;
        csv.WriteField(key);
        if (ParentOf(block) is not null)
        {
            csv.WriteField(above);
        }

        foreach (var field in block.Items)
        {
            csv.WriteField(cell(field));
        }

        csv.NextRecord();
    }

    private Sen2Block? ParentOf(Sen2Block block) => layout.Blocks.FirstOrDefault(one => one.Name == block.Parent);
}
