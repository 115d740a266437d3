using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Embedded.Due;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>The next row numbers of the tables to which rows are only added.</summary>
internal record struct NextRows(long Key, long Turn, long Inbox, long Effect);

/// <summary>
/// The requests of many callers that are written in one transaction. The group sees its own writes through <see cref="AssessmentWork"/>;
/// all other code sees them when <see cref="Publish"/> is called after the commit. If a group fails, it is dropped, and the data in memory
/// stay unchanged.
/// </summary>
internal sealed class WriteGroup(
    WriteStatements statements,
    AssessmentReader reader,
    HeldAssessments heldAssessments,
    DueAssessments dueAssessments,
    WaitingRows waitingRows,
    OpenEffects openEffects,
    NextRows next,
    int requests)
{
    /// <summary>If more effects than this number are open, the contents of further effects stay on disk until the effects are
    /// due.</summary>
    internal const int MaxEffectsInMemory = 65_536;

    private readonly Dictionary<AssessmentId, AssessmentWork> works = new(requests);
    private readonly List<OpenEffect> decided = [];
    private readonly Dictionary<OpenEffect, (int Attempts, DateTimeOffset? DueAt)> attempts = new(requests);
    private NextRows next = next;

    internal WriteStatements Statements => statements;

    internal NextRows Next => next;

    internal long NextKey() => next.Key++;

    internal long NextTurn() => next.Turn++;

    internal long NextInbox() => next.Inbox++;

    internal AssessmentWork For(AssessmentId id)
    {
        if (!works.TryGetValue(id, out var work))
        {
            // The group has not yet written anything for this assessment, so the data that the connection reads here are durable.
            works[id] = work = new AssessmentWork(id, heldAssessments.Find(id) ?? reader.Load(id, waitingRows.Of(id)) ?? throw Encoding.Damaged("a delivery is missing"));
        }

        return work;
    }

    /// <returns>The row number of the request's first effect. The request's other effects have the numbers that follow.</returns>
    internal long NewEffects(CommitRequest request, DateTimeOffset? at)
    {
        var first = next.Effect;
        for (var n = 0; n < request.Effects.Length; n++)
        {
            var effect = request.Turn.Effects[n];
            var no = next.Effect++;
            statements.NewEffect.Bind(1, no).Bind(2, request.Effects[n]).Bind(3, at!.Value.UtcTicks).Run();
            decided.Add(new OpenEffect
            {
                No = no,
                Id = effect.Id,
                Assessment = effect.Assessment.Value,
                Effect = openEffects.Count + decided.Count < MaxEffectsInMemory ? effect : null,
                DueAt = at.Value,
            });
        }

        return first;
    }

    /// <returns>False if the effect has ended or does not exist, in which case nothing was written.</returns>
    internal bool Attempt(EffectAttempt attempt)
    {
        if (openEffects.Find(attempt.EffectId) is not { } open)
        {
            return false;
        }

        var (made, _) = attempts.TryGetValue(open, out var inGroup) ? inGroup : (open.Attempts, open.DueAt);
        if (inGroup is { Attempts: > 0, DueAt: null })
        {
            return false;
        }

        attempts[open] = (made + 1, attempt.RetryAt);
        statements.Attempt
            .Bind(1, open.No)
            .Bind(2, (long)made + 1)
            .Bind(3, attempt.RetryAt?.UtcTicks)
            .Bind(4, (long?)attempt.End)
            .Bind(5, attempt.Result.Detail)
            .Run();
        return true;
    }

    /// <summary>Writes those rows of each assessment that are written only once per group.</summary>
    internal void Finish()
    {
        foreach (var work in works.Values)
        {
            work.Finish(this);
        }
    }

    /// <summary>Called after the commit to make the changes visible to all other code.</summary>
    internal void Publish()
    {
        foreach (var (id, work) in works)
        {
            var held = work.Publish();
            waitingRows.Set(id, held.Inbox);
            heldAssessments.Publish(id, held);
            dueAssessments.Set(id, held.WakeAt, held.Inbox.Count == 0 ? null : held.Inbox[0].Delivery.ReceivedAt);
        }

        foreach (var effect in decided)
        {
            openEffects.Add(effect);
        }

        foreach (var (effect, (made, dueAt)) in attempts)
        {
            if (dueAt is { } again)
            {
                openEffects.Retry(effect, made, again);
            }
            else
            {
                openEffects.End(effect);
            }
        }
    }

}
