using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace IntegrationHub.Durable.Tests;

/// <summary>A Durable Task client of instances that a test has written down; keeps what it was asked to do.</summary>
internal sealed class ScriptedClient() : DurableTaskClient("test")
{
    internal Dictionary<string, OrchestrationMetadata> Instances { get; } = new(StringComparer.Ordinal);

    /// <summary>What was asked for, in order: "poke ID", "start ID", "end ID", "purge yyyy-MM-dd".</summary>
    internal List<string> Asked { get; } = [];

    /// <summary>Answers a purge of the day that begins at an instant; null for one with nothing to remove.</summary>
    internal Func<DateTimeOffset, CancellationToken, Task<PurgeResult>>? Purge { get; set; }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) =>
        Task.FromResult(Instances.GetValueOrDefault(instanceId));

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellationToken = default) =>
        NoteAsync($"poke {instanceId}");

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellationToken = default) =>
        NoteAsync($"end {instanceId}");

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellationToken = default)
    {
        await NoteAsync($"start {options!.InstanceId}");
        return options.InstanceId!;
    }

    public override Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add($"purge {filter.CreatedFrom:yyyy-MM-dd}");
        return Purge?.Invoke(filter.CreatedFrom!.Value, cancellationToken) ?? Task.FromResult(new PurgeResult(0, true));
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => default;

    private Task NoteAsync(string asked)
    {
        Asked.Add(asked);
        return Task.CompletedTask;
    }
}
