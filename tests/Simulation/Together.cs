namespace IntegrationHub.Simulation;

/// <summary>Things of the same kind that are used together and end together.</summary>
internal sealed class Together<T>(IReadOnlyList<T> all) : IAsyncDisposable
    where T : IAsyncDisposable
{
    internal IReadOnlyList<T> All => all;

    /// <summary>One after the other.</summary>
    internal async Task EachAsync(Func<T, Task> act)
    {
        foreach (var one in all)
        {
            await act(one);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in all)
        {
            await one.DisposeAsync();
        }
    }
}
