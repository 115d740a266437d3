using System.Collections.Frozen;
using System.Text;
using MimeKit;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>
/// Decodes the text of a part. Many mail programs name a character set in which the text is not written: text in Windows-1252 is called
/// iso-8859-1, us-ascii or utf-8, or no character set is named. Decoded as named, such a text loses its dashes, quotation marks, accents and
/// currency signs, so that "4–6 weeks" becomes "46 weeks". Bytes that do not fit are therefore read as Windows-1252.
/// </summary>
internal static class MailCharset
{
    private const int Windows1252 = 1252;
    private const char Escape = '\u001B';

    // Names that do not say in which character set a text is written, because text in ASCII, UTF-8 and Windows-1252 is sent under each.
    private static readonly FrozenSet<string> Unnamed = FrozenSet.ToFrozenSet(["", "us-ascii", "ascii", "ansi", "unknown", "unknown-8bit", "x-unknown", "utf-8", "utf8"], StringComparer.OrdinalIgnoreCase);

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // The characters of Windows-1252 for the bytes 0x80 to 0x9F, which are control characters in iso-8859-1 and in Unicode.
    private static readonly string Upper = InWindows1252([.. Enumerable.Range(0x80, 0x20).Select(one => (byte)one)]);

    private static readonly Encoding Utf8OrWindows = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new WindowsFallback());

    /// <summary>The text of a part, and whether the part does not say correctly in which character set it is written.</summary>
    internal static (string Words, bool Guessed) Of(TextPart part)
    {
        var named = part.ContentType.Charset?.Trim() ?? "";
        if (!Unnamed.Contains(named) && IsKnown(named))
        {
            var words = Mend(part.Text ?? "");
            return (words, words.Contains('\uFFFD', StringComparison.Ordinal) || words.Contains(Escape, StringComparison.Ordinal));
        }

        var bytes = BytesOf(part);
        if (IsUtf8(bytes))
        {
            var words = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');

            // A web page can name its character set itself, and an encoding of seven bits is also valid UTF-8.
            return words.Contains(Escape, StringComparison.Ordinal) && named.Length == 0 ? (part.Text ?? "", false) : (words, !Unnamed.Contains(named));
        }

        return bytes is [0xFF, 0xFE, ..] ? (Encoding.Unicode.GetString(bytes.AsSpan(2)), false)
            : bytes is [0xFE, 0xFF, ..] ? (Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)), false)
            : named.Length == 0 ? (Mend(part.Text ?? ""), false)
            : (Utf8OrWindows.GetString(bytes), true);
    }

    /// <summary>Replaces the control characters that stand for characters of Windows-1252.</summary>
    internal static string Mend(string text) => text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') < 0 ? text
        : string.Create(text.Length, text, static (mended, from) =>
        {
            for (var n = 0; n < mended.Length; n++)
            {
                mended[n] = from[n] is >= '\u0080' and <= '\u009F' and var control ? Upper[control - 0x80] : from[n];
            }
        });

    /// <summary>The bytes of a part, decoded from the form in which they were sent.</summary>
    internal static byte[] BytesOf(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        return bytes.ToArray();
    }

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            _ = StrictUtf8.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsKnown(string named)
    {
        try
        {
            return Encoding.GetEncoding(named) is not null;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string InWindows1252(byte[] bytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(Windows1252).GetString(bytes);
    }

    /// <summary>Decodes each byte that is not valid UTF-8 as Windows-1252.</summary>
    private sealed class WindowsFallback : DecoderFallback
    {
        public override int MaxCharCount => sizeof(int);

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Decoded();

        private sealed class Decoded : DecoderFallbackBuffer
        {
            private string words = "";
            private int at;

            public override int Remaining => words.Length - at;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (words, at) = (Mend(Encoding.Latin1.GetString(bytesUnknown)), 0);
                return words.Length > 0;
            }

            public override char GetNextChar() => at < words.Length ? words[at++] : '\0';

            public override bool MovePrevious()
            {
                at -= at > 0 ? 1 : 0;
                return at > 0;
            }

            public override void Reset() => (words, at) = ("", 0);
        }
    }
}
