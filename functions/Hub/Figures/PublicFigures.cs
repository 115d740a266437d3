using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Figures;

/// <summary>
/// What the page of figures shows for each council. The figures are read from the store at most every few minutes, even if there are many
/// visitors, and cases are never read. While the store cannot be reached, the last figures read are shown.
/// </summary>
public sealed partial class PublicFigures(FigureStore store, FiguresOptions options, RuleBook rules, TimeProvider time, ILogger<PublicFigures> log) : IDisposable
{
    /// <summary>The largest number of years shown, counted back from the newest.</summary>
    internal const int MostYears = 5;

    /// <summary>How long figures are shown before they are read again.</summary>
    internal static readonly TimeSpan ReadAgainAfter = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RestAfterFault = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly ConcurrentDictionary<LocalAuthorityCode, (FigurePicture Picture, DateTimeOffset Until)> read = new();

    /// <summary>The figures of a council, or null if the hub does not serve the council or the council does not publish its figures
    /// here.</summary>
    public async ValueTask<FigurePicture?> FindAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        if (!options.IsPublic(council) || rules.Councils.FirstOrDefault(known => known.Code == council) is not { } profile)
        {
            return null;
        }

        // While one visitor's request reads the store, other visitors see the figures read before; they wait only if
        // none have been read since the hub started.
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

    /// <summary>
    /// Reads the figures, and continues even if the visitor has left the page, because otherwise every visitor who leaves early would cause
    /// the store to be read again.
    /// </summary>
    private async Task<(FigurePicture Picture, DateTimeOffset Until)> ReadAsync(LocalAuthorityCode council, string name)
    {
        try
        {
            // The figures of a year that is not over would look worse than they are.
            var thisYear = LondonDate.Of(time.GetUtcNow()).Year;
            var over = (await store.NewestAsync(council, MostYears + 1, CancellationToken.None)).Where(figures => figures.Year < thisYear).Take(MostYears).ToList();
            return (FigurePicture.Of(name, over, options), time.GetUtcNow() + ReadAgainAfter);
        }
        catch (FigureStoreException unreadable)
        {
            NotRead(log, unreadable.Message);
            return (read.GetValueOrDefault(council).Picture ?? new FigurePicture(name, options.SmallestCount, []) { IsUnavailable = true }, time.GetUtcNow() + RestAfterFault);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The published figures cannot be read, so the last figures read are still shown: {Reason}")]
    private static partial void NotRead(ILogger logger, string reason);
}
