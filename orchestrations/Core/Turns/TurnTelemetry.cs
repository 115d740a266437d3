using System.Diagnostics;
using System.Diagnostics.Metrics;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// Metrics and traces of turns and effects, for every engine. Each turn or effect has a separate span, because a trace of twenty weeks would be
/// useless. Spans are found by the assessment's id, which reveals nobody's name. See docs/metrics.md.
/// </summary>
public static class TurnTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "IntegrationHub";

    /// <summary>
    /// The attribute with the assessment's id, used only on spans. As an attribute of a metric, this id would create a separate series for
    /// each case.
    /// </summary>
    public const string Assessment = "hub.assessment";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Turns = Meter.CreateHistogram<double>("hub.turn.duration", "s", "Time taken to decide and commit a turn.");
    private static readonly Histogram<double> Attempts = Meter.CreateHistogram<double>("hub.effect.duration", "s", "Time taken by one attempt at an effect.");

    /// <summary>Starts the measurement of a turn.</summary>
    internal static Measured Turn(AssessmentId assessment) => new(Source.StartActivity("turn")?.SetTag(Assessment, assessment.Value), Turns, null);

    /// <summary>Starts the measurement of an attempt at an effect.</summary>
    internal static Measured Attempt(OutboxEffect effect)
    {
        var kind = effect.Effect.GetType().Name;
        return new(!Source.HasListeners() ? null : Source.StartActivity($"effect {kind}")?.SetTag(Assessment, effect.Assessment.Value).SetTag("hub.effect.id", effect.Id), Attempts, kind);
    }

    /// <summary>Measures how long something takes, from its start to its end.</summary>
    internal readonly struct Measured(Activity? span, Histogram<double> into, string? effect)
    {
        private readonly long began = Stopwatch.GetTimestamp();

        internal void End(string result)
        {
            var tags = new TagList { { "result", result } };
            if (effect is not null)
            {
                tags.Add("effect", effect);
            }

            into.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
            span?.SetTag("result", result).Dispose();
        }
    }
}
