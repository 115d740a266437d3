namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Changes the lists of a state by making new lists, so that a state in use elsewhere does not change.</summary>
internal static class Lists
{
    // The arrays have exactly the right length, because tens of thousands of states are in memory and a list that grows can take twice the
    // space.
    internal static T[] With<T>(IReadOnlyList<T> items, T added)
    {
        var all = new T[items.Count + 1];
        for (var n = 0; n < items.Count; n++)
        {
            all[n] = items[n];
        }

        all[^1] = added;
        return all;
    }

    internal static T[] Change<T>(IReadOnlyList<T> items, Func<T, bool> which, Func<T, T> change)
    {
        var changed = new T[items.Count];
        for (var n = 0; n < changed.Length; n++)
        {
            changed[n] = which(items[n]) ? change(items[n]) : items[n];
        }

        return changed;
    }
}
