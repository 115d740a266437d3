using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using IntegrationHub.Azure.Hosting;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Startup;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Azure.Tests;

/// <summary>The keys of links and of cookies come from the vault: what an older version made stays readable, and no key lies open in a container.</summary>
public sealed class VaultKeysTests
{
    private static readonly AssessmentId Case = AssessmentId.TryParse("330-0000000000AA", out var id, out _) ? id : default;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_version_of_each_key_takes_over_and_what_the_older_made_stays_readable_until_it_is_disabled()
    {
        using var vault = new FakeVault();
        var shared = new Container();
        var (links, cookies) = (vault.Add(VaultKeys.Links, Key()), vault.Add(VaultKeys.Cookies, Key()));
        string oldLink, oldCookie;
        await using (var first = await HostAsync(vault, shared))
        {
            oldLink = first.GetRequiredService<FamilyTokens>().Sign(Case, "l1");
            oldCookie = Protector(first).Protect("signed in");
        }

        vault.Add(VaultKeys.Links, Key());
        vault.Add(VaultKeys.Cookies, Key());
        string newLink;
        await using (var second = await HostAsync(vault, shared))
        {
            newLink = second.GetRequiredService<FamilyTokens>().Sign(Case, "l1");
            Assert.NotEqual(oldLink, newLink);
            Assert.All([oldLink, newLink], link => Assert.Equal((Case, "l1"), second.GetRequiredService<FamilyTokens>().Read(link)));
            Assert.Equal("signed in", Protector(second).Unprotect(oldCookie));
        }

        vault.Disable(links);
        vault.Disable(cookies);
        await using var third = await HostAsync(vault, shared);
        Assert.Null(third.GetRequiredService<FamilyTokens>().Read(oldLink));
        Assert.Equal((Case, "l1"), third.GetRequiredService<FamilyTokens>().Read(newLink));
        Assert.Throws<CryptographicException>(() => Protector(third).Unprotect(oldCookie));
        Assert.Equal("again", Protector(third).Unprotect(Protector(third).Protect("again")));
    }

    [Fact]
    public async Task Readers_links_of_an_older_version_open_too()
    {
        using var vault = Full();
        await using var first = await HostAsync(vault, new Container());
        vault.Add(VaultKeys.Links, Key());
        await using var second = await HostAsync(vault, new Container());

        var (old, both) = (first.GetRequiredService<FamilyTokens>().KeysFor("reader-links"), second.GetRequiredService<FamilyTokens>().KeysFor("reader-links"));

        Assert.Equal((1, 2), (old.Count, both.Count));
        Assert.Equal(old[0], both[1]);
        Assert.NotEqual(old[0], second.GetRequiredService<FamilyTokens>().KeysFor("another-use")[1]);
        var request = "r1";
        var sent = new Functions.Links.ReaderLinks(old, "https://hub.example").OfRequest(Case, request, "ods:RX1");
        Assert.True(new Functions.Links.ReaderLinks(both, "https://hub.example").Opens(sent[(sent.LastIndexOf('/') + 1)..], Case, request, "ods:RX1"));
        Assert.False(new Functions.Links.ReaderLinks([both[0]], "https://hub.example").Opens(sent[(sent.LastIndexOf('/') + 1)..], Case, request, "ods:RX1"));
    }

    [Fact]
    public async Task What_is_stored_of_a_cookies_key_is_encrypted_and_cannot_be_changed()
    {
        using var vault = Full();
        var shared = new Container();
        await using (var host = await HostAsync(vault, shared))
        {
            Protector(host).Protect("x");
        }

        var stored = Assert.Single(shared.Elements);
        var text = stored.ToString();
        Assert.Contains("encryptedKey", text, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", text, StringComparison.Ordinal);
        var secret = stored.Descendants("encryptedKey").Single();
        var cipher = new KeyCipher(await new VaultSecrets(vault.Client()).KeysAsync(VaultKeys.Cookies, "is tried", Stop));
        Assert.Contains("masterKey", cipher.Decrypt(secret).ToString(), StringComparison.Ordinal);
        foreach (var change in (Action<XElement>[])
            [
                e => e.Value = Flipped(e.Value), e => e.SetAttributeValue("tag", Flipped(e.Attribute("tag")!.Value)), e => e.SetAttributeValue("nonce", Flipped(e.Attribute("nonce")!.Value)),
                e => e.SetAttributeValue("version", "another"), e => e.SetAttributeValue("tag", null), e => e.SetAttributeValue("nonce", "?"), e => e.Value = "?",
            ])
        {
            var changed = new XElement(secret);
            change(changed);
            Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(changed));
        }
    }

