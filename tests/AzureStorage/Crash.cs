using Azure.Core;
using Azure.Core.Pipeline;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>The process dies at a chosen request: before it leaves, or after the service has carried it out.</summary>
internal sealed class Crash(int at, bool after) : HttpPipelinePolicy
{
    private int requests;

    /// <summary>It came to pass.</summary>
    internal bool Happened { get; private set; }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var number = Interlocked.Increment(ref requests);
        if (Happened || (number == at && !after))
        {
            Happened = true;
            throw new ProcessKilledException();
        }

        await ProcessNextAsync(message, pipeline);
        if (number == at)
        {
            Happened = true;
            throw new ProcessKilledException();
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The store never blocks.");
}

/// <summary>Nothing catches it, as nothing catches a kill.</summary>
internal sealed class ProcessKilledException : Exception;

/// <summary>The answer to the first writing is lost on its way back; the client sends it again.</summary>
internal sealed class LostAnswer : HttpPipelinePolicy
{
    private int lost;

    internal bool Happened => lost > 0;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method == RequestMethod.Post && Interlocked.Increment(ref lost) == 1)
        {
            throw new IOException("The connection was reset.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The store never blocks.");
}
