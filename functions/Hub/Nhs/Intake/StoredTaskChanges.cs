using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>Makes a change again from two stored versions of a Task and what its output refers to.</summary>
public sealed class StoredTaskChanges(IFhirResourceStore store) : ITaskChangeSource
{
    /// <inheritdoc/>
    public async ValueTask<TaskChange?> Of(PendingNews news, CancellationToken cancel)
    {
        var after = await store.Read(news.Type, news.Id, news.Version, cancel);
        var before = await store.Read(news.Type, news.Id, news.Version - 1, cancel);
        if (after is not { Deleted: false } || before is not { Deleted: false })
        {
            return null;
        }

        var (was, now) = (before.Parse<FhirTask>(), after.Parse<FhirTask>());
        AdviceOutput? output = null;
        if (now.Status == FhirTask.TaskStatus.Completed && was.Status != FhirTask.TaskStatus.Completed)
        {
            var found = await TaskIntake.Gather(new IntakeRound(new FhirCaller(after.WrittenBy, MayWrite: false), store), now, cancel);
            var received = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after.LastUpdated, TaskIntake.London).Date);
            output = AdviceInTask.Read(now, reference => References.Local(reference) is { } local ? found.GetValueOrDefault(local) : null, received).Value;
        }

        return TaskIntake.Change(was, now, output, $"Task/{news.Id}/_history/{news.Version}", after.WrittenBy, after.LastUpdated);
    }
}
