using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.EventsFeed;

/// <summary>Creates the feed's lines from the facts of a case.</summary>
internal static class FeedFacts
{
    /// <summary>The feed's lines for the facts that follow a given one, except facts recorded before the given instant, which are too
    /// old for the feed.</summary>
    /// <param name="id">The case.</param>
    /// <param name="facts">All facts of the case.</param>
    /// <param name="after">Number of the last fact that is already in the feed.</param>
    /// <param name="from">Facts recorded before this instant (UTC) are left out.</param>
    /// <param name="now">The present instant, UTC.</param>
    /// <param name="rules">The council's rules.</param>
    internal static IEnumerable<FeedLine> Lines(AssessmentId id, IEnumerable<RecordedEvent> facts, long after, DateTimeOffset from, DateTimeOffset now, Rules rules)
    {
        var state = AssessmentState.None(id);
        foreach (var fact in facts)
        {
            var before = state;
            state = Assessment.Evolve(state, fact.What);
            if (fact.Sequence > after && fact.At >= from)
            {
                yield return new FeedLine(0, id.Value, fact.Sequence, NameOf(fact.What), fact.At, now, Changed(before, state, LondonDate.Of(fact.At), rules));
            }
        }
    }

    private static string NameOf(AssessmentEvent what) =>
        StepCatalogue.Fact(what.GetType())?.Name ?? throw new InvalidOperationException($"{what.GetType().Name} has no name.");

    /// <summary>The changed time limits, named by their rules only, because the key of a single limit may contain personal data.</summary>
    private static IReadOnlyList<string> Changed(AssessmentState before, AssessmentState after, DateOnly on, Rules rules)
    {
        var was = Standing(before).ToHashSet();
        var isNow = Standing(after).ToHashSet();
        was.SymmetricExceptWith(isNow);
        return [.. was.Select(limit => limit.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        IEnumerable<(string Rule, string Key, DateOnly? Due, LimitStatus Standing)> Standing(AssessmentState state) =>
            Limits.Of(state, on, rules).Select(limit => (limit.Limit.Rule.Key, limit.Limit.Key, limit.Limit.Due, limit.Standing));
    }
}
