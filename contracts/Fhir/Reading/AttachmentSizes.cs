using System.Globalization;
using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>Reads the size that an attachment states.</summary>
public static class AttachmentSizes
{
    /// <summary>
    /// The size in bytes, or null if the attachment does not state it. <see cref="Attachment.Size"/> must not be used, because it has the
    /// type that R5 gives it (integer64) and throws for an attachment that was read as R4 (unsignedInt).
    /// </summary>
    public static long? Of(Attachment attachment) =>
        attachment.TryGetValue("size", out var size) && size is PrimitiveType { JsonValue: { } value } ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
}
