using System.Runtime.CompilerServices;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Returns;

/// <summary>What became of one row of a return.</summary>
public enum TakeoverEnd
{
    /// <summary>It was taken over now.</summary>
    Taken,

    /// <summary>Its case is in the hub already: nothing was changed.</summary>
    AlreadyThere,

    /// <summary>The hub refused it, for instance because it may be a child who has a case: a person decides.</summary>
    ForAPerson,

    /// <summary>It is none that is taken over.</summary>
    NotTaken,
}

/// <summary>What became of one row of a return. It names no child.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Case">Its case.</param>
/// <param name="End">What became of it.</param>
/// <param name="Words">Why, where it was not taken.</param>
public sealed record TakeoverResult(string Place, AssessmentId Case, TakeoverEnd End, string Words);

/// <summary>
/// Takes the plans of a return over, one case a commit. It keeps no list of its own: broken off, it is begun again, and each row finds its
/// case, or does not, in the store.
/// </summary>
/// <param name="store">The store of a hub that nobody else drives meanwhile.</param>
/// <param name="rules">The rules.</param>
/// <param name="time">The clock.</param>
public sealed class TakeoverRun(IAssessmentStore store, RuleBook rules, TimeProvider time) : IDisposable
{
    private const string Message = "import";

    private readonly KnownChildren children = new(store);
    private CheckedInputs? inputs;

    /// <summary>What becomes of each row, in their order, as it does.</summary>
    /// <param name="plans">The rows.</param>
    /// <param name="by">Who takes them over.</param>
    /// <param name="cancellation">Stops between two rows; what is in by then stays.</param>
    public async IAsyncEnumerable<TakeoverResult> RunAsync(IEnumerable<PlanToTake> plans, string by, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        var turns = new TurnTaker(store, rules, time);
        inputs ??= new CheckedInputs((delivery, onlyAt, stop) => turns.SubmitAsync(delivery, onlyAt, stop), store, new EarlierCases(children), [], time);
        foreach (var plan in plans)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return await TakeAsync(plan, by, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        inputs?.Dispose();
        children.Dispose();
    }

    private async Task<TakeoverResult> TakeAsync(PlanToTake plan, string by, CancellationToken cancellation)
    {
        if (plan.Step is null)
        {
            return new(plan.Place, plan.Case, TakeoverEnd.NotTaken, plan.Why);
        }

        if ((await store.LoadAsync(plan.Case, cancellation)).State.Version > 0)
        {
            return new(plan.Place, plan.Case, TakeoverEnd.AlreadyThere, "");
        }

        var delivery = new Delivery
        {
            Assessment = plan.Case,
            MessageId = Message,
            By = new Actor { Role = ActorRole.CouncilOfficer, Id = by },
            ReceivedAt = time.GetUtcNow(),
            Input = plan.Step,
        };
        var outcome = (await inputs!.TakeAsync(delivery, null, cancellation)).Outcome!;
        return outcome.Accepted
            ? new(plan.Place, plan.Case, TakeoverEnd.Taken, "")
            : new(plan.Place, plan.Case, TakeoverEnd.ForAPerson, $"{outcome.Refusal!.Code}: {outcome.Refusal.Reason}");
    }
}
