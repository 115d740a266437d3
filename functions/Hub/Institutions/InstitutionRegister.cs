using System.Collections.Frozen;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Institutions;

/// <summary>The register of schools in memory.</summary>
/// <param name="source">Where the register comes from.</param>
/// <param name="rows">The institutions in the register.</param>
public sealed class LoadedRegister(RegisterSource source, IReadOnlyList<Institution> rows)
{
    private readonly FrozenDictionary<Urn, Institution> byNumber = rows.ToFrozenDictionary(row => row.Urn);

    /// <summary>Where the register comes from.</summary>
    public RegisterSource Source { get; } = source;

    /// <summary>The institutions in the register, in order of their numbers.</summary>
    public IReadOnlyList<Institution> Rows { get; } = rows;

    /// <summary>Types of establishment in the register, in alphabetical order.</summary>
    public IReadOnlyList<string> Types { get; } = [.. rows.Select(row => row.Type).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Phases of education in the register.</summary>
    public IReadOnlyList<string> Phases { get; } = [.. rows.Select(row => row.Phase).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Needs for which at least one institution makes provision.</summary>
    public IReadOnlyList<string> Needs { get; } = [.. rows.SelectMany(row => row.Needs).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The institution with the given number, or null if the register does not have it.</summary>
    public Institution? Find(Urn urn) => byNumber.GetValueOrDefault(urn);

    /// <summary>The institution that an agency's id names, or null if the id names no institution in the register.</summary>
    public Institution? Find(AgencyId id) => id.Scheme == AgencyScheme.Urn && Urn.TryParse(id.Code, out var urn, out _) ? Find(urn) : null;

    /// <summary>The institutions that succeeded a closed institution.</summary>
    public IReadOnlyList<Institution> SuccessorsOf(Institution closed)
    {
        ArgumentNullException.ThrowIfNull(closed);
        return [.. closed.Links.Where(link => link.IsSuccessor).Select(link => Find(link.Urn)).OfType<Institution>()];
    }
}

/// <summary>
/// The register of schools, read when it is first needed, and read again, at most every few minutes, if another register was imported. While the
/// store cannot be reached or its register is damaged, the last register read stays in use, and an error is logged. If no register has been
/// read since the hub started, institutions are not checked.
/// </summary>
public sealed partial class InstitutionRegister(InstitutionStore store, TimeProvider time, ILogger<InstitutionRegister> log) : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim one = new(1, 1);
    private volatile Answer last = new(null, null, DateTimeOffset.MinValue);

    /// <summary>The register, or null if none was imported or none could be read yet.</summary>
    public async ValueTask<LoadedRegister?> CurrentAsync(CancellationToken cancellationToken)
    {
        if (last.At + Rest > time.GetUtcNow())
        {
            return last.Register;
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            if (last.At + Rest <= time.GetUtcNow())
            {
                var read = await store.ReadAsync(last.ETag, cancellationToken);
                if (!read.Succeeded && read.Outcome != KeepingOutcome.Missing)
                {
                    NotRead(log, read.Reason);
                }

                last = read switch
                {
                    { Outcome: KeepingOutcome.Missing } => new(null, null, time.GetUtcNow()),
                    { Succeeded: true, Value: ({ } register, var etag) } => new(new LoadedRegister(register.Source, register.Rows), etag, time.GetUtcNow()),
                    _ => last with { At = time.GetUtcNow() },
                };
            }

            return last.Register;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    [LoggerMessage(1, LogLevel.Error, "The register of schools cannot be read, so institutions are checked against the last register read, if any: {Reason}")]
    private static partial void NotRead(ILogger logger, string reason);

    // What was last read from the store is a single object, so that code that uses it without waiting never sees half of a new register.
    private sealed record Answer(LoadedRegister? Register, string? ETag, DateTimeOffset At);
}
