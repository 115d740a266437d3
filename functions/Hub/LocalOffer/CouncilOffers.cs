using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.LocalOffer;

/// <summary>
/// The Local Offers of the councils that the hub serves. Each offer is loaded when somebody first asks for it. Every few minutes at most,
/// the hub checks for a newer import and loads it. While the store cannot be reached, the last loaded offer is shown and the log says so.
/// </summary>
public sealed partial class CouncilOffers(OfferStore store, RuleBook rules, TimeProvider time, ILogger<CouncilOffers> log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<LocalAuthorityCode, Answer> read = new();

    /// <summary>The council's offer, or null if no offer was imported or none could be loaded yet.</summary>
    public async ValueTask<KeptOffer?> OfAsync(LocalAuthorityCode council, CancellationToken cancellationToken)
    {
        var last = read.GetValueOrDefault(council) ?? new Answer(null, null, DateTimeOffset.MinValue);
        if (!rules.Serves(council) || last.At + Rest > time.GetUtcNow())
        {
            return last.Offer;
        }

        var found = await store.ReadAsync(council, last.ETag, cancellationToken);
        if (!found.Succeeded && found.Outcome != KeepingOutcome.Missing)
        {
            NotRead(log, council.Value, found.Reason);
        }

        var now = found switch
        {
            { Outcome: KeepingOutcome.Missing } => new Answer(null, null, time.GetUtcNow()),
            { Succeeded: true, Value: ({ } offer, var etag) } => new Answer(offer, etag, time.GetUtcNow()),
            _ => last with { At = time.GetUtcNow() },
        };
        read[council] = now;
        return now.Offer;
    }

    [LoggerMessage(1, LogLevel.Error, "The Local Offer of council {Council} cannot be loaded, so the last loaded offer, if any, is shown: {Reason}")]
    private static partial void NotRead(ILogger logger, string council, string reason);

    private sealed record Answer(KeptOffer? Offer, string? ETag, DateTimeOffset At);
}