    [Fact]
    public async Task Versions_come_newest_first_over_all_pages_without_those_that_are_disabled()
    {
        using var vault = new FakeVault();
        var versions = Enumerable.Range(0, VaultSecrets.MaxVersions + 5).Select(_ => vault.Add("k", Key())).ToList();
        vault.Disable(versions[^2]);

        var keys = await new VaultSecrets(vault.Client()).KeysAsync("k", "is tried", Stop);

        Assert.Equal(versions.AsEnumerable().Reverse().Where(v => v != versions[^2]).Take(VaultSecrets.MaxVersions), keys.Select(key => key.Version));
    }

    public static TheoryData<string, Action<FakeVaultSet>, string> Refusals => new()
    {
        { "no link key", s => s.Add(VaultKeys.Cookies), "The key vault kv-test.vault.azure.net has no enabled secret family-link-key, which signs the links that are sent to people" },
        { "no cookie key", s => s.Add(VaultKeys.Links), "has no enabled secret cookie-key, which encrypts the cookie keys" },
        { "every version disabled", s => s.Add(VaultKeys.Cookies).Disabled(VaultKeys.Links), "has no enabled secret family-link-key" },
        { "forbidden", s => s.Add(VaultKeys.Links).Add(VaultKeys.Cookies).Refuses(HttpStatusCode.Forbidden), "Give the identity the role Key Vault Secrets User there" },
        { "vault out of order", s => s.Add(VaultKeys.Links).Refuses(HttpStatusCode.ServiceUnavailable), "did not return the secret family-link-key" },
        { "vault gone", s => s.Gone(), "family-link-key, which signs the links" },
        { "no base64", s => s.Add(VaultKeys.Links, "not a key!"), "of the secret family-link-key in the key vault kv-test.vault.azure.net is not a key" },
        { "too short", s => s.Add(VaultKeys.Links, Convert.ToBase64String(new byte[16])), "it must be 32 random bytes or more in base64" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_is_missing_or_forbidden_refuses_the_start_in_one_line_without_the_secret(string what, Action<FakeVaultSet> make, string told)
    {
        using var vault = new FakeVault();
        make(new FakeVaultSet(vault));

        var refused = await Assert.ThrowsAsync<RefusedStartException>(() => HostAsync(vault, new Container()));

        Assert.True(refused.Message.Contains(told, StringComparison.Ordinal), $"{what}: {refused.Message}");
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain("not a key!", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_start_is_one_line_and_an_exit_status_and_keys_lie_in_the_vault_unless_said_otherwise()
    {
        var program = Source.Read("functions", "Azure", "Program.cs");
        Assert.Contains("catch (RefusedStartException refused)", program, StringComparison.Ordinal);
        Assert.Contains("WriteLineAsync(refused.Message)", program, StringComparison.Ordinal);
        Assert.False(new AzureHubOptions().KeysInBlobs);
        Assert.Contains("Hub__KeysInBlobs: 'false'", Source.Read("infra", "modules", "app.bicep"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "family-link-key cookie-key", 0)]
    [InlineData("family-link-key", "cookie-key", 0)]
    [InlineData("family-link-key cookie-key", "", 0)]
    [InlineData("?", "", 3)]
    public async Task The_script_makes_what_is_missing_and_nothing_twice(string there, string made, int exit)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell is needed");
        var (status, calls, values) = await ScriptAsync(there, "kv-test");

        Assert.Equal(exit, status);
        Assert.Equal(made.Split(' ', StringSplitOptions.RemoveEmptyEntries), calls.Where(call => call.Contains("secret set", StringComparison.Ordinal)).Select(call => call.Split("--name ")[1].Split(' ')[0]));
        Assert.All(values, value => Assert.Equal(VaultSecrets.MinKeyBytes, Convert.FromBase64String(value).Length));
        Assert.Equal(values.Count, values.Distinct().Count());
    }

    [Fact]
    public async Task The_script_makes_a_new_version_of_the_hubs_own_keys_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell is needed");

        Assert.Equal((0, 1), await ScriptAsync("family-link-key", "kv-test", VaultKeys.Links) is var (done, _, one) ? (done, one.Count) : default);
        Assert.Equal((0, 1), await ScriptAsync("", "kv-test", VaultKeys.Cookies) is var (made, _, other) ? (made, other.Count) : default);
        Assert.Equal((2, 0), await ScriptAsync("", "kv-test", "rx1-pem") is var (refused, _, none) ? (refused, none.Count) : default);
    }

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(VaultSecrets.MinKeyBytes));

    private static string Flipped(string base64)
    {
        var bytes = Convert.FromBase64String(base64);
        bytes[0] ^= 1;
        return Convert.ToBase64String(bytes);
    }

    private static FakeVault Full()
    {
        var vault = new FakeVault();
        vault.Add(VaultKeys.Links, Key());
        vault.Add(VaultKeys.Cookies, Key());
        return vault;
    }

    private static IDataProtector Protector(IServiceProvider host) => host.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static async Task<ServiceProvider> HostAsync(FakeVault vault, Container shared)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection().SetApplicationName("IntegrationHub");
        services.Configure<KeyManagementOptions>(management => management.XmlRepository = shared);
        await VaultKeys.AddAsync(services, new VaultSecrets(vault.Client()), Stop);
        return services.BuildServiceProvider();
    }

    // The command line of Azure is a fake that writes down what it was asked and what it was given.
    private static async Task<(int Status, List<string> Calls, List<string> Values)> ScriptAsync(string there, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("az-");
        try
        {
            var az = Path.Combine(folder.FullName, "az");
            await File.WriteAllTextAsync(az, $$"""
                #!/bin/sh
                echo "$*" >> "{{folder.FullName}}/calls"
                case "$*" in
                  *"secret list"*) test "$THERE" = '?' && exit 3; for n in $THERE; do case "$*" in *"'$n'"*) echo 1; exit 0 ;; esac; done; echo 0 ;;
                  *"secret set"*) while test $# -gt 0; do if test "$1" = --file; then cat "$2" >> "{{folder.FullName}}/values"; fi; shift; done ;;
                esac
                """, Stop);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var start = new ProcessStartInfo("sh", [Path.Combine(Source.Root, "infra", "make-keys.sh"), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
            start.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
            start.Environment["THERE"] = there;
            using var process = Process.Start(start)!;
            await Task.WhenAll(process.StandardError.ReadToEndAsync(Stop), process.StandardOutput.ReadToEndAsync(Stop));
            await process.WaitForExitAsync(Stop);
            return (process.ExitCode, Lines("calls"), Lines("values"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        List<string> Lines(string name) => File.Exists(Path.Combine(folder.FullName, name)) ? [.. File.ReadAllLines(Path.Combine(folder.FullName, name))] : [];
    }

    /// <summary>What a row of refusals sets up.</summary>
    public sealed class FakeVaultSet
    {
        private readonly FakeVault vault;

        internal FakeVaultSet(FakeVault vault) => this.vault = vault;

        internal FakeVaultSet Add(string name, string? value = null)
        {
            vault.Add(name, value ?? Key());
            return this;
        }

        internal FakeVaultSet Disabled(string name)
        {
            vault.Add(name, Key(), enabled: false);
            return this;
        }

        internal FakeVaultSet Refuses(HttpStatusCode status)
        {
            vault.Refuses = status;
            return this;
        }

        internal FakeVaultSet Gone()
        {
            vault.IsGone = true;
            return this;
        }
    }

    /// <summary>The container that the hosts share.</summary>
    private sealed class Container : IXmlRepository
    {
        internal List<XElement> Elements { get; } = [];

        public IReadOnlyCollection<XElement> GetAllElements() => [.. Elements.Select(element => new XElement(element))];

        public void StoreElement(XElement element, string friendlyName) => Elements.Add(new XElement(element));
    }
}
