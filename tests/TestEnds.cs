using System.Reflection;
using IntegrationHub.Tests;
using Xunit.v3;

[assembly: TestEnds]

namespace IntegrationHub.Tests;

/// <summary>
/// In CI every test ends: one that runs for longer is named and its token cancelled, so that a test that hangs is known by its name and
/// the others are counted. Elsewhere a test may run for as long as somebody wants to watch it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestEndsAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly bool Applies = Environment.GetEnvironmentVariable("CI") == "true";

    private readonly Dictionary<string, Timer> running = [];

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!Applies)
        {
            return;
        }

        var context = TestContext.Current;
        var timer = new Timer(
            _ =>
            {
                Console.Error.WriteLine($"{test.TestDisplayName} has run for {Longest.TotalMinutes} minutes and is cancelled.");
                context.CancelCurrentTest();
            },
            null, Longest, Timeout.InfiniteTimeSpan);
        lock (running)
        {
            running[test.UniqueID] = timer;
        }
    }

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        lock (running)
        {
            if (running.Remove(test.UniqueID, out var timer))
            {
                timer.Dispose();
            }
        }
    }
}
