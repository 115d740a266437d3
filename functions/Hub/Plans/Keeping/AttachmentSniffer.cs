using System.IO.Compression;
using System.Text.Unicode;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Tells what a document is from its bytes. The declared type and the name of a file are only what its sender says.</summary>
public static class AttachmentSniffer
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly (byte[] Start, string Type)[] Starts =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        (@"{\rtf"u8.ToArray(), "application/rtf"),
        // The compound file of Word 97 to 2003; Excel and Outlook use the same, so this is all that the bytes say.
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/msword"),
    ];

    /// <summary>The media type that the bytes show, one of those that the hub takes; null for anything else, macros and web pages included.</summary>
    public static string? TypeOf(byte[] bytes)
    {
        foreach (var (start, type) in Starts)
        {
            if (bytes.AsSpan().StartsWith(start))
            {
                return type;
            }
        }

        return bytes.AsSpan().StartsWith("PK\x03\x04"u8) ? OpenXml(bytes) : IsPlainText(bytes) ? "text/plain" : null;
    }

    /// <summary>Whether the declared type is that of the bytes. Parameters (charset) and case do not count.</summary>
    public static bool Agrees(string declared, string found) =>
        string.Equals(declared.Split(';')[0].Trim(), found, StringComparison.OrdinalIgnoreCase)
        || (found == "application/rtf" && string.Equals(declared.Split(';')[0].Trim(), "text/rtf", StringComparison.OrdinalIgnoreCase));

    private static string? OpenXml(byte[] bytes)
    {
        // Looked at before the library takes an object for every entry that the archive says it has.
        if (!ZipShape.IsModest(bytes))
        {
            return null;
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false));
            var names = zip.Entries.Select(e => e.FullName).ToList();
            // A macro runs on the reader's machine with the reader's rights.
            return names.Exists(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) || !names.Contains("[Content_Types].xml") ? null
                : names.Contains("word/document.xml") ? Word
                : names.Contains("xl/workbook.xml") ? Excel
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Looked at as bytes: as a string a document of 25 MB takes 50 more.
    private static bool IsPlainText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || !Utf8.IsValid(bytes))
        {
            return false;
        }

        // A browser takes text that begins like markup for a page.
        var begins = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return !begins.TrimStart(" \t\r\n\f"u8).StartsWith("<"u8) && !HasControls(bytes);
    }

    // The control characters of Unicode: 00 to 1F and 7F are one byte, 80 to 9F are C2 and that byte.
    private static bool HasControls(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var control = bytes[i] switch
            {
                (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f' => false,
                < 0x20 or 0x7F => true,
                0xC2 => bytes[i + 1] <= 0x9F,
                _ => false,
            };
            if (control)
            {
                return true;
            }
        }

        return false;
    }
}
