using System.Text;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Hub.Tests.SuppliedFiles;

/// <summary>A file in another encoding is refused: read all the same, every é would be lost, in letters and in searches for a person.</summary>
public sealed class SuppliedTextTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("supplied-").FullName;

    public static TheoryData<string> Readable => ["utf-8", "utf-16"];

    [Theory]
    [MemberData(nameof(Readable))]
    public void A_byte_order_mark_names_the_encoding(string encoding)
    {
        var path = Written("Zoë", Encoding.GetEncoding(encoding));

        Assert.Equal("Zoë", SuppliedText.Read(path));
    }

    [Fact]
    public void Another_encoding_is_refused_and_nothing_of_the_text_is_said()
    {
        var refused = Assert.Throws<InvalidDataException>(() => SuppliedText.Read(Written("Zoë", Encoding.Latin1)));

        Assert.Equal("file.json is not encoded in UTF-8.", refused.Message);
    }

    [Fact]
    public void A_councils_letters_and_contacts_are_read_so()
    {
        var letters = Directory.CreateDirectory(Path.Combine(folder, "all", "en")).FullName;
        File.WriteAllText(Path.Combine(letters, "willAssess-family.liquid"), LetterTemplates.OwnSource("willAssess-family") + "\nCafé", Encoding.Latin1);
        Assert.Contains("UTF-8", Assert.Throws<InvalidDataException>(() => LetterTemplates.Read(folder)).Message, StringComparison.Ordinal);

        Assert.Contains("UTF-8", Assert.Throws<InvalidDataException>(() => NoticeDirectory.Read(Written("""[{ "of": "urn:100001", "role": "head", "name": "Zoë" }]""", Encoding.Latin1))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Written(string text, Encoding encoding)
    {
        var path = Path.Combine(folder, "file.json");
        File.WriteAllText(path, text, encoding);
        return path;
    }
}
