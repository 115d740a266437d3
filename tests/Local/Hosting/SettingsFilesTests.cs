using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Local.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>A slip with a file or an address does not start a hub that serves somebody else's councils, or none.</summary>
public sealed class SettingsFilesTests : IDisposable
{
    private readonly string place = Directory.CreateTempSubdirectory("settings-").FullName;

    private string Data => Path.Combine(place, "data");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_hub_for_real_cases_needs_its_councils_and_creates_nothing_without_them()
    {
        var options = Options() with { Development = null, Settings = new Dictionary<string, string?> { ["Access:Authority"] = "https://login.example.org" } };

        var refused = Assert.Throws<RefusedStartException>(() => LocalHub.Build(options));

        Assert.Contains("councils.json", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData("councils.json")]
    [InlineData("agencies.json")]
    [InlineData("notice-directory.json")]
    [InlineData("retention.json")]
    public void A_folder_in_place_of_a_file_is_not_taken_for_a_missing_file(string name)
    {
        Directory.CreateDirectory(Path.Combine(Data, name));

        Assert.StartsWith($"{name} in {Data} is a folder", Assert.Throws<RefusedStartException>(() => LocalHub.Build(Options())).Message, StringComparison.Ordinal);
    }

    /// <summary>Kestrel would use this address in place of the one that was given with --url and checked.</summary>
    [Fact]
    public void An_address_that_nobody_checked_is_refused()
    {
        var options = Options() with { Settings = new Dictionary<string, string?> { ["Kestrel:Endpoints:Other:Url"] = "http://0.0.0.0:0" } };

        Assert.Contains("--url", Assert.Throws<RefusedStartException>(() => LocalHub.Build(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EventsFeed:Councils", "330 303")]
    [InlineData("Figures:Public", "303")]
    [InlineData("Access:Bindings:app-1:Council", "303")]
    public void A_setting_for_a_council_that_the_hub_does_not_serve_is_refused(string name, string value)
    {
        var options = Options() with { Settings = new Dictionary<string, string?> { [name] = value } };

        Assert.Contains("names 303, but councils.json lists only 330, 331", Assert.Throws<RefusedStartException>(() => LocalHub.Build(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_group_in_a_file_of_settings_is_refused_and_every_group_is_known()
    {
        var (file, page) = (Path.Combine(place, "appsettings.json"), Path.Combine(AppContext.BaseDirectory, "../../../../../docs/settings.md"));
        File.WriteAllText(file, """{ "Acces": { "RequestsPerMinute": 600 } }""");

        var refused = Assert.Throws<RefusedStartException>(() => StartOptions.Read(new ConfigurationBuilder().AddJsonFile(file).Build(), Options()));

        Assert.StartsWith("appsettings.json: there is no group of settings Acces.", refused.Message, StringComparison.Ordinal);
        Assert.All(
            File.ReadLines(page).Where(line => line.StartsWith("## ", StringComparison.Ordinal)),
            heading => Assert.Contains(heading[3..].Split(':')[0], StartOptions.Groups));
    }

    [Fact]
    public async Task An_https_address_is_served_with_the_certificate_that_is_set()
    {
        var file = Path.Combine(place, "hub.pfx");
        using (var key = RSA.Create(2048))
        using (var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)))
        {
            await File.WriteAllBytesAsync(file, made.Export(X509ContentType.Pfx), Stop);
        }

        await using var hub = LocalHub.Build(Options() with { Url = "https://127.0.0.1:0", Settings = new Dictionary<string, string?> { ["Kestrel:Certificates:Default:Path"] = file } });
        await hub.StartAsync(Stop);

        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, given, _, _) => given!.Subject == "CN=localhost" };
        using var http = new HttpClient(handler) { BaseAddress = LocalHub.AddressOf(hub) };
        using var answer = await http.GetAsync("/health/live", Stop);
        Assert.Equal(("https", HttpStatusCode.OK), (http.BaseAddress!.Scheme, answer.StatusCode));
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    private LocalHubOptions Options() => new()
    {
        Development = true,
        DataDirectory = Data,
        Url = "http://127.0.0.1:0",
        StartEngine = false,
        Add = builder => builder.Logging.ClearProviders(),
    };
}
