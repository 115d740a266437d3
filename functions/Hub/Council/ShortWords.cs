using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// The description of a type or a member in the API document: the first sentence of its C# documentation, if that sentence adds anything to the
/// name. A final clause that says when the value is null is left out.
/// </summary>
internal static partial class ShortWords
{
    /// <summary>Words that carry no information. A text made up only of these words and the member's name adds nothing.</summary>
    private static readonly FrozenSet<string> Light = FrozenSet.ToFrozenSet(
        """
        a about after all an and any are as assessment at be been before by can child chosen council day days did do every false for from
        has have her here his how id if in is it its known last may must name no not null of on one only or other others own person said
        says sender so some stands than that the their them then there these they this those to true unique was were what when where which who
        whose why with would young
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The sentence, or null if it adds nothing to the names.</summary>
    /// <param name="text">The text of the type or member in C#.</param>
    /// <param name="names">The name of the type and, for a member, the name of the member.</param>
    internal static string? Of(string text, IReadOnlyList<string> names)
    {
        var sentence = Absent().Replace(Sentence().Match(Spaces().Replace(text, " ").Trim()).Value.TrimEnd(';', '.'), "") + ".";

        // One or two words ("Its day.") say no more than the name; the introduction explains names that always mean the same thing.
        return sentence.Count(letter => letter == ' ') < 2 || ApiDocument.CommonMembers.ContainsKey(names[^1]) || !SaysMore(sentence, names) ? null : sentence;
    }

    /// <summary>
    /// Whether the sentence has four meaningful words that are in none of the names: "Day it was sent." says no more than <c>sentOn</c>, and "Who
    /// was asked for advice, and the answers." little more than <c>AskedAdviser</c>.
    /// </summary>
    private static bool SaysMore(string sentence, IReadOnlyList<string> names)
    {
        var known = names.SelectMany(name => NameWord().Matches(name)).Select(word => Stem(word.Value)).ToHashSet();
        return Word().Matches(sentence).Where(word => !Light.Contains(word.Value)).Select(word => Stem(word.Value)).Where(stem => !known.Contains(stem)).Distinct().Count() >= 4;
    }

    private static string Stem(string word) => word.Length > 5 ? word[..5].ToLowerInvariant() : word.ToLowerInvariant().TrimEnd('s');

    /// <summary>
    /// The text up to its full stop, or to a semicolon after a complete sentence. Neither three dots nor a dot within a word ends the sentence.
    /// </summary>
    [GeneratedRegex(@"^.+?(?:(?<!\.\.)[.;](?=\s|$)|$)")]
    private static partial Regex Sentence();

    /// <summary>A final clause that says when the value is null: the API leaves out absent members and never writes null.</summary>
    [GeneratedRegex(",? or null .+$")]
    private static partial Regex Absent();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Word();

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex NameWord();
}
