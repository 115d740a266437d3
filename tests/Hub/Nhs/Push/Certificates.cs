using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>An authority made for a test, and certificates that it signs, as PEM files in a folder of their own.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset now = DateTimeOffset.UtcNow;
    private byte serial;

    internal Certificates()
    {
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(Folder, "authority.pem"), Authority.ExportCertificatePem());
    }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("certificates-").FullName;

    internal X509Certificate2 Authority { get; }

    /// <summary>Signs a certificate for a server (with this machine's names) or a client, and leaves <c>name.pem</c> and <c>name.key</c>.</summary>
    internal X509Certificate2 Sign(string name, bool isServer)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(isServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false));
        if (isServer)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        using var signed = request.Create(Authority, now.AddDays(-1), now.AddDays(1), [++serial]);
        using var withKey = signed.CopyWithPrivateKey(own);
        File.WriteAllText(Path.Combine(Folder, $"{name}.pem"), withKey.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, $"{name}.key"), own.ExportPkcs8PrivateKeyPem());
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        key.Dispose();
        Authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
