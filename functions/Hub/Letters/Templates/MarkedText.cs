using System.Text;

namespace IntegrationHub.Functions.Letters.Templates;

/// <summary>
/// Characters of the Unicode private use area that mark the facts and the required points of a letter while its template is rendered. These
/// marks prevent a fact from becoming markup, and show which facts and points a rendered template contains.
/// </summary>
internal static class MarkedText
{
    internal const char FactStart = '\uE000';
    internal const char FactEnd = '\uE001';
    internal const char PointStart = '\uE002';
    internal const char PointEnd = '\uE003';

    // The number of a fact or point is stored as one character, counted from this one.
    private const char First = '\uE100';

    internal static string Fact(int number) => $"{FactStart}{(char)(First + number)}{FactEnd}";

    internal static string Point(int number) => $"{PointStart}{(char)(First + number)}";

    internal static int Number(char mark) => mark - First;

    internal static bool IsMark(char c) => c is >= '\uE000' and <= '\uF8FF';

    /// <summary>Number of words in a text, without its facts.</summary>
    internal static int OwnWords(string text) => Filled(text, _ => " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetter));

    /// <summary>The text with each fact in place of its mark. Marks of points and incomplete marks of facts are removed.</summary>
    internal static string Filled(string text, Func<int, string> fact)
    {
        var filled = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == FactStart && at + 2 < text.Length && text[at + 2] == FactEnd)
            {
                filled.Append(fact(Number(text[at + 1])));
                at += 2;
            }
            else if (text[at] == PointStart)
            {
                at++;
            }
            else if (!IsMark(text[at]))
            {
                filled.Append(text[at]);
            }
        }

        return filled.ToString();
    }

    /// <summary>Numbers of the facts whose marks in the text are complete.</summary>
    internal static HashSet<int> FactsIn(string text)
    {
        var found = new HashSet<int>();
        for (var at = 0; at + 2 < text.Length; at++)
        {
            if (text[at] == FactStart && text[at + 2] == FactEnd)
            {
                found.Add(Number(text[at + 1]));
            }
        }

        return found;
    }

    /// <summary>Whether the mark of a fact is incomplete, for example because a Liquid filter in the template shortened it.</summary>
    internal static bool IsCut(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == FactStart)
            {
                if (at + 2 >= text.Length || text[at + 2] != FactEnd)
                {
                    return true;
                }

                at += 2;
            }
            else if (text[at] == FactEnd)
            {
                return true;
            }
        }

        return false;
    }
}
