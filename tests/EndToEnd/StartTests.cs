using System.Net;
using System.Net.Sockets;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>What keeps the program from starting: one line that helps, exit status 2, and every file as it was.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("hub-start-").FullName;

    public static TheoryData<string, string, string, string> Wrong => new()
    {
        // What is wrong, the file that is put there, what it holds, and what the line names.
        { "no issuer", "", "", "--development" },
        { "url", "", "", "--url" },
        { "setting", "", "", "Access:RequestsPerMinute" },
        { "port", "", "", "--url" },
        { "folder", "", "", "data directory" },
        { "file", "councils.json", "[ { \"code\": ", "councils.json" },
        { "file", "councils.json", "[]", "councils.json" },
        { "file", "councils.json", "[null]", "councils.json" },
        { "file", "councils.json", "[ { \"code\": \"330\" } ]", "councils.json" },
        { "file", "agencies.json", "rubbish", "agencies.json" },
        { "file", "agencies.json", "[ { \"id\": \"nobody\", \"reach\": \"bus\" } ]", "agencies.json" },
        { "file", "agencies.json", "[ { \"id\": \"la:330/social-care\", \"reach\": \"pigeon\" } ]", "agencies.json" },
        { "file", "notice-directory.json", "rubbish", "notice-directory.json" },
        { "file", "assessments.db", "rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish", "assessments.db" },
        { "file", "fhir.db", "rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish rubbish", "fhir.db" },
        { "file", "stores.json", "rubbish", "stores.json" },
        { "file", "token-key.pem", "rubbish", "token-key.pem" },
        { "file", "family-link-key", "rubbish", "family-link-key" },
        { "file", "bus-keys.json", "rubbish", "bus-keys.json" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_start_that_cannot_be_ends_with_2_and_one_line_that_names_the_cause(string what, string file, string holds, string named)
    {
        var path = Path.Combine(data, file);
        if (file.Length > 0)
        {
            await File.WriteAllTextAsync(path, holds, TestContext.Current.CancellationToken);
        }

        if (file is "bus-keys.json")
        {
            await File.WriteAllTextAsync(Path.Combine(data, "agencies.json"), """[ { "id": "la:330/social-care", "reach": "bus" } ]""", TestContext.Current.CancellationToken);
        }

        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (words, setting) = what switch
        {
            "no issuer" => ($"serve --url http://127.0.0.1:0 --data {data}", default((string, string)?)),
            "url" => ($"serve --development --url localhost --data {data}", null),
            "setting" => ($"serve --development --url http://127.0.0.1:0 --data {data}", ("Access__RequestsPerMinute", "many")),
            "port" => ($"serve --development --url http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port} --data {data}", null),
            "folder" => ("serve --development --url http://127.0.0.1:0 --data /proc/nowhere", null),
            _ => ($"serve --development --url http://127.0.0.1:0 --data {data}", null),
        };
        var (exit, output, error) = await HubProcess.RunAsync(words, setting: setting, recorded: false);

        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        if (file.Length > 0)
        {
            Assert.Equal(holds, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_folder_of_other_things_that_others_can_read_is_neither_used_nor_changed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(data, "letter.txt"), "mine", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        var (exit, _, error) = await HubProcess.RunAsync($"serve --development --url http://127.0.0.1:0 --data {data}");

        Assert.Equal(2, exit);
        Assert.Contains("other users can read", error, StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(data));
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(data).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);
}
