using System.Globalization;
using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>How many bytes an attachment says it has.</summary>
public static class AttachmentSizes
{
    /// <summary>
    /// The size in bytes; null when the attachment names none. <see cref="Attachment.Size"/> must not be read: it is of the type that R5 has
    /// (integer64), and throws on an attachment that was read as R4 (unsignedInt).
    /// </summary>
    public static long? Of(Attachment attachment) =>
        attachment.TryGetValue("size", out var size) && size is PrimitiveType { JsonValue: { } value } ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
}
