using IntegrationHub.Contracts.Fhir.TaskLife;
using TaskStatus = Hl7.Fhir.Model.Task.TaskStatus;

namespace IntegrationHub.Fhir.Tests;

public sealed class TaskLifeTable
{
    // The table as people read it; the code is a switch.
    private static readonly Dictionary<TaskStatus, TaskStatus[]> Table = new()
    {
        [TaskStatus.Draft] = [TaskStatus.Requested, TaskStatus.Cancelled],
        [TaskStatus.Requested] = [TaskStatus.Received, TaskStatus.Accepted, TaskStatus.Rejected, TaskStatus.Cancelled],
        [TaskStatus.Received] = [TaskStatus.Accepted, TaskStatus.Rejected, TaskStatus.Cancelled],
        [TaskStatus.Accepted] = [TaskStatus.InProgress, TaskStatus.OnHold, TaskStatus.Completed, TaskStatus.Cancelled, TaskStatus.Failed],
        [TaskStatus.Ready] = [TaskStatus.InProgress, TaskStatus.Cancelled],
        [TaskStatus.InProgress] = [TaskStatus.OnHold, TaskStatus.Completed, TaskStatus.Failed, TaskStatus.Cancelled],
        [TaskStatus.OnHold] = [TaskStatus.InProgress, TaskStatus.Failed, TaskStatus.Cancelled],
        [TaskStatus.Rejected] = [TaskStatus.Accepted],
        [TaskStatus.Cancelled] = [],
        [TaskStatus.Failed] = [TaskStatus.Accepted],
        [TaskStatus.Completed] = [],
    };

    [Fact]
    public void Every_pair_is_as_in_the_table()
    {
        foreach (var from in Enum.GetValues<TaskStatus>())
        {
            foreach (var to in Enum.GetValues<TaskStatus>())
            {
                var allowed = from != TaskStatus.EnteredInError
                    && (to == TaskStatus.EnteredInError || Table[from].Contains(to) || (from == to && !TaskTransitions.IsFinal(from)));
                Assert.True(allowed == TaskTransitions.IsAllowed(from, to), $"{from} to {to}");
            }
        }
    }

    [Fact]
    public void Four_statuses_must_be_explained() =>
        Assert.Equal(
            [TaskStatus.Rejected, TaskStatus.Cancelled, TaskStatus.OnHold, TaskStatus.Failed],
            Enum.GetValues<TaskStatus>().Where(status => TaskTransitions.NeedsReason(status)));
}
