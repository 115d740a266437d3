using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Hub.Tests.Plans.Reading;

/// <summary>Documents named differently from what their upload answered: one table for every endpoint that takes the name of a document.</summary>
internal static class WrongDocuments
{
    /// <summary>What is wrong, the document as it is named, and the code of the refusal.</summary>
    /// <param name="own">What the sender's upload to this case answered.</param>
    /// <param name="elsewhere">What the sender's upload to another case answered.</param>
    internal static IReadOnlyList<(string What, AttachmentRef Named, string Code)> Of(AttachmentRef own, AttachmentRef elsewhere) =>
    [
        ("path", own with { Token = "../../etc/passwd" }, "document-mismatch"),
        ("path in hash", own with { Token = "../../etc/passwd", Sha256 = "../../etc/passwd" }, "document-missing"),
        ("no token", own with { Token = "" }, "document-mismatch"),
        ("negative size", own with { Size = -5 }, "document-mismatch"),
        ("no size", own with { Size = 0 }, "document-mismatch"),
        ("one byte more", own with { Size = own.Size + 1 }, "document-mismatch"),
        ("hash in capitals", own with { Sha256 = own.Sha256.ToUpperInvariant() }, "document-missing"),
        ("another hash", own with { Sha256 = new string('0', 64) }, "document-missing"),
        ("another case", elsewhere, "document-missing"),
        ("another case's token", own with { Token = elsewhere.Token }, "document-mismatch"),
        ("another type", own with { ContentType = "text/html" }, "document-mismatch"),
        ("file name that leads elsewhere", own with { FileName = "../../x.pdf" }, "document-mismatch"),
        ("file name of two lines", own with { FileName = "a\nb.pdf" }, "document-mismatch"),
    ];
}
