using System.Security.Cryptography;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.SignIn;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Functions.Workspace;
using IntegrationHub.Functions.Workspace.Routes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Startup;

/// <summary>A sign-in that is half set, or set insecurely, ends the start with a line that names the setting; at every use alike.</summary>
public sealed class SignInSettingsTests
{
    private const string Issuer = "https://login.example";

    /// <summary>What is set, and what the line that ends the start says; empty where the hub starts.</summary>
    public static TheoryData<string, string> Settings => new()
    {
        { "", "" },
        { $"Authority={Issuer} ClientId=app", "" },
        { $"Authority={Issuer} ClientId=app ClientSecret=s3cret", "" },
        { $"Authority={Issuer} ClientId=app SubjectClaim=oid", "" },
        { "Authority=http://localhost:5005 ClientId=app", "" },
        { "Authority=http://127.0.0.1:5005 ClientId=app", "" },
        { $"Authority={Issuer} ClientId=app ClientKey=RSA2048", "" },
        { $"Authority={Issuer} ClientId=app ClientKey=EC", "" },
        { $"Authority={Issuer}", "ClientId" },
        { $"Authority={Issuer} ClientId=", "ClientId" },
        { "ClientId=app", "Authority" },
        { "ClientSecret=s3cret", "Authority" },
        { "ClientKey=x", "Authority" },
        { "Authority=http://login.example ClientId=app", "https" },
        { "Authority=login.example ClientId=app", "https" },
        { "Authority=ftp://login.example ClientId=app", "https" },
        { "Authority=https://me:secret@login.example ClientId=app", "https" },
        { "Authority= ClientId=app", "https" },
        { $"Authority={Issuer} ClientId=app ClientSecret=", "ClientSecret" },
        { $"Authority={Issuer} ClientId=app ClientSecret=s ClientKey=RSA2048", "ClientSecret" },
        { $"Authority={Issuer} ClientId=app ClientKey=rubbish", "ClientKey" },
        { $"Authority={Issuer} ClientId=app ClientKey=RSA1024", "ClientKey" },
        { $"Authority={Issuer} ClientId=app ClientKey=PUBLIC", "ClientKey" },
        { $"Authority={Issuer} ClientId=app SubjectClaim=", "SubjectClaim" },
        { $"Authority={Issuer} ClientId=app CouncilClaim=", "CouncilClaim" },
        { $"Authority={Issuer} ClientId=app RoleClaim=", "RoleClaim" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_sign_in_that_is_half_set_or_insecure_ends_the_start(string set, string problem)
    {
        Check(MonitorOptions.Section, set, problem, SettingsReader.Read<MonitorOptions>);
        Check(WorkspaceOptions.Section, set, problem, SettingsReader.Read<WorkspaceOptions>);
    }

    [Fact]
    public void A_role_that_does_not_exist_is_refused_by_the_name_under_which_it_was_given()
    {
        var options = new WorkspaceOptions { Authority = Issuer, ClientId = "app", Roles = { ["EHC.Officer"] = "case-officer", ["EHC.Manager"] = "manager" } };

        var refused = Assert.Throws<RefusedStartException>(() => new ServiceCollection().AddWorkspace(options));

        Assert.Contains("Roles:EHC.Manager", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_and_the_development_sign_in_exclude_each_other()
    {
        foreach (var options in new SignInOptions[] { new MonitorOptions { Authority = Issuer }, new WorkspaceOptions { Authority = Issuer } })
        {
            Assert.Throws<InvalidOperationException>(options.AllowDevelopmentSignIn);
            Assert.False(options.DevelopmentSignIn);
        }
    }

    private static void Check<T>(string section, string set, string problem, Func<IConfiguration, T> read)
        where T : SignInOptions
    {
        // Keys are made here: a test's name must not hold one.
        var settings = set.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2)).ToDictionary(
            one => $"{section}:{one[0]}", one => (string?)(one[1] switch { "RSA2048" => Rsa(2048), "RSA1024" => Rsa(1024), "EC" => Ec(), "PUBLIC" => PublicKey(), var value => value }));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        if (problem.Length == 0)
        {
            Assert.Equal(set.Length > 0, read(configuration).IsOn);
            return;
        }

        var refused = Assert.Throws<RefusedStartException>(() => read(configuration));
        Assert.StartsWith($"{section}: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }

    private static string Rsa(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static string Ec()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ec.ExportPkcs8PrivateKeyPem();
    }

    private static string PublicKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }
}
