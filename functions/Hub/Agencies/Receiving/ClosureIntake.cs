using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>
/// Closures that schools publish: each goes to every open assessment in which the school was asked, and is kept until the school is open
/// again for those in which it will be.
/// </summary>
public sealed class ClosureIntake(IAssessmentStore store, Inputs inputs, HeldMessages held)
{
    private const int Page = 500;

    // Side by side, so that their turns share commits: a large school is asked in hundreds of cases, and answers wait behind the telling.
    private const int AtOnce = 32;

    internal async ValueTask<Taken> TakeAsync(Incoming incoming, SchoolClosurePublished closure, CancellationToken cancellation)
    {
        if (!await held.HasRoomAsync(incoming.Sender, incoming.Key, cancellation))
        {
            return HeldMessages.TooMany;
        }

        // Kept before it is told, so that a stop in between leaves it to be told again.
        return await held.KeepAsync(HeldKind.Closure, HeldMessage.Of(incoming, Until(closure)), cancellation)
            ? await TellAsync(incoming.Key, incoming.MessageId, closure, cancellation)
            : Taken.Again;
    }

    /// <summary>Tells every assessment that has not heard of it since it last asked somebody. Safe to repeat.</summary>
    internal async ValueTask<Taken> TellAsync(string key, string messageId, SchoolClosurePublished closure, CancellationToken cancellation)
    {
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { Agency = closure.School, Open = true, After = after, Limit = Page }, cancellation);
            await Parallel.ForEachAsync(
                page.Items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (summary, stop) => await TellAsync(summary.Id, key, messageId, closure, stop));
            after = page.Next;
        }
        while (after is not null);
        return Taken.Done;
    }

    private async ValueTask TellAsync(AssessmentId assessment, string key, string messageId, SchoolClosurePublished closure, CancellationToken cancellation)
    {
        var asked = (await store.LoadAsync(assessment, cancellation)).State.Requests.Count(request => request.Agency?.Id == closure.School);
        if (asked > 0)
        {
            // What a closure relieves changes with what the school is asked; so does the id. Whatever is decided, the closure was heard.
            await inputs.BringAsync(
                assessment, FormattableString.Invariant($"{messageId} {asked}"), Actor.TheHub with { OnBehalfOf = closure.School.Value }, null,
                new NoteSchoolClosure(key, closure.School, closure.ClosedFrom, closure.ReopensOn.AddDays(-1), $"{closure.Reason}; the school's reference: {closure.Reference}"),
                cancellation);
        }
    }

    private static DateTimeOffset Until(SchoolClosurePublished closure) => new(closure.ReopensOn.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
