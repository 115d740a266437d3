using System.Runtime.CompilerServices;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Returns;

/// <summary>The result for one row of a return.</summary>
public enum TakeoverOutcome
{
    /// <summary>The row was taken over in this run.</summary>
    Taken,

    /// <summary>The row's case is already in the hub, so nothing was changed.</summary>
    AlreadyThere,

    /// <summary>The hub refused the row, for example because the child may already have a case, so an officer must decide.</summary>
    NeedsOfficer,

    /// <summary>The row's request is of a kind that is not taken over.</summary>
    NotTaken,
}

/// <summary>The result for one row of a return, without the child's name.</summary>
/// <param name="Place">Place of the row in the return.</param>
/// <param name="Case">The row's case.</param>
/// <param name="End">What happened to the row.</param>
/// <param name="Words">The reason why the row was not taken over; empty if it was.</param>
public sealed record TakeoverResult(string Place, AssessmentId Case, TakeoverOutcome End, string Words);

/// <summary>
/// Takes over the plans in a return, with one commit for each case. The run does not store a list of the rows that are finished. If a run
/// is interrupted, simply start another; it checks for each row whether the case is already in the store.
/// </summary>
/// <param name="store">The hub's store of cases; the hub must not be running.</param>
/// <param name="rules">The rules.</param>
/// <param name="time">The clock.</param>
public sealed class TakeoverRun(IAssessmentStore store, RuleBook rules, TimeProvider time) : IDisposable
{
    private const string Message = "import";

    private readonly KnownChildren children = new(store);
    private CheckedInputs? inputs;

    /// <summary>The result for each row, in the order of the rows. Each result is returned as soon as it is known.</summary>
    /// <param name="plans">The rows to take over.</param>
    /// <param name="by">The person who takes over the rows.</param>
    /// <param name="cancellationToken">Stops the run between two rows; rows imported by then stay in the hub.</param>
    public async IAsyncEnumerable<TakeoverResult> RunAsync(IEnumerable<PlanToImport> plans, string by, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        var turns = new TurnTaker(store, rules, time);
        inputs ??= new CheckedInputs((delivery, onlyAt, cancellationToken) => turns.SubmitAsync(delivery, onlyAt, cancellationToken), store, new EarlierCases(children), [], time);
        foreach (var plan in plans)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await TakeAsync(plan, by, cancellationToken);
        }

        // The children's details are stored now, so that the hub does not have to read these cases when it starts.
        for (var keeping = new ChildKeeping(children, store); !await keeping.RunAsync(cancellationToken);)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        inputs?.Dispose();
        children.Dispose();
    }

    private async Task<TakeoverResult> TakeAsync(PlanToImport plan, string by, CancellationToken cancellationToken)
    {
        if (plan.Step is null)
        {
            return new(plan.Place, plan.Case, TakeoverOutcome.NotTaken, plan.Why);
        }

        if ((await store.LoadAsync(plan.Case, cancellationToken)).State.Version > 0)
        {
            return new(plan.Place, plan.Case, TakeoverOutcome.AlreadyThere, "");
        }

        var delivery = new Delivery
        {
            Assessment = plan.Case,
            MessageId = Message,
            By = new Actor { Role = ActorRole.CouncilOfficer, Id = by },
            ReceivedAt = time.GetUtcNow(),
            Input = plan.Step,
        };
        var outcome = (await inputs!.TakeAsync(delivery, null, cancellationToken)).Outcome!;
        return outcome.Accepted
            ? new(plan.Place, plan.Case, TakeoverOutcome.Taken, "")
            : new(plan.Place, plan.Case, TakeoverOutcome.NeedsOfficer, $"{outcome.Refusal!.Code}: {outcome.Refusal.Reason}");
    }
}
