using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Children;

/// <summary>The children of all cases in memory, found by <see cref="ChildKeys"/>. Safe for concurrent use.</summary>
internal sealed class ChildIndex
{
    private readonly Lock gate = new();
    private readonly Dictionary<AssessmentId, int> places = [];
    private readonly List<KnownChild> children = [];
    private readonly Dictionary<ulong, List<int>> byKey = [];

    /// <summary>The version of a case in the index, or null if the case is not in the index.</summary>
    internal long? VersionOf(AssessmentId id)
    {
        lock (gate)
        {
            return places.TryGetValue(id, out var place) ? children[place].Version : null;
        }
    }

    /// <summary>Adds or updates the child of a case. If the index has a newer version of the case, or the case was never opened, nothing is
    /// changed.</summary>
    internal void Take(AssessmentState state)
    {
        if (state.Facts is { } facts)
        {
            Take(state.Id, state.Version, before => KnownChild.Of(state, facts, before));
        }
    }

    /// <summary>Adds or updates a child that was read from the store. If the index has a newer version of the case, nothing is
    /// changed.</summary>
    internal void Take(KnownChild kept) => Take(kept.Case, kept.Version, _ => kept);

    private void Take(AssessmentId id, long version, Func<KnownChild?, KnownChild> make)
    {
        lock (gate)
        {
            var before = places.TryGetValue(id, out var place) ? children[place] : null;
            if (before?.Version >= version)
            {
                return;
            }

            var now = make(before);
            if (before is null)
            {
                place = children.Count;
                places[id] = place;
                children.Add(now);
            }
            else
            {
                children[place] = now;
                if (before.Child == now.Child && before.School == now.School)
                {
                    return;
                }

                foreach (var key in ChildKeys.Of(before))
                {
                    byKey[key].Remove(place);
                }
            }

            foreach (var key in ChildKeys.Of(now))
            {
                // Most keys belong to only one child.
                if (!byKey.TryGetValue(key, out var at))
                {
                    byKey[key] = at = new List<int>(1);
                }

                at.Add(place);
            }
        }
    }

    /// <summary>The child of a case, or null if the case is not in the index.</summary>
    internal KnownChild? Of(AssessmentId id)
    {
        lock (gate)
        {
            return places.TryGetValue(id, out var place) ? children[place] : null;
        }
    }

    /// <summary>The children that have at least one of the keys, without duplicates.</summary>
    internal IReadOnlyList<KnownChild> With(IEnumerable<ulong> keys)
    {
        lock (gate)
        {
            var found = new HashSet<int>();
            foreach (var key in keys)
            {
                found.UnionWith(byKey.GetValueOrDefault(key) ?? []);
            }

            return [.. found.Select(place => children[place])];
        }
    }

    /// <summary>The children that have the rarest of the given keys, or all children if no key is given.</summary>
    internal IReadOnlyList<KnownChild> WithRarest(IReadOnlyList<ulong> keys)
    {
        lock (gate)
        {
            return keys.Count == 0 ? [.. children] : [.. keys.Select(key => byKey.GetValueOrDefault(key) ?? []).MinBy(places => places.Count)!.Select(place => children[place])];
        }
    }
}
