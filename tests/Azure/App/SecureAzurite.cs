using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace IntegrationHub.Azure.Tests.App;

/// <summary>Azurite as a storage account that takes identities, which it does over TLS only.</summary>
internal sealed partial class SecureAzurite : IDisposable
{
    private const string Account = "hub";

    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly Dictionary<string, Uri> services = [];
    private readonly HttpClientTransport transport = new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
    private Process? process;

    internal Uri BlobAddress => services["Blob"];

    internal Uri TableAddress => services["Table"];

    /// <summary>File of the certificate that callers must trust.</summary>
    internal string Certificate { get; private set; } = "";

    internal TableServiceClient Tables => new(TableAddress, new TableSharedKeyCredential(Account, key), new TableClientOptions { Transport = transport });

    internal BlobServiceClient Blobs => new(BlobAddress, new StorageSharedKeyCredential(Account, key), new BlobClientOptions { Transport = transport });

    internal static async Task<SecureAzurite> StartAsync(string script, string folder)
    {
        var azurite = new SecureAzurite { Certificate = Path.Combine(folder, "azurite.pem") };
        var keyFile = Path.Combine(folder, "azurite.key");
        await WriteCertificateAsync(azurite.Certificate, keyFile);
        string[] arguments =
        [
            script, "--inMemoryPersistence", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            "--oauth", "basic", "--cert", azurite.Certificate, "--key", keyFile,
        ];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{azurite.key}";
        azurite.process = Process.Start(start)!;
        while (azurite.services.Count < 3 && await azurite.process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                azurite.services[match.Groups["service"].Value] = new Uri($"{match.Groups["address"].Value}/{Account}");
            }
        }

        Assert.True(azurite.services.Count == 3, "Azurite did not start.");
        _ = azurite.process.StandardOutput.ReadToEndAsync();
        _ = azurite.process.StandardError.ReadToEndAsync();
        return azurite;
    }

    public void Dispose()
    {
        process?.Kill(entireProcessTree: true);
        process?.Dispose();
    }

    private static async Task WriteCertificateAsync(string certificate, string keyFile)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, rsa.ExportPkcs8PrivateKeyPem());
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>https://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
