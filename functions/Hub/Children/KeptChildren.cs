using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// The children's details as stored with their cases, found by number, date of birth or name without reading a case. The stored details may
/// be older than the case; <see cref="KnownChildren"/> reads later changes.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class KeptChildren(IExtractStore store)
{
    /// <summary>
    /// The kind of extract that stores a child, and the version of its format. Increase the version whenever a change to the program
    /// changes what an extract contains or the keys under which it is stored, so that extracts in an older format are made again.
    /// </summary>
    internal static readonly ExtractKind Kind = new(1, 1);

    /// <summary>Number of children that one transaction writes. The number is small because other writes wait until the transaction has
    /// ended.</summary>
    internal const int WrittenAtOnce = 250;

    private const int ReadAtOnce = 2_000;

    /// <summary>The commit up to which the details of every child are stored, or null while some details are missing.</summary>
    internal ValueTask<long?> ThroughAsync(CancellationToken cancellationToken) => store.KeptThroughAsync(Kind, cancellationToken);

    /// <summary>The cases for which the stored details of the child are missing or out of date.</summary>
    internal ValueTask<StoreChanges> MissingAsync(CancellationToken cancellationToken) => store.WithoutExtractAsync(Kind, cancellationToken);

    /// <summary>The extracts stored under these keys.</summary>
    internal ValueTask<IReadOnlyList<Extract>> FindAsync(IReadOnlyCollection<ulong> keys, CancellationToken cancellationToken) => store.FindAsync(Kind, keys, cancellationToken);

    /// <summary>The extracts of all cases, each case once.</summary>
    internal async IAsyncEnumerable<Extract> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long? at = 0; at is { } after;)
        {
            var page = await store.ExtractsAsync(Kind, after, ReadAtOnce, cancellationToken);
            foreach (var one in page.Items)
            {
                yield return one;
            }

            at = page.Next;
        }
    }

    /// <summary>Writes the details of the cases' children to the store.</summary>
    /// <param name="children">The cases, each with the version that was read and its child, which is null for a case that was never
    /// opened.</param>
    /// <param name="through">The commit up to which every child is stored once the given children are written, or null if it is not known
    /// yet.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal ValueTask KeepAsync(IEnumerable<(AssessmentId Case, long Version, KnownChild? Child)> children, long? through, CancellationToken cancellationToken) =>
        store.KeepAsync(Kind, [.. children.Select(one => Write(one.Case, one.Version, one.Child))], through, cancellationToken);

    internal static Extract Write(AssessmentId id, long version, KnownChild? child) => child is null
        ? new Extract(id, version, ReadOnlyMemory<byte>.Empty, [])
        : new Extract(
            id, version,
            JsonSerializer.SerializeToUtf8Bytes(new KeptChild(child.Child, child.School, child.RestrictedTo.Count == 0 ? null : child.RestrictedTo, child.IsOpen), KeptChildJson.Default.KeptChild),
            [.. ChildKeys.Kept(child)]);

    /// <summary>Reads the child from an extract of a case.</summary>
    /// <param name="extract">The stored extract.</param>
    /// <param name="child">The child; null for a case that was never opened, or if the extract cannot be read.</param>
    /// <returns>True if the extract could be read; otherwise the child's details are read again from the case.</returns>
    internal static bool TryRead(Extract extract, out KnownChild? child)
    {
        child = null;
        if (extract.Body.IsEmpty)
        {
            return true;
        }

        try
        {
            if (JsonSerializer.Deserialize(extract.Body.Span, KeptChildJson.Default.KeptChild) is { Child: { } kept, School: { } school } read && read.RestrictedTo?.Contains(null!) != true)
            {
                child = new KnownChild(
                    extract.Case, extract.Version, kept, SearchWords.Folded($"{kept.GivenName} {kept.FamilyName}"), string.Intern(school), read.RestrictedTo ?? [], read.IsOpen);
            }
        }
        catch (JsonException)
        {
            // An extract that cannot be read is treated like an extract that was never stored.
        }

        return child is not null;
    }
}

/// <summary>What is stored about a child.</summary>
/// <param name="Child">Details of the child.</param>
/// <param name="School">The name of the school or setting, folded; empty if there is none.</param>
/// <param name="RestrictedTo">The only people at its council who are allowed to see the case; null if the case is not restricted.</param>
/// <param name="IsOpen">Whether the case has not ended.</param>
internal sealed record KeptChild(Child Child, string School, IReadOnlyList<string>? RestrictedTo, bool IsOpen);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(KeptChild))]
internal sealed partial class KeptChildJson : JsonSerializerContext;
