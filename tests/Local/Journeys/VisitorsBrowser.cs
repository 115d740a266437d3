using System.Text.Json;
using System.Threading.Channels;
using IntegrationHub.Local.Tests.Monitoring;

namespace IntegrationHub.Local.Tests.Journeys;

/// <summary>Headless Chromium as several people, each told act by act what to do there: tests/peers/demo.mjs.</summary>
/// <param name="codeTo">The code that was sent last to an address.</param>
internal sealed class VisitorsBrowser(Func<string, string> codeTo)
{
    private readonly Channel<(string Act, TaskCompletionSource<JsonElement> Done)> acts = Channel.CreateUnbounded<(string, TaskCompletionSource<JsonElement>)>();
    private TaskCompletionSource<JsonElement>? running;

    /// <summary>Drives the browser until <see cref="End"/>.</summary>
    /// <param name="hub">Address of the hub, without a slash at its end.</param>
    internal async Task RunAsync(string hub)
    {
        try
        {
            await PeerBrowser.RunAsync("demo.mjs", new Dictionary<string, string> { ["HUB"] = hub }, async line =>
            {
                switch (line.Split(' ', 2))
                {
                    case ["code", var mail]:
                        return codeTo(mail);
                    case ["next", var done]:
                        running?.SetResult(JsonElement.Parse(done));
                        running = null;
                        if (!await acts.Reader.WaitToReadAsync(TestContext.Current.CancellationToken))
                        {
                            return """{ "act": "end" }""";
                        }

                        (var act, running) = await acts.Reader.ReadAsync(TestContext.Current.CancellationToken);
                        return act;
                    default:
                        return null;
                }
            });
        }
        finally
        {
            // Whoever waits for an act hears that the browser ended; its own words say why.
            running?.TrySetException(new InvalidOperationException("The browser ended in the middle of an act."));
            acts.Writer.TryComplete();
        }
    }

    /// <summary>Does one act as one person; ends when it is done.</summary>
    /// <returns>What the act found out; null where it finds out nothing.</returns>
    internal async Task<JsonElement> DoAsync(string act, string who, object details)
    {
        var all = JsonSerializer.SerializeToNode(details)!.AsObject();
        (all["act"], all["who"]) = (act, who);
        var done = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await acts.Writer.WriteAsync((all.ToJsonString(), done), TestContext.Current.CancellationToken);
        return await done.Task;
    }

    internal void End() => acts.Writer.TryComplete();
}
