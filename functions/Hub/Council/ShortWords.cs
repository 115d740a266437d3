using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// The description of a type or a member in the API document: the first sentence of its text, where that says more than its name does.
/// </summary>
internal static partial class ShortWords
{
    /// <summary>Words that carry no information: a text of only these and its member's name says nothing.</summary>
    private static readonly FrozenSet<string> Light = FrozenSet.ToFrozenSet(
        """
        a an and are as at be been by day days did do for from has have her here his how id if in is it its last name of on one or own said
        says stands that the their them there these they this those to was were what when where which who whose why with
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The sentence; null where it says no more than its names do.</summary>
    /// <param name="text">Its text in C#.</param>
    /// <param name="names">The shape's name and, for a member, the member's.</param>
    internal static string? Of(string text, IReadOnlyList<string> names)
    {
        var sentence = Sentence().Match(text.ReplaceLineEndings(" ").Trim()).Value.TrimEnd(';', '.') + ".";

        // One or two words ("Its day.") say no more than the name; the introduction explains names that always mean the same.
        return sentence.Count(letter => letter == ' ') < 2 || ApiDocument.CommonMembers.ContainsKey(names[^1]) || !SaysMore(sentence, names) ? null : sentence;
    }

    /// <summary>
    /// Whether it has four meaningful words that are in none of its names: "Day it was sent." says no more than <c>sentOn</c>, and "Who
    /// was asked for advice, and the answers." little more than <c>AskedAdviser</c>.
    /// </summary>
    private static bool SaysMore(string sentence, IReadOnlyList<string> names)
    {
        var known = names.SelectMany(name => NameWord().Matches(name)).Select(word => Stem(word.Value)).ToHashSet();
        return Word().Matches(sentence).Where(word => !Light.Contains(word.Value)).Select(word => Stem(word.Value)).Where(stem => !known.Contains(stem)).Distinct().Count() >= 4;
    }

    private static string Stem(string word) => word.Length > 5 ? word[..5].ToLowerInvariant() : word.ToLowerInvariant().TrimEnd('s');

    /// <summary>
    /// Up to its full stop, or to a semicolon after a complete sentence; three dots do not end it, and neither does a dot within a word.
    /// </summary>
    [GeneratedRegex(@"^.+?(?:(?<!\.\.)[.;](?=\s|$)|$)")]
    private static partial Regex Sentence();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Word();

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex NameWord();
}
