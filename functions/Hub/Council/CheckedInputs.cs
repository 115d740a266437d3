using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// One check of an input before it is submitted, for every interface: HTTP, FHIR, the bus and pages. A refused message is not stored, so
/// the same message may be sent again once the cause has been corrected.
/// </summary>
public interface IInputCheck
{
    /// <summary>Why the input cannot be accepted, or null if it can.</summary>
    ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the result of the check must still be true when the hub processes the input; if so, the check is repeated if the case has
    /// changed, and no other case is opened for a child meanwhile.
    /// </summary>
    bool MustHoldDuringTurn(Delivery delivery) => false;
}

/// <summary>Refusal codes that do not depend on the content of the input.</summary>
public static class Refusals
{
    /// <summary>Refusal code for a store that cannot be reached. The same message may be sent again.</summary>
    public const string StoreUnavailable = "store-away";
}

/// <summary>Checks every input against facts outside its own case and then submits it.</summary>
/// <param name="take">Submits the input.</param>
/// <param name="store">The store.</param>
/// <param name="earlier">Finds other cases of the same child.</param>
/// <param name="checks">Further checks of an input before it is submitted.</param>
/// <param name="time">The clock.</param>
public sealed class CheckedInputs(TakeInput take, IAssessmentStore store, EarlierCases earlier, IEnumerable<IInputCheck> checks, TimeProvider time) : IDisposable
{
    private readonly IInputCheck[] checks = [.. checks];

    // When two cases are opened for one child at the same moment, the check for the second case must find the first.
    private readonly SemaphoreSlim oneChildAtATime = new(1, 1);

    /// <summary>Checks and submits an input, as <see cref="TakeInput"/> describes.</summary>
    public async ValueTask<Submission> TakeAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken)
    {
        // A message that was already processed gets the same answer as the first time, even if the case has changed since.
        if (await store.OutcomeAsync(delivery.Assessment, delivery.MessageId, cancellationToken) is not null)
        {
            return await take(delivery, onlyAt, cancellationToken);
        }

        if (Array.Exists(checks, check => check.MustHoldDuringTurn(delivery)))
        {
            return await TakeAloneAsync(() => TakeAsCheckedAsync(delivery, onlyAt, cancellationToken), cancellationToken);
        }

        if (await RefusalOfAsync(delivery, cancellationToken) is { } refusal)
        {
            return await RefusedAsync(delivery, refusal, cancellationToken);
        }

        return EarlierCases.HasChildDetails(delivery.Input)
            ? await TakeAloneAsync(() => TakeChildAsync(delivery, onlyAt, cancellationToken), cancellationToken)
            : await take(delivery, onlyAt, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => oneChildAtATime.Dispose();

    private async ValueTask<Submission> TakeAloneAsync(Func<ValueTask<Submission>> takeAsync, CancellationToken cancellationToken)
    {
        await oneChildAtATime.WaitAsync(cancellationToken);
        try
        {
            return await takeAsync();
        }
        finally
        {
            oneChildAtATime.Release();
        }
    }

    private async ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        foreach (var check in checks)
        {
            if (await check.RefusalOfAsync(delivery, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Checks the input, and submits it to be processed only if the case is still at the version that was checked. If the case
    /// has been edited since the check, checks again.</summary>
    private async ValueTask<Submission> TakeAsCheckedAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = (await store.LoadAsync(delivery.Assessment, cancellationToken)).State.Version;
            if (await RefusalOfAsync(delivery, cancellationToken) is { } refusal)
            {
                return await RefusedAsync(delivery, refusal, cancellationToken);
            }

            var taken = onlyAt?.Contains(version) == false ? await take(delivery, onlyAt, cancellationToken) : await take(delivery, [version], cancellationToken);
            if (taken.Outcome is not null || onlyAt?.Contains(taken.Version) == false)
            {
                return taken;
            }
        }
    }

    private async ValueTask<Submission> TakeChildAsync(Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken)
    {
        // While this message waited, an identical message may have been processed.
        var isRepeat = await store.OutcomeAsync(delivery.Assessment, delivery.MessageId, cancellationToken) is not null;
        var before = (await store.LoadAsync(delivery.Assessment, cancellationToken)).State;
        var seen = isRepeat ? [] : await earlier.FindAsync(delivery.Assessment, delivery.Input, before, cancellationToken);
        if (IsAskedByAFamily(delivery))
        {
            // A family that makes a request learns nothing about other cases and is not delayed: its case is opened, and an officer
            // compares both cases.
            seen = [];
        }
        else if (EarlierCases.RefusalOf(delivery, seen) is { } refusal)
        {
            return await RefusedAsync(delivery, refusal, cancellationToken);
        }

        var taken = await take(delivery, onlyAt, cancellationToken);
        if (taken is { Replayed: false, Outcome.Accepted: true })
        {
            await NoteRaceAsync(delivery, before, seen, cancellationToken);
        }

        return taken;
    }

    private static bool IsAskedByAFamily(Delivery delivery) => delivery is { Input: OpenAssessment, By.Role: ActorRole.Hub };

    /// <summary>Another process of the hub may have opened a case for the same child since this check, so an officer must compare both cases.</summary>
    private async ValueTask NoteRaceAsync(Delivery delivery, AssessmentState before, IReadOnlyList<EarlierCase> seen, CancellationToken cancellationToken)
    {
        var missed = (await earlier.FindAsync(delivery.Assessment, delivery.Input, before, cancellationToken)).ExceptBy(seen.Select(one => one.Case), one => one.Case).ToList();
        if (missed.Count > 0)
        {
            await take(
                new Delivery
                {
                    Assessment = delivery.Assessment,
                    MessageId = $"{delivery.MessageId} earlier-case",
                    By = Actor.TheHub,
                    ReceivedAt = time.GetUtcNow(),
                    CorrelationId = delivery.CorrelationId,
                    Input = new NoteEarlierCase([.. EarlierCases.VisibleToAll(delivery.Assessment.Council, missed).Select(one => one.Case)]),
                },
                null,
                cancellationToken);
        }
    }

    private async ValueTask<Submission> RefusedAsync(Delivery delivery, Refusal refusal, CancellationToken cancellationToken)
    {
        var version = (await store.LoadAsync(delivery.Assessment, cancellationToken)).State.Version;
        return new Submission(new Outcome(false, refusal, version, delivery.Fingerprint), false, version);
    }
}
