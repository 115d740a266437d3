namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How the lists of a state change: each is made again, so that a state that somebody holds stays as it is.</summary>
internal static class Lists
{
    // Arrays of just the right length: states are held by the ten thousand, and a list keeps room for as many again.
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
