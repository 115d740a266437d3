using System.Security.Cryptography;
using IntegrationHub.Functions.Contributing.SigningIn;
using IntegrationHub.Functions.Families.SigningIn;
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

    private static readonly Lazy<string> Rsa = new(() => Made(2048));
    private static readonly Lazy<string> ShortRsa = new(() => Made(1024));

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

    /// <summary>What is set of an issuer by which contributors sign in, and what the line that ends the start says; empty where the hub starts.</summary>
    public static TheoryData<string, string> Contributors => new()
    {
        { $"Authority={Issuer} ClientId=app ClientSecret=s3cret Title=DfE Organisation=DfeSignIn ApiSecret=word Roles=SENCO", "" },
        { $"Authority={Issuer} ClientId=app ClientKey=RSA2048 Title=CIS2 Organisation=Cis2 Roles=R8001", "" },
        { $"Authority={Issuer} ClientId=app Title=Partner OrganisationClaim=tid Organisations:t=la:330/social-care Roles=Adviser", "" },
        { "Title=DfE Roles=SENCO Organisation=DfeSignIn ApiSecret=word", "Authority" },
        { $"Authority={Issuer} Title=DfE Roles=SENCO", "ClientId" },
        { $"Authority=http://login.example ClientId=app ClientSecret=s3cret Title=CIS2 Organisation=Cis2 Roles=R8001", "https" },
        { $"Authority={Issuer} ClientId=app ClientSecret=s3cret Organisation=Cis2 Roles=R8001", "Title" },
        { $"Authority={Issuer} ClientId=app ClientSecret=s3cret Title=CIS2 Organisation=Cis2", "Roles" },
        { $"Authority={Issuer} ClientId=app ClientSecret=s3cret Title=CIS2 Organisation=Cis2 Roles=,", "Roles" },
        { $"Authority={Issuer} ClientId=app Title=CIS2 Organisation=Cis2 Roles=R8001", "ClientSecret or ClientKey" },
        { $"Authority={Issuer} ClientId=app ClientSecret=s3cret Title=DfE Organisation=DfeSignIn Roles=SENCO", "ApiSecret" },
        { $"Authority={Issuer} ClientId=app ClientSecret=s3cret Title=DfE Organisation=DfeSignIn Roles=SENCO ApiSecret=word Api=http://api.example", "https" },
        { $"Authority={Issuer} ClientId=app Title=Partner Roles=Adviser", "Organisations" },
        { $"Authority={Issuer} ClientId=app Title=Partner Roles=Adviser Organisations:t=nobody", "Organisations:t" },
        { $"Authority={Issuer} ClientId=app Title=Partner Roles=Adviser Organisations:t=urn:100001 Rolls=x", "There is no setting" },
        { $"Authority={Issuer} ClientId=app Title=Partner Roles=Adviser Organisation=Pigeon", "Organisation must be one of Claim, DfeSignIn, Cis2" },
    };

    [Theory]
    [MemberData(nameof(Contributors))]
    public void An_issuer_of_contributors_that_is_half_set_or_lets_everybody_in_ends_the_start(string set, string problem)
    {
        var configuration = Configuration(set, "Contributors:Issuers:one");
        if (problem.Length == 0)
        {
            Assert.Equal("one", Assert.Single(SettingsReader.ReadEach<ContributorIssuer>(configuration)).Key);
            return;
        }

        var refused = Assert.Throws<RefusedStartException>(() => SettingsReader.ReadEach<ContributorIssuer>(configuration));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Contributors:Issuer:one:Authority", "There is no setting Contributors:Issuer")]
    [InlineData("Contributors:Issuers:one two:Authority", "a name can have at most")]
    [InlineData("Contributors:Issuers:a/../b:Authority", "a name can have at most")]
    public void A_slip_in_the_name_of_an_issuer_ends_the_start(string name, string problem)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(name, Issuer)]).Build();

        Assert.Contains(problem, Assert.Throws<RefusedStartException>(() => SettingsReader.ReadEach<ContributorIssuer>(configuration)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Level=Cl", "")]
    [InlineData($"Authority={Issuer} ClientId=app ClientKey=EC", "")]
    [InlineData($"Authority={Issuer} ClientId=app ClientKey=EC Level=", "")]
    [InlineData($"Authority={Issuer} ClientId=app", "ClientKey")]
    [InlineData($"Authority={Issuer} ClientId=app ClientKey=EC Level=P2", "Level")]
    [InlineData($"Authority={Issuer} ClientId=app ClientKey=EC Title=", "Title")]
    [InlineData("ClientKey=EC", "Authority")]
    public void A_family_s_sign_in_that_is_half_set_ends_the_start(string set, string problem)
    {
        var configuration = Configuration(set, FamilySignInOptions.Section);
        if (problem.Length == 0)
        {
            Assert.Equal(set.Contains(Issuer, StringComparison.Ordinal), SettingsReader.Read<FamilySignInOptions>(configuration).Authority is not null);
            return;
        }

        Assert.Contains(problem, Assert.Throws<RefusedStartException>(() => SettingsReader.Read<FamilySignInOptions>(configuration)).Message, StringComparison.Ordinal);
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
        var configuration = Configuration(set, section);
        if (problem.Length == 0)
        {
            Assert.Equal(set.Length > 0, read(configuration).IsEnabled);
            return;
        }

        var refused = Assert.Throws<RefusedStartException>(() => read(configuration));
        Assert.StartsWith($"{section}: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(string set, string section)
    {
        // Keys are made here: a test's name must not hold one.
        var settings = set.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2)).ToDictionary(
            one => $"{section}:{one[0]}", one => (string?)(one[1] switch { "RSA2048" => Rsa.Value, "RSA1024" => ShortRsa.Value, "EC" => Ec(), "PUBLIC" => PublicKey(), var value => value }));
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private static string Made(int bits)
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
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Rsa.Value);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }
}
