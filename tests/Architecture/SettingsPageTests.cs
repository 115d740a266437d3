using System.Reflection;
using IntegrationHub.Azure.Hosting;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Architecture.Tests;

/// <summary>docs/settings.md says what can be set, and everything that can be set is read.</summary>
public class SettingsPageTests
{
    private static readonly Assembly[] Shipped =
    [
        DependencyTests.Core, DependencyTests.Embedded, DependencyTests.AzureStorage, DependencyTests.Hub, DependencyTests.Bus, DependencyTests.Local,
        typeof(AzureHubOptions).Assembly,
    ];

    private static readonly string Page = Path.Combine(PaperTests.Root, "docs", "settings.md");

    public static TheoryData<string> Sections => [.. SettingsPage.Options(Shipped).Select(options => SettingsReader.SectionOf(options))];

    [Fact]
    public void The_page_is_made_from_the_code()
    {
        var made = SettingsPage.Write(Shipped);
        if (Environment.GetEnvironmentVariable("REGENERATE_DOCS") == "1")
        {
            File.WriteAllText(Page, made);
        }

        Assert.Equal(made, File.ReadAllText(Page), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_section_is_read_at_the_start(string section)
    {
        var options = SettingsPage.Options(Shipped).Single(type => SettingsReader.SectionOf(type) == section).Name;

        Assert.Contains(
            Directory.EnumerateFiles(Path.Combine(PaperTests.Root, "functions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText),
            source => source.Contains($"SettingsReader.Read<{options}>(", StringComparison.Ordinal) || source.Contains($"SettingsReader.ReadEach<{options}>(", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_read_past_the_reader()
    {
        var past = Directory.EnumerateFiles(Path.Combine(PaperTests.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "SettingsReader.cs" && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Where(file => File.ReadAllText(file) is var source && (source.Contains(".GetSection(", StringComparison.Ordinal) || source.Contains("onfiguration[\"", StringComparison.Ordinal)));

        Assert.Empty(past);
    }
}
