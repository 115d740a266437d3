using System.Diagnostics;
using System.Diagnostics.Metrics;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// Metrics and traces of turns and effects, for every engine. Each has one span: a trace of twenty weeks would be useless, so spans are
/// found by the assessment's id, which names nobody. See docs/metrics.md.
/// </summary>
public static class TurnTelemetry
{
    /// <summary>Name of the source and of the meter.</summary>
    public const string Name = "IntegrationHub";

    /// <summary>Attribute with the assessment's id. Only on spans: as a metric's attribute it would create a series for each case.</summary>
    public const string Assessment = "hub.assessment";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Turns = Meter.CreateHistogram<double>("hub.turn.duration", "s", "Time to decide and commit a turn.");
    private static readonly Histogram<double> Attempts = Meter.CreateHistogram<double>("hub.effect.duration", "s", "Time of one attempt at an effect.");

    /// <summary>Starts a turn.</summary>
    internal static Measured Turn(AssessmentId assessment) => new(Source.StartActivity("turn")?.SetTag(Assessment, assessment.Value), Turns, null);

    /// <summary>Starts an attempt at an effect.</summary>
    internal static Measured Attempt(OutboxEffect effect)
    {
        var kind = effect.Effect.GetType().Name;
        return new(!Source.HasListeners() ? null : Source.StartActivity($"effect {kind}")?.SetTag(Assessment, effect.Assessment.Value).SetTag("hub.effect.id", effect.Id), Attempts, kind);
    }

    /// <summary>A measurement from start to end.</summary>
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
