using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace IntegrationHub.Local.PersonalData;

/// <summary>
/// Searches bytes for words in every form in which the hub stores text: in UTF-8 and UTF-16, as escaped in JSON and XML, in Base64, in ZIP
/// and gzip, and in files packed inside these. The search ignores case.
/// </summary>
internal sealed class ByteSearch
{
    private const int Deepest = 4;
    private const int ShortestBase64 = 24;
    private readonly byte[][] forms;

    internal ByteSearch(IEnumerable<string> words)
    {
        forms =
        [
            .. words.SelectMany(word => new[] { word, JsonSerializer.Serialize(word)[1..^1], System.Security.SecurityElement.Escape(word)!, System.Net.WebUtility.HtmlEncode(word) })
                .Select(Lower).Distinct(StringComparer.Ordinal).SelectMany(word => new[] { Encoding.UTF8.GetBytes(word), Encoding.Unicode.GetBytes(word) }),
        ];
    }

    /// <summary>Whether the bytes contain one of the words.</summary>
    internal bool IsIn(ReadOnlySpan<byte> bytes) => IsIn(bytes, 0);

    /// <summary>Lists the files under a folder that contain one of the words.</summary>
    internal IReadOnlyList<string> FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(file => IsIn(ReadShared(file))).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private bool IsIn(ReadOnlySpan<byte> bytes, int depth)
    {
        if (forms.Length == 0 || bytes.IsEmpty)
        {
            return false;
        }

        var lower = bytes.ToArray();
        for (var n = 0; n < lower.Length; n++)
        {
            lower[n] = lower[n] is >= (byte)'A' and <= (byte)'Z' ? (byte)(lower[n] | 0x20) : lower[n];
        }

        foreach (var form in forms)
        {
            if (lower.AsSpan().IndexOf(form) >= 0)
            {
                return true;
            }
        }

        return depth < Deepest && (IsPacked(bytes, depth) || IsInBase64(bytes, depth));
    }

    private bool IsPacked(ReadOnlySpan<byte> bytes, int depth)
    {
        try
        {
            if (bytes.StartsWith("PK\u0003\u0004"u8))
            {
                using var zip = new ZipArchive(new MemoryStream(bytes.ToArray()));
                return zip.Entries.Any(entry => IsIn(Encoding.UTF8.GetBytes(entry.FullName), Deepest) || IsIn(Unpacked(entry.Open()), depth + 1));
            }

            return bytes is [0x1f, 0x8b, ..] && IsIn(Unpacked(new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress)), depth + 1);
        }
        catch (InvalidDataException)
        {
            // The file only begins like a ZIP or gzip file; the raw bytes were already searched.
            return false;
        }
    }

    /// <summary>Decodes each run of Base64 that is long enough to hold a word. The encoded text can begin anywhere in the run, so decoding
    /// is tried from four starting points.</summary>
    private bool IsInBase64(ReadOnlySpan<byte> bytes, int depth)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var end = at;
            while (end < bytes.Length && IsBase64(bytes[end]))
            {
                end++;
            }

            for (var shift = 0; end - at >= ShortestBase64 && shift < 4; shift++)
            {
                var run = bytes[(at + shift)..end];
                var text = Encoding.ASCII.GetString(run[..(run.Length / 4 * 4)]).Replace('-', '+').Replace('_', '/');
                if (IsIn(Convert.FromBase64String(text), depth + 1))
                {
                    return true;
                }
            }

            at = end + 1;
        }

        return false;
    }

    private static byte[] Unpacked(Stream stream)
    {
        using var packed = stream;
        using var whole = new MemoryStream();
        packed.CopyTo(whole);
        return whole.ToArray();
    }

    private static bool IsBase64(byte one) => one is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'/' or (byte)'-' or (byte)'_';

    private static string Lower(string word) => string.Concat(word.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));
}
