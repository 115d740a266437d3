using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace IntegrationHub.Orchestrations.AzureStorage.Rows;

/// <summary>
/// A value under a name in a row, in pieces. The table service takes 64 KiB in one property: 32 K characters of text, as it counts UTF-16.
/// People sometimes write more, so no text whose length is not fixed by the hub itself goes into a property of its own.
/// </summary>
public static class Pieces
{
    /// <summary>Bytes of one piece.</summary>
    public const int Size = 60 * 1024;

    /// <summary>The most pieces of one value: with them a row stays under the 1 MiB of an entity.</summary>
    public const int Max = 15;

    /// <summary>The most bytes that fit.</summary>
    public const int MaxBytes = Size * Max;

    /// <summary>Puts a value into a row that is written whole, not merged.</summary>
    /// <exception cref="ArgumentException">It is larger than <see cref="MaxBytes"/>.</exception>
    public static void Put(TableEntity row, string name, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (value.Length > MaxBytes)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} has {value.Length} bytes; a row holds at most {MaxBytes}."), nameof(value));
        }

        // At least one piece, so that an empty value differs from none.
        var piece = 0;
        do
        {
            var rest = value[(piece * Size)..];
            row[Column(name, piece)] = rest[..Math.Min(Size, rest.Length)].ToArray();
        }
        while (++piece * Size < value.Length);
    }

    /// <summary>Puts a text, as UTF-8.</summary>
    public static void Put(TableEntity row, string name, string value) => Put(row, name, Encoding.UTF8.GetBytes(value));

    /// <summary>The value under a name; null where there is none.</summary>
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

    /// <summary>The text under a name; null where there is none. A row of an earlier hub has it in one property.</summary>
    public static string? GetText(TableEntity row, string name) =>
        Get(row, name) is { } bytes ? Encoding.UTF8.GetString(bytes) : row.TryGetValue(name, out var old) ? old as string : null;

    /// <summary>The properties that may hold a value, for a query that names what it reads.</summary>
    public static IEnumerable<string> Columns(string name) => [name, .. Enumerable.Range(0, Max).Select(piece => Column(name, piece))];

    private static string Column(string name, int piece) => name + piece.ToString(CultureInfo.InvariantCulture);
}
