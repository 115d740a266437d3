using System.Collections.Concurrent;

namespace IntegrationHub.Functions.Links;

/// <summary>
/// Counts wrong answers to the question that a link's page asks first. This host counts them in memory. After a number of them the link is
/// revoked, so that nobody can try one answer after another.
/// </summary>
internal sealed class WrongAnswers
{
    /// <summary>Wrong answers after which a link is revoked.</summary>
    internal const int Max = 5;

    /// <summary>Largest number of links that are counted; beyond it counting starts again.</summary>
    private const int MaxLinks = 10_000;

    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>Counts one more; true when it is one too many and the link must be revoked.</summary>
    internal bool IsOneTooMany(string link)
    {
        if (counts.Count >= MaxLinks)
        {
            counts.Clear();
        }

        return counts.AddOrUpdate(link, 1, (_, before) => before + 1) >= Max;
    }

    /// <summary>The link was opened, or revoked.</summary>
    internal void Forget(string link) => counts.TryRemove(link, out _);
}
