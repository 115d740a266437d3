using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// The board's rows as stored with their cases, so that after a start the lists are complete as soon as the rows have been read. The board
/// shows each stored row until it has derived that row again.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="words">The board's shared strings.</param>
internal sealed class KeptRows(IExtractStore store, SharedStrings words)
{
    /// <summary>
    /// The kind of the stored rows. The second number below is the version of the rows' format: add one to it whenever the stored part of a
    /// row changes. Rows that were stored in another format are then derived again.
    /// </summary>
    internal static readonly ExtractKind Kind = new(2, 2);

    /// <summary>Number of rows written in one transaction. The number is small, because other writes wait until the transaction has
    /// ended.</summary>
    internal const int WrittenAtOnce = 250;

    private const int ReadAtOnce = 2_000;

    /// <summary>
    /// Number of rows that could not be read; the board shows their cases once it has read them, and writes the rows again.
    /// </summary>
    internal int Unreadable { get; private set; }

    /// <summary>The stored rows, each with the version of its case. A row that cannot be read is treated as missing.</summary>
    internal async IAsyncEnumerable<(AssessmentId Case, long Version, KeptRow Row)> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long? at = 0; at is { } after;)
        {
            var page = await store.ExtractsAsync(Kind, after, ReadAtOnce, cancellationToken);
            foreach (var one in page.Items)
            {
                if (Read(one.Body.Span) is { } row)
                {
                    yield return (one.Case, one.Version, row);
                }
                else
                {
                    Unreadable++;
                }
            }

            at = page.Next;
        }
    }

    /// <summary>The row of a case, combined from the store's list and the stored part of the row.</summary>
    internal CaseRow Of(CaseRow listed, KeptRow kept) => listed with
    {
        DerivedOn = CaseRow.Earlier,
        AgencyGroup = words.GroupOf(CaseRow.Named(listed.Summary.Agencies, kept.Unnamed ?? [])),
        Unnamed = kept.Unnamed ?? [],
        AtRiskFrom = kept.AtRiskFrom,
        LostFrom = kept.LostFrom,
        Reason = words.Of(kept.Reason),
        Failed = kept.Failed,
        Awaited = kept.Awaited is { } awaited ? [.. awaited.Select(one => one with { Agency = one.Agency is { } asked ? words.Of(asked) : null })] : [],
        Answered = kept.Answered is { } answered ? [.. answered.Select(one => one with { Agency = words.Of(one.Agency) })] : [],
        Milestones = kept.Milestones ?? [],
        Decision = kept.Decision is { } decision ? words.Of(decision) : null,
        Panels = kept.Panels ?? [],
        Cohort = kept.Cohort is { At: { } at } cohort ? cohort with { At = words.Of(at) } : kept.Cohort,
        Cost = kept.Cost is { Band: { } band } cost ? cost with { Band = words.Of(band) } : kept.Cost,
    };

    /// <summary>Whether two rows of one version of a case would be stored identically.</summary>
    internal static bool AreAlike(CaseRow one, CaseRow other) => one.Summary.Version == other.Summary.Version && Body(one).AsSpan().SequenceEqual(Body(other));

    /// <summary>Writes rows to the store.</summary>
    internal ValueTask KeepAsync(IEnumerable<CaseRow> rows, CancellationToken cancellationToken) =>
        store.KeepAsync(Kind, [.. rows.Select(row => new Extract(row.Summary.Id, row.Summary.Version, Body(row), []))], null, cancellationToken);

    internal static byte[] Body(CaseRow row) => JsonSerializer.SerializeToUtf8Bytes(
        new KeptRow
        {
            AtRiskFrom = row.AtRiskFrom,
            LostFrom = row.LostFrom,
            Reason = row.Reason,
            Failed = row.Failed,
            Awaited = Some(row.Awaited),
            Answered = Some(row.Answered),
            Milestones = Some(row.Milestones),
            Decision = row.Decision,
            Panels = Some(row.Panels),
            Cohort = row.Cohort,
            Cost = row.Cost,
            Unnamed = Some(row.Unnamed),
        },
        KeptRowJson.Default.KeptRow);

    private static KeptRow? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, KeptRowJson.Default.KeptRow);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<T>? Some<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;
}

/// <summary>
/// The stored part of a row: everything that the store's list does not already contain. The row contains no details of the child and no
/// names.
/// </summary>
internal sealed record KeptRow
{
    public DateOnly? AtRiskFrom { get; init; }

    public DateOnly? LostFrom { get; init; }

    public required string Reason { get; init; }

    public int Failed { get; init; }

    public IReadOnlyList<AwaitedAnswer>? Awaited { get; init; }

    public IReadOnlyList<Answered>? Answered { get; init; }

    public IReadOnlyList<Milestone>? Milestones { get; init; }

    public string? Decision { get; init; }

    public IReadOnlyList<DateOnly>? Panels { get; init; }

    public PlanCohort? Cohort { get; init; }

    public CaseCost? Cost { get; init; }

    public IReadOnlyList<AgencyId>? Unnamed { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(KeptRow))]
internal sealed partial class KeptRowJson : JsonSerializerContext;
