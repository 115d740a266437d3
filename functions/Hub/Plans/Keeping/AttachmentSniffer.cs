using System.IO.Compression;
using System.Text.Unicode;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Finds the type of a document from its bytes. The declared type and the file name come from the sender, so they are not proof of
/// the type.</summary>
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
        // The compound file of Word 97 to 2003. Excel and Outlook use the same format, so the bytes do not show which program wrote the
        // file.
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/msword"),
    ];

    /// <summary>
    /// The media type that the bytes show, if it is accepted; null for anything else, including web pages and files with macros.
    /// </summary>
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

    /// <summary>Whether the declared type matches the type found from the bytes. The comparison ignores parameters (such as charset) and
    /// case.</summary>
    public static bool Agrees(string declared, string found) =>
        string.Equals(declared.Split(';')[0].Trim(), found, StringComparison.OrdinalIgnoreCase)
        || (found == "application/rtf" && string.Equals(declared.Split(';')[0].Trim(), "text/rtf", StringComparison.OrdinalIgnoreCase));

    private static string? OpenXml(byte[] bytes)
    {
        // The size is checked before the library allocates an object for every entry that the archive claims to have.
        if (!ZipShape.IsModest(bytes))
        {
            return null;
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false));
            var names = zip.Entries.Select(e => e.FullName).ToList();
            // A macro would run on the reader's machine with the reader's permissions.
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

    // The text is checked as bytes, because a document of 25 MB would take another 50 MB as a string.
    private static bool IsPlainText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || !Utf8.IsValid(bytes))
        {
            return false;
        }

        // A browser would show text that begins like HTML as a web page.
        var begins = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return !begins.TrimStart(" \t\r\n\f"u8).StartsWith("<"u8) && !HasControls(bytes);
    }

    // In UTF-8, the control characters 00 to 1F and 7F are one byte, and 80 to 9F are two bytes: C2 and then the character's own number.
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
