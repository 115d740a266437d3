using System.Collections.Concurrent;
using System.Diagnostics;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// Says on standard error what is being measured: when it begins, and every fifteen seconds for as long as it lasts. A benchmark that takes
/// minutes cannot otherwise be told from one that hangs.
/// </summary>
internal sealed class Doing : IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(15);
    private static readonly Stopwatch SinceStart = Stopwatch.StartNew();
    private static readonly ConcurrentStack<string> What = [];
    private static readonly Timer Ticks = new(_ => SayStill(), null, BetweenLines, BetweenLines);

    private Doing()
    {
    }

    /// <summary>Says it until what is returned is disposed, or until something within it begins.</summary>
    internal static Doing Now(FormattableString what)
    {
        What.Push(FormattableString.Invariant(what));
        Say(FormattableString.Invariant(what));
        Ticks.Change(BetweenLines, BetweenLines);
        return new Doing();
    }

    public void Dispose() => What.TryPop(out _);

    private static void SayStill()
    {
        if (What.TryPeek(out var what))
        {
            Say($"still: {what}");
        }
    }

    private static void Say(string what) => Console.Error.WriteLine(FormattableString.Invariant($"{SinceStart.Elapsed:mm\\:ss} {what}"));
}
