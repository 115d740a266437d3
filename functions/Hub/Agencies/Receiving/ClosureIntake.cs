using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Receives announcements of school closures, and passes each to every open assessment in which the school was asked for advice. The
/// announcement is stored until the school reopens, so that it also reaches assessments in which the school is asked for advice later.
/// </summary>
public sealed class ClosureIntake(IAssessmentStore store, AgencyInbox inputs, HeldMessages held)
{
    private const int Page = 500;

    // The assessments are notified in parallel, so that the store can commit several of them at once. A large school can be asked for
    // advice in hundreds of cases, and other messages wait until all these cases are notified.
    private const int AtOnce = 32;

    internal async ValueTask<IntakeResult> TakeAsync(Incoming incoming, SchoolClosurePublished closure, CancellationToken cancellationToken)
    {
        if (!await held.HasRoomAsync(incoming.Sender, incoming.Key, cancellationToken))
        {
            return HeldMessages.TooMany;
        }

        // The closure is stored before the assessments are notified, so that they are notified after a restart if the process stops in
        // between.
        return await held.KeepAsync(HeldKind.Closure, HeldMessage.Of(incoming, Until(closure)), cancellationToken)
            ? await TellAsync(incoming.Key, incoming.MessageId, closure, cancellationToken)
            : IntakeResult.Again;
    }

    /// <summary>
    /// Notifies each assessment of the closure, unless it has been notified since it last asked somebody for advice. The call is safe to
    /// repeat.
    /// </summary>
    internal async ValueTask<IntakeResult> TellAsync(string key, string messageId, SchoolClosurePublished closure, CancellationToken cancellationToken)
    {
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { Agency = closure.School, Open = true, After = after, Limit = Page }, cancellationToken);
            await Parallel.ForEachAsync(
                page.Items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (summary, cancellationToken) => await TellAsync(summary.Id, key, messageId, closure, cancellationToken));
            after = page.Next;
        }
        while (after is not null);
        return IntakeResult.Done;
    }

    private async ValueTask TellAsync(AssessmentId assessment, string key, string messageId, SchoolClosurePublished closure, CancellationToken cancellationToken)
    {
        var asked = (await store.LoadAsync(assessment, cancellationToken)).State.Requests.Count(request => request.Agency?.Id == closure.School);
        if (asked > 0)
        {
            // Which time limits are affected by a closure depends on the requests for advice to the school, so the id of the input also
            // contains the number of these requests.
            // The result is not needed: whatever the assessment decides, it has been notified of the closure.
            await inputs.BringAsync(
                assessment, FormattableString.Invariant($"{messageId} {asked}"), Actor.TheHub with { OnBehalfOf = closure.School.Value }, null,
                new NoteSchoolClosure(key, closure.School, closure.ClosedFrom, closure.ReopensOn.AddDays(-1), $"{closure.Reason}; the school's reference: {closure.Reference}"),
                cancellationToken);
        }
    }

    private static DateTimeOffset Until(SchoolClosurePublished closure) => new(closure.ReopensOn.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
