using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.GivenFiles;

namespace IntegrationHub.Functions.Moves;

/// <summary>A file of a package.</summary>
/// <param name="Name">Its name in the package.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Bytes.</param>
/// <param name="What">What it is, for the list of documents; null for what belongs to the package itself.</param>
/// <param name="ShownAs">Its file name for people; null where <paramref name="What"/> is.</param>
public sealed record PackageFile(string Name, string Sha256, long Size, string? What = null, string? ShownAs = null);

/// <summary>What a package states about itself. The signature covers its bytes, and it covers every other file by its hash.</summary>
/// <param name="Format">Number of the package's form.</param>
/// <param name="From">The council that hands the plan on.</param>
/// <param name="To">The council that it is for.</param>
/// <param name="Case">The case at the council that hands it on.</param>
/// <param name="MadeAt">When it was made, UTC.</param>
/// <param name="Child">Whom it is about.</param>
/// <param name="Chain">Head of the chain of the plan's versions.</param>
/// <param name="Files">Every file but this one and its signature, in the order in which they were written.</param>
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

    /// <summary>Null where the bytes are not a manifest.</summary>
    internal static PackageManifest? Read(byte[] bytes)
    {
        try
        {
            return GivenJson.Read<PackageManifest>(bytes, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
