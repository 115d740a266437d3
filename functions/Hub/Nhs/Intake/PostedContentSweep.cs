using System.Globalization;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>
/// Tells an officer of content that a body has posted to the endpoint without completing its Task. To post first and complete the Task later
/// is normal, so the body has a day. How far the check has come is stored, so each version of a resource is checked once, even after a
/// restart.
/// </summary>
internal sealed class PostedContentSweep(IFhirResourceStore store, PostedContent posted, INhsExchange exchange, BackgroundWork work, TimeProvider time, IClockTrust? clock = null)
    : BackgroundLoop("check of content that NHS bodies posted without completing a Task", work, time)
{
    /// <summary>How long a body can take to complete its Task after it has posted the content.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private const int AtOnce = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override TimeSpan FirstPause => TimeSpan.FromMinutes(5);

    /// <summary>Checks all content that has become older than a day since the last check. The call can be repeated safely.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (clock is { IsTrusted: false })
        {
            return;
        }

        foreach (var type in PostedContent.Types)
        {
            await SweepAsync(type, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await SweepAsync(cancellationToken);
        return Interval;
    }

    private async Task SweepAsync(string type, CancellationToken cancellationToken)
    {
        var name = $"posted/{type}";
        var kept = await store.PositionAsync(name, cancellationToken);
        var (after, done, allDone) = (kept, kept, true);
        var isDue = true;
        ResourcePage page;
        do
        {
            page = await store.SearchAsync(new ResourceQuery { Type = type, After = after, Count = AtOnce }, cancellationToken);
            foreach (var stored in page.Items)
            {
                isDue = stored.LastUpdated + Grace <= Time.GetUtcNow();
                if (!isDue)
                {
                    break;
                }

                // If one resource fails, later ones are still checked, and all are checked again in the next round.
                allDone &= !Items.IsPaused(stored.Reference)
                    && await Items.RunAsync(stored.Reference, cancellationToken => TellAsync(stored, cancellationToken), cancellationToken) == ItemOutcome.Done;
                after = stored.Sequence;
                done = allDone ? after : done;
            }

            if (done > kept)
            {
                await store.StorePositionAsync(name, done, cancellationToken);
                kept = done;
            }
        }
        while (page.More && isDue);
    }

    private async Task TellAsync(StoredResource stored, CancellationToken cancellationToken)
    {
        foreach (var task in await posted.OpenTasksAsync(stored, cancellationToken))
        {
            if (task.Identifier.Find(identifier => identifier.System == FhirUris.AdviceRequestId)?.Value is not { } requestId || !AssessmentId.TryParse(task.GroupIdentifier?.Value, out var assessment, out _))
            {
                continue;
            }

            var at = TimeZoneInfo.ConvertTime(stored.LastUpdated, TaskIntake.London).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
            var detail = $"{stored.Reference} was sent to the hub's FHIR endpoint on {at}, but Task/{task.Id} is not completed with it. Ask the adviser to complete this Task with an output that refers to it. "
                + "You can also read it at the FHIR endpoint with a token of the council, and enter the advice (submit-advice).";
            await exchange.NotAcceptedAsync(new AnswerNotAccepted($"posted/{stored.Reference}/{task.Id}", assessment, requestId, detail) { Posted = stored.Reference }, cancellationToken);
        }
    }
}
