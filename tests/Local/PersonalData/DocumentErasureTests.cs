using System.Text;
using IntegrationHub.Local.PersonalData;

namespace IntegrationHub.Local.Tests.PersonalData;

public sealed class DocumentErasureTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("hub-documents-").FullName;

    [Fact]
    public void A_held_message_goes_with_what_lies_beside_it_and_a_file_of_the_same_name_elsewhere_stays()
    {
        Write("held/pushed/k1.json", "about 9990000018");
        Write("held/ended/k1.json", "{}");
        Write("held/candidates/k1/case", "");
        Write("held/pushed/k2.json", "about somebody else");
        Write("330/asked/current.json", "about 9990000018");
        Write("331/asked/current.json", "about somebody else");

        DocumentErasure.Run(root, new HashSet<string>(), bytes => Encoding.UTF8.GetString(bytes).Contains("9990000018", StringComparison.Ordinal));

        Assert.Equal(
            ["331/asked/current.json", "held/pushed/k2.json"],
            Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Write(string name, string text)
    {
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
