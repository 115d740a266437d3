using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices;

/// <summary>
/// Sends reminders and escalations. The agency's own system is notified through the agency's channel, and the person in the named role by a
/// notice. Roles in the council itself are notified only by a notice.
/// </summary>
/// <param name="agencies">Notifies the agency's system.</param>
/// <param name="dispatcher">Notifies people.</param>
/// <param name="store">The store of assessments.</param>
/// <param name="rules">The rules.</param>
/// <param name="options">Settings for notices, including the hub's address.</param>
/// <param name="time">The clock.</param>
/// <param name="directory">
/// The directory that says how agencies are reached, or null if no agency answers requests on the hub's web pages.
/// </param>
public sealed class ChaseNotices(
    IEffectHandler agencies, NoticeDispatcher dispatcher, IAssessmentStore store, RuleBook rules, NoticeOptions options, TimeProvider time, AgencyDirectory? directory = null)
    : IEffectHandler
{
    private const string ByHand = "by-hand@";

    private static readonly HashSet<string> OfTheCouncil = new(StringComparer.Ordinal) { "case officer", "council's SEND lead", "key worker" };

    /// <inheritdoc/>
    public bool Handles(Effect effect) => effect is SendReminder or SendEscalation;

    /// <inheritdoc/>
    public async ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default)
    {
        var (requestId, agency, step) = effect.Effect switch
        {
            SendReminder e => (e.RequestId, e.Agency, e.Step),
            SendEscalation e => (e.RequestId, e.Agency, e.Step),
            var other => throw new ArgumentException($"{other.GetType().Name} chases nobody.", nameof(effect)),
        };
        var state = (await store.LoadAsync(effect.Assessment, cancellationToken)).State;
        var book = rules.For(effect.Assessment);
        var request = state.Requests.First(r => r.Id == requestId);
        if (!request.IsOpen && request.Status != RequestStatus.Declined)
        {
            // The advice arrived between the decision to chase and this attempt, so nobody is chased for it.
            await dispatcher.ForgetAsync(effect.Id, cancellationToken);
            return EffectResult.Done("settled meanwhile");
        }

        var taken = book.Chase.Find(request, step);
        var role = (effect.Effect as SendEscalation)?.ToRole ?? taken?.To ?? NoticeDirectory.Contributor;
        if (!OfTheCouncil.Contains(role) && await agencies.RunAsync(effect, cancellationToken) is { Fault: not EffectFault.None } fault
            && (fault.Fault != EffectFault.NoChannel || request.NotSentOn is not null || !dispatcher.Sends))
        {
            // If there is no channel to the agency's system, the agency's contact can still be notified, but only of a request that was
            // sent to the agency.
            return fault;
        }

        var due = Chasing.DueDay(state, request, book);
        var answers = role == NoticeDirectory.Contributor && directory?.For(agency).Reach == Reach.Web;

        // The reminder goes to the person to whom the request was last passed on.
        var colleague = answers ? request.PassedOnTo?[^1] : null;
        return await dispatcher.NotifyAsync(
            new NoticeItem
            {
                EffectId = effect.Id,
                Assessment = effect.Assessment,
                Recipient = NoticeDirectory.Key(
                    OfTheCouncil.Contains(role) ? CouncilKey(effect.Assessment, role, state) : agency.Value, colleague is null ? role : NoticeDirectory.RoleOf(requestId, colleague.Id)),
                Role = role,
                Wording = Wording(taken, step, effect.Effect, due),
                What = Words.Of(request),
                RequestId = requestId,
                Due = due,
                Law = AnswerDuties.SentenceFor(request),
                Link = OfTheCouncil.Contains(role) ? $"{options.BaseAddress}/workspace/cases/{effect.Assessment}" : answers ? NoticeItem.AnswerLink : NoticeItem.OwnLink,
                Colleague = colleague?.Id,
                Gathers = !step.StartsWith(ByHand, StringComparison.Ordinal),
            },
            answers && (colleague?.Mail ?? request.Person?.Mail) is { } mail ? new NoticeAddress { Mail = mail } : null,
            cancellationToken: cancellationToken);
    }

    /// <summary>The case officer is notified individually; if there is none, the council's role is notified.</summary>
    internal static string CouncilKey(AssessmentId assessment, string role, AssessmentState state) =>
        role == "case officer" && state.CaseOfficer is { } officer ? $"{assessment.Council}/{officer}" : assessment.Council.Value;

    private string Wording(ChaseStep? taken, string step, Effect effect, DateOnly due) => taken?.Wording is { } own && NoticeWording.Default.Has(own)
        ? own
        : step.StartsWith(ByHand, StringComparison.Ordinal) ? "byHand"
        : effect is SendEscalation ? "escalation"
        : due < LondonDate.Of(time.GetUtcNow()) ? "reminderOverdue" : "reminder";
}
