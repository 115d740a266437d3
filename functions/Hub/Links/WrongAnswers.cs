using System.Collections.Concurrent;

namespace IntegrationHub.Functions.Links;

/// <summary>
/// Counts wrong answers to the first question on a link's page. Each host counts the answers in memory. After a number of wrong answers the
/// link is revoked, so that nobody can try one answer after another.
/// </summary>
internal sealed class WrongAnswers
{
    /// <summary>Number of wrong answers after which a link is revoked.</summary>
    internal const int Max = 5;

    /// <summary>Largest number of links for which wrong answers are counted; when it is reached, all counts are cleared.</summary>
    private const int MaxLinks = 10_000;

    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>Counts another wrong answer; returns true if the link must now be revoked.</summary>
    internal bool IsOneTooMany(string link)
    {
        if (counts.Count >= MaxLinks)
        {
            counts.Clear();
        }

        return counts.AddOrUpdate(link, 1, (_, before) => before + 1) >= Max;
    }

    /// <summary>Stops counting wrong answers for a link that was opened or revoked.</summary>
    internal void Forget(string link) => counts.TryRemove(link, out _);
}
