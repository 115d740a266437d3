using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Posting;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Faults;

/// <summary>All agencies of the country, behind the hub's own agency effects. They drop repeats by the effect's id, as real ones do.</summary>
/// <param name="reach">Those reached in this way.</param>
/// <param name="ledgers">The cases.</param>
/// <param name="conduct">How they go about requests.</param>
/// <param name="tell">The hub's own way to them.</param>
/// <param name="time">The clock of the year.</param>
internal sealed class SimulatedAgencies(
    Reach reach, Ledgers ledgers, AgencyConduct conduct, Func<CaseLedger, AgencyMessage, CancellationToken, ValueTask<EffectResult>> tell, TimeProvider time) : IAgencyChannel
{
    public Reach Reach => reach;

    public async ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (ledgers.Find(message.Assessment) is not { } ledger)
        {
            return EffectResult.Done(message.EffectId);
        }

        if (await tell(ledger, message, cancellationToken) is { Fault: not EffectFault.None } failed)
        {
            return failed;
        }

        if (ledger.Happens(message.EffectId, Words(message), Calendar.Day(now)))
        {
            conduct.Hears(ledger, message, now);
        }

        return EffectResult.Done(message.EffectId);
    }

    private static string Words(AgencyMessage message) => message.Kind switch
    {
        AgencyMessageKind.Request => $"request {message.Request.Id} {message.Agency.Id}",
        AgencyMessageKind.Reminder => $"reminder {message.Request.Id} {message.Agency.Id} {message.Step}",
        AgencyMessageKind.Escalation => $"escalation {message.Request.Id} {message.Agency.Id} {message.Step} {message.ToRole}",
        AgencyMessageKind.Withdrawal => $"withdrawal {message.Request.Id} {message.Agency.Id}",
        _ => $"return {message.Request.Id} {message.Agency.Id}",
    };
}

/// <summary>Where plans are kept: a shelf that takes each version once. Forms and files are written by the hub's own plan keeping for plans that move alone; a year's worth of them is not.</summary>
internal sealed class Shelf(IAssessmentStore store, Ledgers ledgers, Func<OutboxEffect, CancellationToken, ValueTask<EffectResult>> keep, TimeProvider time) : IEffectHandler
{
    public bool Handles(Effect effect) => effect is StorePlan;

    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        var version = ((StorePlan)effect.Effect).Version;
        if (ledgers.Find(effect.Assessment) is { } putting)
        {
            putting.ShelvedAt = time.GetUtcNow();
        }

        var state = (await store.LoadAsync(effect.Assessment, cancellationToken)).State;
        if (state.Plans.FirstOrDefault(p => p.Version == version) is not { } plan)
        {
            return EffectResult.Permanent("This version was never prepared.");
        }

        if (ledgers.Find(effect.Assessment) is { } ledger && ledger.Happens(effect.Id, EffectWords.Of(effect.Effect), Calendar.Day(time.GetUtcNow())))
        {
            // Twice under two ids would be two versions on one place: the first stays, and the checker sees that they differ.
            ledger.Shelf.TryAdd(version, plan.ContentHash);
        }

        return ledgers.Find(effect.Assessment)?.Person is { Moves: true } or { From: not null } ? await keep(effect, cancellationToken) : EffectResult.Done($"{effect.Assessment}/plan-{version}");
    }
}

/// <summary>
/// A post that exists in the simulation alone: the hub's letters are written, and each leaves once for whom it is addressed to. And the bus's topic of stages, and
/// those in the council who are reminded of its duties.
/// </summary>
internal sealed class SimulatedPost(IAssessmentStore store, Ledgers ledgers, LetterDesk letters, TimeProvider time) : IEffectHandler
{
    public bool Handles(Effect effect) => effect is SendNotice or PublishStatus or RemindOfDuty;

    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        var ledger = ledgers.Find(effect.Assessment);
        if (effect.Effect is SendNotice && ledger?.ShelvedAt == time.GetUtcNow())
        {
            // Letters leave with a later post than the one that brought the plan: whether a death came between the two must not show.
            return EffectResult.Transient("The plan is just being put on its shelf.");
        }

        if (effect.Effect is SendNotice { NoticeId: var id })
        {
            var state = (await store.LoadAsync(effect.Assessment, cancellationToken)).State;
            if (state.Notices.First(n => n.Id == id).PlanVersion is { } version && state.Plans.First(p => p.Version == version).KeptAt is null)
            {
                // A plan that nobody can open does not count as sent.
                return EffectResult.Transient(FormattableString.Invariant($"Version {version} of the plan has not been stored yet."));
            }

            if (ledger is not null && !letters.Leaves(ledger, state, id, NoticeChannel.Electronic))
            {
                return EffectResult.NeedsHuman("The letter cannot be written.");
            }
        }

        ledger?.Happens(effect.Id, EffectWords.Of(effect.Effect), Calendar.Day(time.GetUtcNow()));
        return EffectResult.Done("simulated post");
    }
}

/// <summary>The way to the other side, on which things are lost.</summary>
internal sealed class FaultyWay(IEffectHandler inner, FaultPlan plan, TimeProvider time, Action<AssessmentId> needsPerson) : IEffectHandler
{
    public bool Handles(Effect effect) => inner.Handles(effect);

    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        var fault = plan.OfAttempt(effect.Id, AgencyOf(effect.Effect), time.GetUtcNow());
        switch (fault)
        {
            case OutsideFault.Lost:
                return EffectResult.Transient("The other side is away.");
            case OutsideFault.Throws:
                throw new InvalidOperationException("A simulated fault of the hub itself.");
            case OutsideFault.NeedsHuman:
                needsPerson(effect.Assessment);
                return EffectResult.NeedsHuman("An address is missing.");
            case OutsideFault.Permanent:
                needsPerson(effect.Assessment);
                return EffectResult.Permanent("The other side refuses it.");
        }

        var result = await inner.RunAsync(effect, cancellationToken);
        return fault == OutsideFault.AnswerLost && result.Fault == EffectFault.None ? EffectResult.Transient("No answer came.") : result;
    }

    private static AgencyId? AgencyOf(Effect effect) => effect switch
    {
        SendAdviceRequest e => e.Agency,
        SendReminder e => e.Agency,
        SendEscalation e => e.Agency,
        SendWithdrawal e => e.Agency,
        SendCorrection e => e.Agency,
        ReturnAdviceToAuthor e => e.Agency,
        _ => null,
    };
}
