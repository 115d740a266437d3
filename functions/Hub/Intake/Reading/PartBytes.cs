using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Decodes a part of a message.</summary>
internal static class PartBytes
{
    private const int Piece = 64 * 1024;

    /// <summary>The bytes of a part; or why it has none to keep.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "As in MailReading: whatever a damaged part makes its decoder throw, the message is kept and a person looks at it.")]
    internal static (byte[]? Bytes, string? Reason) Of(MailPart part, long limit)
    {
        if (part.Content is not { } open)
        {
            return (null, part.Kind == MailPartKind.Sealed ? "It is sealed and cannot be read here." : "It was not read.");
        }

        try
        {
            using var content = open();
            using var bytes = new MemoryStream();
            var piece = new byte[Piece];
            for (int read; (read = content.Read(piece)) > 0;)
            {
                bytes.Write(piece, 0, read);
                if (bytes.Length > limit)
                {
                    return (null, string.Create(CultureInfo.InvariantCulture, $"It is larger than {limit / (1024 * 1024)} MB."));
                }
            }

            return bytes.Length == 0 ? (null, "It is empty.")
                : KnownMalware.IsIn(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) ? (null, "Malware was found in it.")
                : (bytes.ToArray(), null);
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            return (null, "It is damaged and cannot be decoded.");
        }
    }
}
