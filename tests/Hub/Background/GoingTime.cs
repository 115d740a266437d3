using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Background;

/// <summary>
/// Advances a test's clock until a condition holds, in small steps with real time between them: a clock that ran freely
/// would pass, while one real call is under way, the days after which the hub gives up.
/// </summary>
internal static class GoingTime
{
    private static readonly TimeSpan RealPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Moves the clock until it holds.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="step">How far it goes at once.</param>
    /// <param name="holds">What is waited for.</param>
    /// <param name="between">What is done after each step.</param>
    /// <exception cref="TimeoutException">It does not hold after two real minutes.</exception>
    internal static async Task UntilAsync(this FakeTimeProvider time, TimeSpan step, Func<Task<bool>> holds, Action? between = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"The condition did not hold while the clock advanced to {time.GetUtcNow():O}.");
            }

            time.Advance(step);
            between?.Invoke();
            await Task.Delay(RealPause, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc cref="UntilAsync(FakeTimeProvider, TimeSpan, Func{Task{bool}}, Action?)"/>
    internal static Task UntilAsync(this FakeTimeProvider time, TimeSpan step, Func<bool> holds, Action? between = null) =>
        time.UntilAsync(step, () => Task.FromResult(holds()), between);
}
