using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>Rebuilds a change from two stored versions of a Task and the resources in its output.</summary>
public sealed class StoredTaskChanges(IFhirResourceStore store) : ITaskChangeSource
{
    /// <inheritdoc/>
    public async ValueTask<TaskChange?> Of(UnreportedVersion news, CancellationToken cancel)
    {
        var after = await store.Read(news.Type, news.Id, news.Version, cancel);
        var before = await store.Read(news.Type, news.Id, news.Version - 1, cancel);
        if (after is not { Deleted: false } || before is not { Deleted: false })
        {
            return null;
        }

        var round = new IntakeRound(new FhirCaller(after.WrittenBy, MayWrite: false), store, view: null);
        if (news.Type != "Task")
        {
            return await Correction(round, after, $"{news.Type}/{news.Id}/_history/{news.Version}", cancel);
        }

        var (was, now) = (before.Parse<FhirTask>(), after.Parse<FhirTask>());
        FhirReading<AdviceOutput>? read = null;
        var corrects = was.Status == FhirTask.TaskStatus.Completed && !TaskRules.SameOutput(was, now);
        if (now.Status == FhirTask.TaskStatus.Completed && (corrects || was.Status != FhirTask.TaskStatus.Completed))
        {
            var found = await TaskIntake.Gather(round, now, cancel);
            var received = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after.LastUpdated, TaskIntake.London).Date);
            read = AdviceInTask.Read(now, reference => References.Local(reference) is { } local ? found.GetValueOrDefault(local) : null, received, corrects);
        }

        return TaskIntake.Change(was, now, read?.Value, $"Task/{news.Id}/_history/{news.Version}", after.WrittenBy, after.LastUpdated) with { Unreadable = Faults(read?.Problems ?? []) };
    }

    private async ValueTask<TaskChange?> Correction(IntakeRound round, StoredResource after, string id, CancellationToken cancel)
    {
        if (await HandedIn.TasksOf(store, after.Reference, cancel) is not [var task, ..])
        {
            return null;
        }

        var (change, problems) = await HandedIn.Changed(round, task.Parse<FhirTask>(), id, after.Parse<Resource>(), after.WrittenBy, after.LastUpdated, cancel);
        return change with { Unreadable = Faults(problems) };
    }

    // Accepted content can only become unreadable if the rules for reading changed in between; then a person must look at it.
    private static string? Faults(IReadOnlyList<FhirProblem> problems) =>
        problems.Count == 0 ? null : string.Join(" ", problems.Take(3).Select(problem => $"{problem.Path}: {problem.Reason}"));
}
