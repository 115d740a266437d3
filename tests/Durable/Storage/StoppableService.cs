using System.Reflection;
using DurableTask.AzureStorage;
using DurableTask.Core;

namespace IntegrationHub.Durable.Tests.Storage;

/// <summary>
/// The engine of the backend "storage", stopped only when it was started. The server in front of it starts it with the first worker, and a
/// host that ends before one came would stop what never began: that throws where nobody catches it and ends the process.
/// </summary>
internal class StoppableService : DispatchProxy
{
    private AzureStorageOrchestrationService service = null!;
    private volatile bool started;

    internal static IOrchestrationService Of(AzureStorageOrchestrationService service)
    {
        var made = Create<IOrchestrationService, StoppableService>();
        ((StoppableService)made).service = service;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IOrchestrationService.StartAsync) => StartAsync(),
        nameof(IOrchestrationService.StopAsync) when !started => Task.CompletedTask,
        _ => targetMethod.Invoke(service, BindingFlags.DoNotWrapExceptions, null, args, null),
    };

    private async Task StartAsync()
    {
        await ((IOrchestrationService)service).StartAsync();
        started = true;
    }
}
