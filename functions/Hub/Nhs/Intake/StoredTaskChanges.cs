using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>Rebuilds a change to a Task from two stored versions of the Task and the resources in its output.</summary>
public sealed class StoredTaskChanges(IFhirResourceStore store) : ITaskChangeSource
{
    /// <inheritdoc/>
    public async ValueTask<TaskChange?> OfAsync(UnreportedVersion news, CancellationToken cancellationToken)
    {
        var after = await store.ReadAsync(news.Type, news.Id, news.Version, cancellationToken);
        var before = await store.ReadAsync(news.Type, news.Id, news.Version - 1, cancellationToken);
        if (after is not { Deleted: false } || before is not { Deleted: false })
        {
            return null;
        }

        var round = new IntakeRound(new FhirCaller(after.WrittenBy, MayWrite: false), store, view: null, endpoint: "");
        if (news.Type != "Task")
        {
            return await CorrectionAsync(round, before, after, $"{news.Type}/{news.Id}/_history/{news.Version}", cancellationToken);
        }

        var (was, now) = (before.Parse<FhirTask>(), after.Parse<FhirTask>());
        FhirReading<AdviceOutput>? read = null;
        var corrects = was.Status == FhirTask.TaskStatus.Completed && !TaskRules.SameOutput(was, now);
        if (now.Status == FhirTask.TaskStatus.Completed && (corrects || was.Status != FhirTask.TaskStatus.Completed))
        {
            var found = await TaskIntake.GatherAsync(round, now, cancellationToken);
            var received = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after.LastUpdated, TaskIntake.London).Date);
            read = AdviceInTask.Read(now, reference => References.Local(reference) is { } local ? found.GetValueOrDefault(local) : null, received, corrects);
        }

        return TaskIntake.Change(was, now, read?.Value, $"Task/{news.Id}/_history/{news.Version}", after.WrittenBy, after.LastUpdated) with { Unreadable = Faults(read?.Problems ?? []) };
    }

    private async ValueTask<TaskChange?> CorrectionAsync(IntakeRound round, StoredResource before, StoredResource after, string id, CancellationToken cancellationToken)
    {
        if (await HandedIn.TasksOfAsync(store, after.Reference, cancellationToken) is not [var task, ..])
        {
            return null;
        }

        var (change, problems) = await HandedIn.ChangedAsync(round, task.Parse<FhirTask>(), id, (before.Parse<Resource>(), after.Parse<Resource>()), after.WrittenBy, after.LastUpdated, cancellationToken);
        return change with { Unreadable = Faults(problems) };
    }

    // Content that was accepted can be unreadable now only if the rules for reading have changed since then. In this case an officer must
    // check the content.
    private static string? Faults(IReadOnlyList<FhirProblem> problems) =>
        problems.Count == 0 ? null : string.Join(" ", problems.Take(3).Select(problem => $"{problem.Path}: {problem.Reason}"));
}
