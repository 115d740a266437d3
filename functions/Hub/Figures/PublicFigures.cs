using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Figures;

/// <summary>
/// What the page of figures shows of each council. It is read from the store at most every few minutes for all visitors together, however many there are;
/// cases are never read. While the store cannot be reached, what was read last is shown.
/// </summary>
public sealed partial class PublicFigures(FigureStore store, FiguresOptions options, RuleBook rules, TimeProvider time, ILogger<PublicFigures> log) : IDisposable
{
    /// <summary>Years shown, the newest first.</summary>
    internal const int MostYears = 5;

    /// <summary>How long what was read is shown.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RestAfterFault = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly ConcurrentDictionary<LocalAuthorityCode, (FigurePicture Picture, DateTimeOffset Until)> read = new();

    /// <summary>The figures of a council; null where the hub does not serve it or it does not publish them here.</summary>
    public async ValueTask<FigurePicture?> OfAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        if (!options.IsPublic(council) || rules.Councils.FirstOrDefault(known => known.Code == council) is not { } profile)
        {
            return null;
        }

        // While one visitor's request reads the store, the others are shown what was read before; only after a start do they wait.
        if (IsFresh(council) || !await one.WaitAsync(read.ContainsKey(council) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancellationToken))
        {
            return read[council].Picture;
        }

        try
        {
            if (!IsFresh(council))
            {
                read[council] = await ReadAsync(council, profile.Name);
            }

            return read[council].Picture;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private bool IsFresh(LocalAuthorityCode council) => read.TryGetValue(council, out var last) && last.Until > time.GetUtcNow();

    /// <summary>Goes on reading when the visitor has gone: otherwise everybody who comes and goes would make the store be read again.</summary>
    private async Task<(FigurePicture Picture, DateTimeOffset Until)> ReadAsync(LocalAuthorityCode council, string name)
    {
        try
        {
            // A year that is not over would look like a bad one.
            var thisYear = LondonDate.Of(time.GetUtcNow()).Year;
            var over = (await store.NewestAsync(council, MostYears + 1, CancellationToken.None)).Where(figures => figures.Year < thisYear).Take(MostYears).ToList();
            return (FigurePicture.Of(name, over, options), time.GetUtcNow() + Rest);
        }
        catch (FigureStoreException unreadable)
        {
            NotRead(log, unreadable.Message);
            return (read.GetValueOrDefault(council).Picture ?? new FigurePicture(name, options.SmallestCount, []) { IsUnread = true }, time.GetUtcNow() + RestAfterFault);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The published figures cannot be read, and the last ones read are shown: {Reason}")]
    private static partial void NotRead(ILogger logger, string reason);
}
