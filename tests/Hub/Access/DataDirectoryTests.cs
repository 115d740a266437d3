using System.Runtime.Versioning;
using IntegrationHub.Functions.Access;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>Whatever lies in a hub's folder, at any depth, is for its owner alone once a hub was started on it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string place = Directory.CreateTempSubdirectory("data-directory-").FullName;

    [Theory]
    [InlineData("assessments.db")]
    [InlineData("documents/a.json")]
    [InlineData("documents/330/case/1/plan.html")]
    [InlineData("bus/bus.db")]
    [InlineData("notices/2026/11/notices.jsonl")]
    [InlineData("cookie-keys/key.xml")]
    public void A_file_that_others_could_read_is_closed_with_every_folder_above_it(string name)
    {
        var data = Path.Combine(place, "data");
        var file = Path.Combine(data, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
        var all = Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).Append(data).ToList();
        all.ForEach(entry => File.SetUnixFileMode(entry, Everybody));

        DataDirectory.Open(data);

        Assert.All(all, entry => Assert.Equal(default, File.GetUnixFileMode(entry) & Others));
    }

    [Fact]
    public void What_is_read_only_stays_so_and_what_a_link_leads_to_is_left_alone()
    {
        var (data, elsewhere) = (Path.Combine(place, "data"), Path.Combine(place, "elsewhere"));
        Directory.CreateDirectory(Path.Combine(data, "documents"));
        var kept = Path.Combine(data, "documents", "kept.json");
        File.WriteAllText(kept, "x");
        File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        File.WriteAllText(elsewhere, "x");
        File.SetUnixFileMode(elsewhere, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(Path.Combine(data, "documents", "link"), elsewhere);

        DataDirectory.Open(data);

        Assert.Equal((UnixFileMode.UserRead, UnixFileMode.UserRead | UnixFileMode.OtherRead), (File.GetUnixFileMode(kept), File.GetUnixFileMode(elsewhere)));
    }

    public void Dispose() => Directory.Delete(place, recursive: true);
}
