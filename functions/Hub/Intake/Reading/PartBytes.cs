using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Decodes a part of a message.</summary>
internal static class PartBytes
{
    private const int Piece = 64 * 1024;

    /// <summary>The bytes of a part, or the reason why it has no bytes to store.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "As in MailReading: even if a damaged part causes an unexpected exception, the message is stored and an officer checks it.")]
    internal static (byte[]? Bytes, string? Reason) Of(MailPart part, long limit)
    {
        if (part.Content is not { } open)
        {
            return (null, part.Kind == MailPartKind.Sealed ? "The file is sealed (S/MIME or OpenPGP), and the hub cannot read it." : "The file was not opened.");
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
                    return (null, string.Create(CultureInfo.InvariantCulture, $"The file is larger than {limit / (1024 * 1024)} MB."));
                }
            }

            return bytes.Length == 0 ? (null, "The file is empty.")
                : KnownMalware.IsIn(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) ? (null, "Malware was found in the file.")
                : (bytes.ToArray(), null);
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            return (null, "The file is damaged and cannot be decoded.");
        }
    }
}
