using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace IntegrationHub.Contracts.Advice;

/// <summary>Why advice cannot be used.</summary>
/// <param name="Code">One word that an integrator can search for, for instance <c>line-id-twice</c>.</param>
/// <param name="Reason">A plain sentence, which can contain the id of a line but never text of the advice.</param>
public sealed record AdviceFault(string Code, string Reason);

/// <summary>
/// Checks all advice, no matter who sends it or how: every line has a text and its own id, and refers only to lines that
/// exist. Advice is checked when it is received, and again by every case that receives it. The published schemas contain
/// those rules that JSON Schema can express.
/// </summary>
public static class AdviceFaults
{
    /// <summary>The longest text, in characters (Unicode code points, as <c>maxLength</c> counts).</summary>
    public const int MaxTextLength = 20_000;

    /// <summary>The greatest length of a line's id, in characters.</summary>
    public const int MaxIdLength = 64;

    /// <summary>The greatest number of lines (views, needs, outcomes and provision together), and of notes.</summary>
    public const int MaxLines = 500;

    /// <summary>
    /// Characters that are invisible and are not text on their own: white space and zero-width characters. A regex character class
    /// without its brackets.
    /// </summary>
    internal const string BlankClass = "\t-\r \u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff";

    private static readonly SearchValues<char> Blanks = SearchValues.Create(
        "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff");

    /// <summary>The first fault of the advice, or null if the advice has no fault.</summary>
    public static AdviceFault? First(AdviceContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return OfText(content.Author, "The author")
            ?? OfText(content.AuthorRole, "The author's profession or relationship to the child")
            ?? OfSize(content)
            ?? content.Notes.Select(OfNote).FirstOrDefault(fault => fault is not null)
            ?? OfWhole(content)
            ?? OfLines(content);
    }

    /// <summary>Whether a text has no visible character.</summary>
    public static bool IsBlank([NotNullWhen(false)] string? text) => text is null || text.AsSpan().IndexOfAnyExcept(Blanks) < 0;

    /// <summary>Whether a text is short enough, or absent.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The greatest number of characters allowed.</param>
    public static bool Fits(string? text, int most = MaxTextLength) => text is null || text.Length <= most || text.EnumerateRunes().Take(most + 1).Count() <= most;

    /// <summary>Whether a text can be the id of a line: letters, digits, hyphens, dots and underscores only.</summary>
    public static bool IsId(string? id) =>
        id is { Length: > 0 and <= MaxIdLength } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');

    private static AdviceFault? OfSize(AdviceContent content)
    {
        var lines = CountOfLines(content);
        return lines + content.Attachments.Count + content.Notes.Count == 0
            ? new("advice-empty", "The advice must have a line or a document.")
            : lines > MaxLines ? new("advice-too-long", $"The advice has more than {MaxLines} lines.")
            : content.Notes.Count > MaxLines ? new("advice-too-long", $"The advice has more than {MaxLines} notes.")
            : null;
    }

    private static int CountOfLines(AdviceContent content) => content.Views.Count + content.Needs.Count + content.Outcomes.Count + content.Provision.Count;

    private static AdviceFault? OfNote(AdviceNote note) => OfText(note.Heading, "The heading of a note") ?? OfText(note.Text, "The text of a note");

    private static AdviceFault? OfWhole(AdviceContent content) => content.Whole is null || content.Attachments.Any(a => a.Sha256 == content.Whole)
        ? null
        : new("whole-not-there", "The document that contains the whole advice is not among the documents of the advice.");

    private static AdviceFault? OfLines(AdviceContent content)
    {
        var ids = new HashSet<string>(CountOfLines(content), StringComparer.Ordinal);
        var twice = false;
        foreach (var (id, text) in Lines(content))
        {
            if (!IsId(id))
            {
                return new("id-not-usable", $"A line's id must be 1 to {MaxIdLength} letters, digits, hyphens, dots or underscores.");
            }

            if (IsBlank(text) || !Fits(text))
            {
                return OfText(text, $"The text of line {id}");
            }

            twice |= !ids.Add(id);
        }

        var needs = content.Needs.Select(need => need.Id).ToHashSet(StringComparer.Ordinal);
        var outcomes = content.Outcomes.Select(outcome => outcome.Id).ToHashSet(StringComparer.Ordinal);
        return twice ? new("line-id-twice", "Two lines of the advice have the same id.")
            : !content.Outcomes.All(outcome => outcome.Needs.All(needs.Contains)) ? new("unknown-need", "An outcome refers to a need that is not in the advice.")
            : !content.Provision.All(one => one.Outcomes.All(outcomes.Contains)) ? new("unknown-outcome", "Provision refers to an outcome that is not in the advice.")
            : content.Provision.All(one => Fits(one.Who) && Fits(one.HowOften) && Fits(one.HowLong)) ? null
            : new("text-too-long", $"In a line of provision, the text on who provides it, how often or for how long has more than {MaxTextLength} characters.");
    }

    private static IEnumerable<(string Id, string Text)> Lines(AdviceContent content) =>
        content.Views.Select(view => (view.Id, view.Text))
            .Concat(content.Needs.Select(need => (need.Id, need.Text)))
            .Concat(content.Outcomes.Select(outcome => (outcome.Id, outcome.Text)))
            .Concat(content.Provision.Select(provision => (provision.Id, provision.Text)));

    private static AdviceFault? OfText(string? text, string what) =>
        IsBlank(text) ? new("text-missing", $"{what} is missing.")
        : Fits(text) ? null
        : new("text-too-long", $"{what} has more than {MaxTextLength} characters.");
}
