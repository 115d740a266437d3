using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Functions.Moves;

/// <summary>One file of a package.</summary>
/// <param name="Name">Name of the file in the package.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Size of the file in bytes.</param>
/// <param name="What">Description of the file for the list of documents, or null for files that belong to the package itself.</param>
/// <param name="ShownAs">File name shown to people, or null if <paramref name="What"/> is null.</param>
public sealed record PackageFile(string Name, string Sha256, long Size, string? What = null, string? ShownAs = null);

/// <summary>The manifest of a package. The signature covers the manifest's bytes, and the manifest covers every other file by its
/// hash.</summary>
/// <param name="Format">Version number of the package format.</param>
/// <param name="From">The council that transfers the plan.</param>
/// <param name="To">The council that receives the plan.</param>
/// <param name="Case">The case at the council that transfers the plan.</param>
/// <param name="MadeAt">Time at which the package was written, in UTC.</param>
/// <param name="Child">The child or young person whom the plan is for.</param>
/// <param name="Chain">Hash of the newest entry in the chain of the plan's versions.</param>
/// <param name="Files">Every file except the manifest and its signature, in the order in which they were written.</param>
public sealed record PackageManifest(
    int Format, LocalAuthorityCode From, LocalAuthorityCode To, AssessmentId Case, DateTimeOffset MadeAt, Child Child, string Chain, IReadOnlyList<PackageFile> Files)
{
    internal const int ThisFormat = 1;
    internal const string Name = "manifest.json";
    internal const string Signature = "manifest.sig";
    internal const string CaseFile = "case.json";
    internal const string ChainFile = "plan/manifest.json";

    private static readonly JsonSerializerOptions Options = new(PlanJson.Options) { WriteIndented = true, NewLine = "\n" };

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads a manifest; returns null if the bytes are not a manifest.</summary>
    internal static PackageManifest? Read(byte[] bytes)
    {
        try
        {
            return SuppliedJson.Read<PackageManifest>(bytes, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
