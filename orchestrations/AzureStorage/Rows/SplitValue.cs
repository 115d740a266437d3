using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace IntegrationHub.Orchestrations.AzureStorage.Rows;

/// <summary>
/// Stores a named value in a row, in pieces. The table service allows 64 KiB in one property, which is 32,768 characters of text in UTF-16.
/// People sometimes write texts that are longer than this, so a text is stored in pieces if the hub does not limit its length.
/// </summary>
public static class SplitValue
{
    /// <summary>Size of one piece in bytes.</summary>
    public const int Size = 60 * 1024;

    /// <summary>The largest number of pieces for one value, so that a row stays under the limit of 1 MiB for an entity.</summary>
    public const int Max = 15;

    /// <summary>The largest size of a value in bytes.</summary>
    public const int MaxBytes = Size * Max;

    /// <summary>Puts a value into a row that replaces the stored row completely and is not merged with it.</summary>
    /// <exception cref="ArgumentException">The value is larger than <see cref="MaxBytes"/>.</exception>
    public static void Put(TableEntity row, string name, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (value.Length > MaxBytes)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} has {value.Length} bytes, but a row can contain at most {MaxBytes}."), nameof(value));
        }

        // Even an empty value has one piece, so that it differs from a missing value.
        var piece = 0;
        do
        {
            var rest = value[(piece * Size)..];
            row[Column(name, piece)] = rest[..Math.Min(Size, rest.Length)].ToArray();
        }
        while (++piece * Size < value.Length);
    }

    /// <summary>Puts a text into a row, as UTF-8.</summary>
    public static void Put(TableEntity row, string name, string value) => Put(row, name, Encoding.UTF8.GetBytes(value));

    /// <summary>The value with this name, or null if there is none.</summary>
    public static byte[]? Get(TableEntity row, string name)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.GetBinary(Column(name, 0)) is not { } first || !row.ContainsKey(Column(name, 1)))
        {
            return row.GetBinary(Column(name, 0));
        }

        var whole = new MemoryStream();
        whole.Write(first);
        for (var piece = 1; row.GetBinary(Column(name, piece)) is { } next; piece++)
        {
            whole.Write(next);
        }

        return whole.ToArray();
    }

    /// <summary>The text with this name, or null if there is none. In a row from an earlier version of the hub, the text is in one
    /// property.</summary>
    public static string? GetText(TableEntity row, string name) =>
        Get(row, name) is { } bytes ? Encoding.UTF8.GetString(bytes) : row.TryGetValue(name, out var old) ? old as string : null;

    /// <summary>The properties that can contain a value, for a query that lists the properties to read.</summary>
    public static IEnumerable<string> Columns(string name) => [name, .. Enumerable.Range(0, Max).Select(piece => Column(name, piece))];

    private static string Column(string name, int piece) => name + piece.ToString(CultureInfo.InvariantCulture);
}
