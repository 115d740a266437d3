using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Outgoing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>Mutual TLS and the signed JWT, configured as a deployment does: an entry of the agency directory and files of keys.</summary>
public sealed class ProvingOurselves : IDisposable
{
    private static readonly AgencyId Agency = Given.Ask().Provider.Id;
    private static readonly CallIds Ids = CallIds.Of("330-0000000000AA/4/1", "case");

    private readonly Certificates ours = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_right_certificates_on_both_sides_the_request_is_taken()
    {
        using var client = ours.Sign("hub", isServer: false);
        await using var body = await Body(Pushing.Taken);

        var result = await Ask(body, new FhirAccess { CertificateFile = "hub.pem", CertificateKeyFile = "hub.key", TrustedRootsFile = "authority.pem" });

        Assert.Equal((PushOutcome.Done, "Task/their-5/_history/1"), (result.End, result.Detail));
    }

    [Fact]
    public async Task Without_a_certificate_nothing_is_taken()
    {
        await using var body = await Body(Pushing.Taken);

        var result = await Ask(body, new FhirAccess { TrustedRootsFile = "authority.pem" });

        Assert.NotEqual(PushOutcome.Done, result.End);
        Assert.Empty(body.Calls);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_not_let_in()
    {
        using var others = new Certificates();
        using var client = others.Sign("hub", isServer: false);
        File.Copy(Path.Combine(others.Folder, "hub.pem"), Path.Combine(ours.Folder, "hub.pem"));
        File.Copy(Path.Combine(others.Folder, "hub.key"), Path.Combine(ours.Folder, "hub.key"));
        await using var body = await Body(Pushing.Taken);

        var result = await Ask(body, new FhirAccess { CertificateFile = "hub.pem", CertificateKeyFile = "hub.key", TrustedRootsFile = "authority.pem" });

        Assert.NotEqual(PushOutcome.Done, result.End);
        Assert.Empty(body.Calls);
    }

    [Fact]
    public async Task A_server_that_nobody_trusts_is_told_nothing_and_a_person_hears_of_it()
    {
        using var others = new Certificates();
        File.Copy(Path.Combine(others.Folder, "authority.pem"), Path.Combine(ours.Folder, "other.pem"));
        await using var body = await Body(Pushing.Taken);

        foreach (var access in new[] { new FhirAccess { TrustedRootsFile = "other.pem" }, new FhirAccess() })
        {
            var result = await Ask(body, access);

            Assert.Equal((PushOutcome.NeedsHuman, "TLS failed: a certificate of the body or of the hub is not accepted"), (result.End, result.Detail));
        }

        Assert.Empty(body.Calls);
    }

    [Theory]
    [InlineData("RS512")]
    [InlineData("ES384")]
    public async Task A_signed_jwt_whose_key_is_in_a_file_is_accepted_over_mutual_tls(string algorithm)
    {
        using var client = ours.Sign("hub", isServer: false);
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(Path.Combine(ours.Folder, "jwt.key"), algorithm == "RS512" ? rsa.ExportPkcs8PrivateKeyPem() : curve.ExportPkcs8PrivateKeyPem());
        await using var body = await Body((arrived, http) => arrived.Path == "/token"
            ? http.Response.WriteAsJsonAsync(new { access_token = "the-token", expires_in = 300 }, http.RequestAborted)
            : Pushing.Taken(arrived, http));

        var result = await Ask(body, new FhirAccess
        {
            TokenEndpoint = new Uri($"{body.Base}/token"),
            ClientId = "hub",
            KeyFile = "jwt.key",
            KeyId = "k1",
            Algorithm = algorithm,
            CertificateFile = "hub.pem",
            CertificateKeyFile = "hub.key",
            TrustedRootsFile = "authority.pem",
        });

        Assert.Equal(PushOutcome.Done, result.End);
        Assert.Equal("Bearer the-token", body.Calls.Last().Headers.Authorization);
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(body.Calls.First().Body);
        var assertion = await new JsonWebTokenHandler().ValidateTokenAsync(form["client_assertion"], new TokenValidationParameters
        {
            ValidIssuer = "hub",
            ValidAudience = $"{body.Base}/token",
            IssuerSigningKey = algorithm == "RS512" ? new RsaSecurityKey(rsa) { KeyId = "k1" } : new ECDsaSecurityKey(curve) { KeyId = "k1" },
            ValidAlgorithms = [algorithm],
        });
        Assert.True(assertion.IsValid, assertion.Exception?.Message);
    }

    public static TheoryData<string, Uri?, FhirAccess?, string> Unusable => new()
    {
        { "no address", null, null, "needs fhirEndpoint" },
        { "in clear", new Uri("http://rx1.example.nhs.uk/fhir"), null, "https" },
        { "token in clear", new Uri("https://rx1.example.nhs.uk/fhir"), new FhirAccess { TokenEndpoint = new Uri("http://rx1.example.nhs.uk/token") }, "https" },
        { "no key", new Uri("https://rx1.example.nhs.uk/fhir"), new FhirAccess { TokenEndpoint = new Uri("https://rx1.example.nhs.uk/token"), ClientId = "hub" }, "keyFile" },
        { "bad algorithm", new Uri("https://rx1.example.nhs.uk/fhir"), new FhirAccess { TokenEndpoint = new Uri("https://rx1.example.nhs.uk/token"), ClientId = "hub", KeyFile = "authority.pem", Algorithm = "HS256" }, "algorithm must be one of" },
        { "missing file", new Uri("https://rx1.example.nhs.uk/fhir"), new FhirAccess { CertificateFile = "missing.pem" }, "missing.pem" },
        { "no private key", new Uri("https://rx1.example.nhs.uk/fhir"), new FhirAccess { CertificateFile = "authority.pem" }, "not in PEM format" },
        { "no roots", new Uri("https://rx1.example.nhs.uk/fhir"), new FhirAccess { TrustedRootsFile = "empty.pem" }, "no certificate" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void An_entry_that_cannot_be_used_is_refused_with_its_agency_and_the_reason(string what, Uri? address, FhirAccess? access, string reason)
    {
        File.WriteAllText(Path.Combine(ours.Folder, "empty.pem"), "");

        var (endpoints, problem) = PushConfiguration.Read(Directory(address, access), ours.Folder);

        Assert.Empty(endpoints);
        Assert.True(problem?.StartsWith(Agency.Value, StringComparison.Ordinal) == true && problem.Contains(reason, StringComparison.Ordinal), $"{what}: {problem}");
    }

    public void Dispose() => ours.Dispose();

    private static AgencyDirectory Directory(Uri? address, FhirAccess? access) =>
        new([new AgencyEntry { Id = Agency, Reach = Reach.FhirPush, FhirEndpoint = address, FhirAccess = access }]);

    private Task<BodyServer> Body(Func<Arrived, HttpContext, Task> answer) => BodyServer.Start(answer, new HttpsConnectionAdapterOptions
    {
        ServerCertificate = ours.Sign("localhost", isServer: true),
        ClientCertificateMode = ClientCertificateMode.RequireCertificate,
        ClientCertificateValidation = (certificate, _, _) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(ours.Authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build(certificate);
        },
    });

    private async Task<PushResult> Ask(BodyServer body, FhirAccess access)
    {
        var (endpoints, problem) = PushConfiguration.Read(Directory(new Uri($"{body.Base}/fhir"), access), ours.Folder);
        Assert.Null(problem);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new PushRetryOptions { Pause = TimeSpan.Zero });
        services.AddSingleton(new OutgoingOptions { AllowLoopback = true });
        services.AddFhirPush(endpoints);
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<FhirPush>().AskAsync(endpoints.Single(), Given.Ask(), Given.Now, Ids, Cancel);
    }
}
