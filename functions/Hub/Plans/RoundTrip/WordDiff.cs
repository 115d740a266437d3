using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>Whether a piece of text is in the earlier text, the later text or both.</summary>
public enum PieceKind
{
    /// <summary>The piece is in both texts.</summary>
    Same,

    /// <summary>The piece is only in the earlier text.</summary>
    Deleted,

    /// <summary>The piece is only in the later text.</summary>
    Inserted,
}

/// <summary>Compares two texts word by word.</summary>
public static partial class WordDiff
{
    // Longer texts are shown in full, first the old and then the new text, because nobody reads thousands of words marked one by one.
    private const int MaxWords = 1500;

    /// <summary>The pieces of both texts in reading order. Deleted text comes before the text that replaced it.</summary>
    public static IReadOnlyList<(PieceKind Kind, string Words)> Between(string before, string after)
    {
        var (old, young) = (Words(before), Words(after));
        if (old.Count > MaxWords || young.Count > MaxWords)
        {
            return [.. new[] { (PieceKind.Deleted, before), (PieceKind.Inserted, after) }.Where(piece => piece.Item2.Length > 0)];
        }

        var longest = new int[old.Count + 1, young.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = young.Count - 1; j >= 0; j--)
            {
                longest[i, j] = old[i] == young[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        var pieces = new List<(PieceKind Kind, string Words)>();
        var (a, b) = (0, 0);
        while (a < old.Count || b < young.Count)
        {
            var kind = a < old.Count && b < young.Count && old[a] == young[b] ? PieceKind.Same
                : b == young.Count || (a < old.Count && longest[a + 1, b] >= longest[a, b + 1]) ? PieceKind.Deleted
                : PieceKind.Inserted;
            var word = kind == PieceKind.Inserted ? young[b] : old[a];
            (a, b) = (a + (kind == PieceKind.Inserted ? 0 : 1), b + (kind == PieceKind.Deleted ? 0 : 1));
            if (pieces.Count > 0 && pieces[^1].Kind == kind)
            {
                pieces[^1] = (kind, pieces[^1].Words + word);
            }
            else
            {
                pieces.Add((kind, word));
            }
        }

        return pieces;
    }

    private static List<string> Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\s+|[\p{L}\p{N}'’]+|[^\s\p{L}\p{N}'’]")]
    private static partial Regex Word();
}
