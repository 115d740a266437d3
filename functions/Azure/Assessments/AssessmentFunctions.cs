using IntegrationHub.Orchestrations.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IntegrationHub.Azure.Assessments;

/// <summary>The orchestrator and its activities, in the form that Azure Functions discovers: one activity for each kind of
/// effect.</summary>
public sealed class AssessmentFunctions(TurnActivity turn, EffectActivity effect)
{
    /// <summary>The orchestrator that takes the turns of one assessment.</summary>
    [Function(AssessmentOrchestrator.Name)]
    public static Task DriveAsync([OrchestrationTrigger] TaskOrchestrationContext context) => AssessmentOrchestrator.RunAsync(context);

    /// <summary>Processes what is due in an assessment (a turn).</summary>
    [Function(TurnActivity.Name)]
    public Task<TurnReport> TakeTurnAsync([ActivityTrigger] string assessment, CancellationToken cancellationToken) => turn.RunAsync(assessment, cancellationToken);

    /// <summary>Sends a request for advice.</summary>
    [Function(EffectActivities.SendAdviceRequest)]
    public Task SendAdviceRequestAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Sends a reminder to an agency.</summary>
    [Function(EffectActivities.SendReminder)]
    public Task SendReminderAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Sends an escalation.</summary>
    [Function(EffectActivities.SendEscalation)]
    public Task SendEscalationAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Sends the withdrawal of a request for advice.</summary>
    [Function(EffectActivities.SendWithdrawal)]
    public Task SendWithdrawalAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Sends a correction.</summary>
    [Function(EffectActivities.SendCorrection)]
    public Task SendCorrectionAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Returns insufficient advice to its sender.</summary>
    [Function(EffectActivities.ReturnAdviceToAuthor)]
    public Task ReturnAdviceAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Sends a notice.</summary>
    [Function(EffectActivities.SendNotice)]
    public Task SendNoticeAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Stores a plan.</summary>
    [Function(EffectActivities.StorePlan)]
    public Task StorePlanAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Sends a reminder of a time limit that the council must meet.</summary>
    [Function(EffectActivities.RemindOfDuty)]
    public Task RemindOfDutyAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);

    /// <summary>Publishes the status of an assessment.</summary>
    [Function(EffectActivities.PublishStatus)]
    public Task PublishStatusAsync([ActivityTrigger] DueEffect due, CancellationToken cancellationToken) => effect.RunAsync(due, cancellationToken);
}
