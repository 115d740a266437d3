using TaskStatus = Hl7.Fhir.Model.Task.TaskStatus;

namespace IntegrationHub.Contracts.Fhir.TaskLife;

/// <summary>
/// Which status may follow which. FHIR R4 publishes only a typical flow and leaves the table to the server; this is the hub's, with
/// accepted to on-hold allowed because NHS practice does so (genomics, sample missing).
/// </summary>
public static class TaskTransitions
{
    /// <summary>
    /// May a task go from <paramref name="from"/> to <paramref name="to"/>? Keeping the same status is always allowed, except one that ends the task.
    /// </summary>
    public static bool IsAllowed(TaskStatus from, TaskStatus to) => (from, to) switch
    {
        (TaskStatus.EnteredInError, _) => false,
        (_, TaskStatus.EnteredInError) => true,
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

    /// <summary>Statuses that must be explained in statusReason (NHS practice fills it on every one of these).</summary>
    public static bool NeedsReason(TaskStatus? status) =>
        status is TaskStatus.OnHold or TaskStatus.Rejected or TaskStatus.Cancelled or TaskStatus.Failed;

    /// <summary>Nothing but entered-in-error can follow.</summary>
    public static bool IsFinal(TaskStatus? status) =>
        status is TaskStatus.Rejected or TaskStatus.Cancelled or TaskStatus.Failed or TaskStatus.Completed or TaskStatus.EnteredInError;
}
