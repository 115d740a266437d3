using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Stores each version of a plan in every format, once and permanently. The pages are made from the state of the assessment when the version
/// was prepared, not from its present state, so a second attempt creates the same bytes and finds them already stored.
/// </summary>
public sealed class PlanKeeping(IAssessmentStore store, PlanStore plans, RuleBook rules) : IEffectHandler
{
    private const int EventsAtOnce = 200;

    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is StorePlan;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        var version = ((StorePlan)effect.Effect).Version;
        if (await AsPreparedAsync(effect, version, cancellationToken) is not { NewestPlan: { } plan } state)
        {
            return EffectResult.Permanent(FormattableString.Invariant($"Version {version} was never prepared."));
        }

        var kept = await plans.KeepAsync(PlanFiles.Of(plan, Facts(state, plan, rules.For(effect.Assessment))), cancellationToken);
        return kept.Outcome switch
        {
            _ when kept.Succeeded => EffectResult.Done($"{kept.Value!.Files[0].Name}{StorePlan.HashSeparator}{kept.Value.Hash}"),
            KeepingOutcome.Transient => EffectResult.Transient(kept.Reason),
            _ => EffectResult.NeedsHuman(kept.Reason),
        };
    }

    /// <summary>The facts that the first page of a version of the plan shows.</summary>
    internal static PlanSummaryFacts Facts(AssessmentState state, PlanDocument plan, Rules book)
    {
        var finalBy = Limits.Of(state, plan.PreparedOn, book).FirstOrDefault(l => l.Limit.RuleKey == "finalPlan")?.Limit.Due;
        return PlanSummaryFacts.For(plan, book.LawOn(state.Facts!.ReceivedOn), finalBy: finalBy) with
        {
            CouncilName = book.Council.Name,
            Contact = new PlanContact(state.KeyWorker ?? state.CaseOfficer ?? "The council's special educational needs team"),
            IndependentHelp = book.Council.InformationAndAdvice ?? "The local information, advice and support service",
        };
    }

    /// <summary>The state of the assessment right after this version was prepared, or null if the version was never prepared.</summary>
    private async ValueTask<AssessmentState?> AsPreparedAsync(OutboxEffect effect, int version, CancellationToken cancellationToken)
    {
        var state = AssessmentState.None(effect.Assessment);
        for (var last = EventsAtOnce; last == EventsAtOnce;)
        {
            var events = await store.EventsAsync(effect.Assessment, state.Version, EventsAtOnce, cancellationToken);
            foreach (var recorded in events)
            {
                state = Assessment.Evolve(state, recorded.What);
                if (recorded.What is PlanPrepared or PlanTextEntered && state.NewestPlan?.Version == version)
                {
                    return state;
                }
            }

            last = events.Count;
        }

        return null;
    }
}
