using TaskStatus = Hl7.Fhir.Model.Task.TaskStatus;

namespace IntegrationHub.Contracts.Fhir.TaskLife;

/// <summary>
/// The allowed changes of a Task's status. FHIR R4 publishes only a typical flow and leaves each server to decide which changes it allows.
/// The hub's table also allows accepted to on-hold, because NHS practice uses it (genomics, sample missing), and rejected or failed to
/// accepted, because a body that refused by mistake can still answer.
/// </summary>
public static class TaskTransitions
{
    /// <summary>
    /// Whether a task's status is allowed to change from the one given status to the other.
    /// Setting the present status again is always allowed, unless that status ends the task.
    /// </summary>
    public static bool IsAllowed(TaskStatus from, TaskStatus to) => (from, to) switch
    {
        (TaskStatus.EnteredInError, _) => false,
        (_, TaskStatus.EnteredInError) => true,
        (TaskStatus.Rejected or TaskStatus.Failed, TaskStatus.Accepted) => true,
        (TaskStatus.Rejected or TaskStatus.Cancelled or TaskStatus.Failed or TaskStatus.Completed, _) => false,
        _ when from == to => true,
        (TaskStatus.Draft, TaskStatus.Requested or TaskStatus.Cancelled) => true,
        (TaskStatus.Requested, TaskStatus.Received or TaskStatus.Accepted or TaskStatus.Rejected or TaskStatus.Cancelled) => true,
        (TaskStatus.Received, TaskStatus.Accepted or TaskStatus.Rejected or TaskStatus.Cancelled) => true,
        (TaskStatus.Accepted, TaskStatus.InProgress or TaskStatus.OnHold or TaskStatus.Completed or TaskStatus.Cancelled or TaskStatus.Failed) => true,
        (TaskStatus.Ready, TaskStatus.InProgress or TaskStatus.Cancelled) => true,
        (TaskStatus.InProgress, TaskStatus.OnHold or TaskStatus.Completed or TaskStatus.Failed or TaskStatus.Cancelled) => true,
        (TaskStatus.OnHold, TaskStatus.InProgress or TaskStatus.Failed or TaskStatus.Cancelled) => true,
        _ => false,
    };

    /// <summary>Whether a status must be explained in statusReason (NHS practice always fills it for these statuses).</summary>
    public static bool NeedsReason(TaskStatus? status) =>
        status is TaskStatus.OnHold or TaskStatus.Rejected or TaskStatus.Cancelled or TaskStatus.Failed;

    /// <summary>Whether the status ends the task. A body that refused can still accept; any other ended task can change only to
    /// entered-in-error.</summary>
    public static bool IsFinal(TaskStatus? status) =>
        status is TaskStatus.Rejected or TaskStatus.Cancelled or TaskStatus.Failed or TaskStatus.Completed or TaskStatus.EnteredInError;
}
