using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices;

/// <summary>
/// Notifies the council that a time limit that it must meet will expire soon or has expired. The case officer is notified first, then
/// the head of service.
/// </summary>
/// <param name="dispatcher">Notifies people.</param>
/// <param name="store">The store of assessments.</param>
/// <param name="rules">The rules.</param>
/// <param name="options">Settings for notices, including the hub's address.</param>
/// <param name="time">The clock.</param>
public sealed class DutyNotices(NoticeDispatcher dispatcher, IAssessmentStore store, RuleBook rules, NoticeOptions options, TimeProvider time) : IEffectHandler
{
    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is RemindOfDuty;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        if (effect.Effect is not RemindOfDuty duty)
        {
            throw new ArgumentException($"{effect.Effect.GetType().Name} is not a reminder of a duty.", nameof(effect));
        }

        var state = (await store.LoadAsync(effect.Assessment, cancellationToken)).State;
        var book = rules.For(effect.Assessment);
        var today = LondonDate.Of(time.GetUtcNow());
        if (Limits.OpenLimit(state, duty.Limit, today, book) is not { } limit)
        {
            await dispatcher.ForgetAsync(effect.Id, cancellationToken);
            return EffectResult.Done("settled meanwhile");
        }

        var step = book.Chase.DutySteps.FirstOrDefault(s => s.Key == duty.Step);
        var overdue = limit.Due < today;
        return await dispatcher.NotifyAsync(
            new NoticeItem
            {
                EffectId = effect.Id,
                Assessment = effect.Assessment,
                Recipient = NoticeDirectory.Key(ChaseNotices.CouncilKey(effect.Assessment, duty.ToRole, state), duty.ToRole),
                Role = duty.ToRole,
                Wording = step?.Wording is { } own && NoticeWording.Default.Has(own) ? own : overdue ? "dutyOverdue" : "duty",
                What = limit.Title,
                Due = limit.Due,
                Law = limit.Citation,
                Link = $"{options.BaseAddress}/workspace/cases/{effect.Assessment}",
            },
            cancellationToken: cancellationToken);
    }
}
