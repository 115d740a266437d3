namespace IntegrationHub.Functions.Returns.Stored;

/// <summary>What happened to a child between two returns.</summary>
public enum ChildChange
{
    /// <summary>The child is only in the later return.</summary>
    Added,

    /// <summary>The child is only in the earlier return.</summary>
    Gone,

    /// <summary>The child is in both returns, and some items differ.</summary>
    Changed,
}

/// <summary>One item of a person's entry that differs between two returns.</summary>
/// <param name="Item">Where the item is in the person's entry.</param>
/// <param name="Before">The earlier value, or null if the earlier return did not have the item.</param>
/// <param name="After">The later value, or null if the later return does not have the item.</param>
public sealed record ItemChange(string Item, string? Before, string? After);

/// <summary>One child whom two returns report differently.</summary>
/// <param name="Cases">The child's cases, taken from the later return if the child is in it.</param>
/// <param name="What">Whether the child was added, was removed or has changed.</param>
/// <param name="Items">The items that changed, in the order of the return; empty for a child who was added or removed.</param>
public sealed record ChangedChild(IReadOnlyList<string> Cases, ChildChange What, IReadOnlyList<ItemChange> Items);

/// <summary>Compares two returns child by child. The hub treats two entries as the same child if both were made from the same
/// case.</summary>
public static class ReturnChanges
{
    /// <summary>
    /// Every child whom the two returns report differently, in the order of the later return, followed by the children who were removed.
    /// </summary>
    public static IEnumerable<ChangedChild> Between(IReadOnlyList<StoredPerson> earlier, IEnumerable<StoredPerson> later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        var byCase = earlier.SelectMany(person => person.Cases.Select(one => (one, person))).ToDictionary(pair => pair.one, pair => pair.person, StringComparer.Ordinal);
        var found = new HashSet<StoredPerson>(ReferenceEqualityComparer.Instance);
        foreach (var person in later)
        {
            // If one person in the earlier return is two people in the later return, or the other way round, the first person is compared,
            // and the others are reported as added or removed.
            var before = person.Cases.Select(one => byCase.GetValueOrDefault(one)).FirstOrDefault(one => one is not null && !found.Contains(one));
            if (before is null)
            {
                yield return new(person.Cases, ChildChange.Added, []);
                continue;
            }

            found.Add(before);
            var items = Items(before.Items, person.Items);
            if (items.Count > 0)
            {
                yield return new(person.Cases, ChildChange.Changed, items);
            }
        }

        foreach (var gone in earlier.Where(person => !found.Contains(person)))
        {
            yield return new(gone.Cases, ChildChange.Gone, []);
        }
    }

    private static List<ItemChange> Items(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        [.. after.Keys.Concat(before.Keys.Where(item => !after.ContainsKey(item)))
            .Select(item => new ItemChange(item, before.GetValueOrDefault(item), after.GetValueOrDefault(item)))
            .Where(change => change.Before != change.After)];
}
