using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Figures;

/// <summary>
/// What the page of figures shows of each council. It is read from the store at most every few minutes for all visitors together, however many there are;
/// cases are never read. While the store cannot be reached, what was read last is shown.
/// </summary>
public sealed partial class PublicFigures(FigureShelf shelf, FiguresOptions options, RuleBook rules, TimeProvider time, ILogger<PublicFigures> log) : IDisposable
{
    /// <summary>Years shown, the newest first.</summary>
    internal const int MostYears = 5;

    /// <summary>How long what was read is shown.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly Dictionary<LocalAuthorityCode, (FigurePicture Picture, DateTimeOffset At)> read = [];

    /// <summary>The figures of a council; null where the hub does not serve it or it does not publish them here.</summary>
    public async ValueTask<FigurePicture?> OfAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        if (!options.IsPublic(council) || rules.Councils.FirstOrDefault(known => known.Code == council) is not { } profile)
        {
            return null;
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            if (read.TryGetValue(council, out var last) && last.At + Rest > time.GetUtcNow())
            {
                return last.Picture;
            }

            var picture = last.Picture ?? new FigurePicture(profile.Name, options.SmallestCount, []);
            try
            {
                picture = FigurePicture.Of(profile.Name, await shelf.NewestAsync(council, MostYears, cancellationToken), options);
            }
            catch (FigureShelfException unreadable)
            {
                NotRead(log, unreadable.Message);
            }

            read[council] = (picture, time.GetUtcNow());
            return picture;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    [LoggerMessage(1, LogLevel.Error, "The published figures cannot be read, and the last ones read are shown: {Reason}")]
    private static partial void NotRead(ILogger logger, string reason);
}
