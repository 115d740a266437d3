using IntegrationHub.Functions.Workspace.Forms;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Visiting.Forms;

/// <summary>
/// What happens to text that was saved from another window (or by somebody else) after a page was shown. Saving the page would overwrite that
/// text without its reader having seen it, so the page is shown again with both texts.
/// </summary>
internal static class OtherWindow
{
    private const string Changed = "Somebody else, or you in another window, changed this form after you opened it. Nothing was saved. Check the form and save it again";

    /// <summary>Saves what was typed on a page in its draft, unless that would overwrite text that was saved from elsewhere.</summary>
    /// <param name="draft">The draft as it is stored.</param>
    /// <param name="begin">Starts the draft if it has not been started yet.</param>
    /// <param name="isOfPart">Says whether the path of a field belongs to the page.</param>
    /// <param name="typed">What was typed on the page.</param>
    /// <param name="sent">The form as it was sent, which says from which page and when.</param>
    /// <param name="others">The text that would be overwritten, if any; then the draft is unchanged.</param>
    internal static PageDraft Save(
        PageDraft draft, Func<PageDraft, PageDraft> begin, Func<string, bool> isOfPart, FormValues typed, IFormCollection sent, out IReadOnlyList<KeyValuePair<string, string>> others)
    {
        others = draft.Overwritten(isOfPart, typed, sent["_writes"].ToString(), sent["_page"].ToString());
        return others.Count > 0 ? draft : begin(draft).With(isOfPart, typed) with { Writes = draft.Writes + 1, WrittenFrom = sent["_page"].ToString() };
    }

    /// <summary>
    /// Saves what a visitor typed after the code had expired. Nothing is shown to this visitor, so if the draft has another text, both texts
    /// are stored one below the other. Of two short values without a space, such as the day of a date, the later one is stored.
    /// </summary>
    /// <param name="draft">The draft as it is stored.</param>
    /// <param name="begin">Starts the draft if it has not been started yet.</param>
    /// <param name="isOfPart">Says whether the path of a field belongs to the page.</param>
    /// <param name="typed">What was typed on the page.</param>
    /// <param name="sent">The form as it was sent, which says from which page and when.</param>
    internal static PageDraft Keep(PageDraft draft, Func<PageDraft, PageDraft> begin, Func<string, bool> isOfPart, FormValues typed, IFormCollection sent)
    {
        var both = draft.Overwritten(isOfPart, typed, sent["_writes"].ToString(), sent["_page"].ToString())
            .Aggregate(typed, (all, other) => all.With(other.Key, Both(other.Value, typed[other.Key])));
        return begin(draft).With(isOfPart, both) with { Writes = draft.Writes + 1, WrittenFrom = sent["_page"].ToString() };
    }

    /// <summary>What the page shows: what its reader typed, and what was saved from elsewhere where the reader typed nothing.</summary>
    internal static FormValues Shown(FormValues typed, IReadOnlyList<KeyValuePair<string, string>> others) =>
        others.Where(other => typed[other.Key].Trim().Length == 0).Aggregate(typed, (all, other) => all.With(other.Key, other.Value));

    /// <summary>What the page says of the text that was saved from elsewhere.</summary>
    internal static IReadOnlyList<FormProblem> Problems(FormValues typed, IReadOnlyList<KeyValuePair<string, string>> others) =>
    [
        new FormProblem("", Changed),
        .. others.Where(other => typed[other.Key].Trim().Length > 0).Select(other => new FormProblem(other.Key, $"Saved here by somebody else, or by you in another window: \u201C{other.Value}\u201D")),
    ];

    private static string Both(string stored, string typed) =>
        typed.Contains(stored, StringComparison.Ordinal) ? typed
        : typed.Trim().Length == 0 || stored.Contains(typed, StringComparison.Ordinal) ? stored
        : stored.Any(char.IsWhiteSpace) || typed.Any(char.IsWhiteSpace) ? $"{stored}\n\n{typed}"
        : typed;
}
