using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// The children as the store keeps them beside their cases, found by number, date of birth or name without reading a case. What is kept may be behind the
/// cases; <see cref="KnownChildren"/> reads what has changed since.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class KeptChildren(IExtractStore store)
{
    /// <summary>The second number is the form: add one whenever the body or the keys of a child change. What is kept in another form is then made again.</summary>
    internal static readonly ExtractKind Kind = new(1, 1);

    /// <summary>A group of writes waits for the whole transaction, so it is short.</summary>
    internal const int WrittenAtOnce = 250;

    private const int ReadAtOnce = 2_000;

    /// <summary>The commit up to which every child is kept; null while some are missing.</summary>
    internal ValueTask<long?> ThroughAsync(CancellationToken cancellationToken) => store.KeptThroughAsync(Kind, cancellationToken);

    /// <summary>The cases whose child is missing or not up to date.</summary>
    internal ValueTask<StoreChanges> MissingAsync(CancellationToken cancellationToken) => store.WithoutExtractAsync(Kind, cancellationToken);

    /// <summary>What is kept under these keys.</summary>
    internal ValueTask<IReadOnlyList<Extract>> FindAsync(IReadOnlyCollection<ulong> keys, CancellationToken cancellationToken) => store.FindAsync(Kind, keys, cancellationToken);

    /// <summary>What is kept of all cases, each once.</summary>
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

    /// <summary>Keeps children.</summary>
    /// <param name="children">The cases, each with the version that was read and its child; null for a case that was never opened.</param>
    /// <param name="through">The commit up to which every child is kept with these; null where that is not known yet.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    internal ValueTask KeepAsync(IEnumerable<(AssessmentId Case, long Version, KnownChild? Child)> children, long? through, CancellationToken cancellationToken) =>
        store.KeepAsync(Kind, [.. children.Select(one => Write(one.Case, one.Version, one.Child))], through, cancellationToken);

    internal static Extract Write(AssessmentId id, long version, KnownChild? child) => child is null
        ? new Extract(id, version, ReadOnlyMemory<byte>.Empty, [])
        : new Extract(
            id, version,
            JsonSerializer.SerializeToUtf8Bytes(new KeptChild(child.Child, child.School, child.RestrictedTo.Count == 0 ? null : child.RestrictedTo, child.IsOpen), KeptChildJson.Default.KeptChild),
            [.. ChildKeys.Kept(child)]);

    /// <summary>Reads what was kept of a case.</summary>
    /// <param name="extract">What was kept.</param>
    /// <param name="child">The child; null for a case that was never opened, or where it cannot be read.</param>
    /// <returns>Whether it can be read; if not, the child is made again from its case.</returns>
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
            // Like a child that was not kept.
        }

        return child is not null;
    }
}

/// <summary>What is kept of a child.</summary>
/// <param name="Child">The child.</param>
/// <param name="School">The name of the school or setting, folded; empty where there is none.</param>
/// <param name="RestrictedTo">The only people of its council who may see the case; null where it is not restricted.</param>
/// <param name="IsOpen">The case has not ended.</param>
internal sealed record KeptChild(Child Child, string School, IReadOnlyList<string>? RestrictedTo, bool IsOpen);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(KeptChild))]
internal sealed partial class KeptChildJson : JsonSerializerContext;
