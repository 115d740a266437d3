using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>
/// Compares a returned file with the plan from which it was made and with the present plan. A line is recognised by its code
/// alone, never by similar text.
/// </summary>
internal sealed class WordComparing
{
    private readonly Dictionary<string, (PlanSectionLetter Letter, LineWords Words)> now;
    private readonly HashSet<string> before;
    private readonly List<WordFileChange> changes = [];
    private readonly List<RefusedWords> refused = [];
    private readonly List<PlaceNote> comments = [];
    private readonly List<PlaceNote> notes = [];

    private WordComparing(PlanDocument made, PlanDocument now)
    {
        this.now = WordPlan.Lines(now).ToDictionary(one => one.Line.Id, one => (one.Letter, LineWords.Of(one.Line)), StringComparer.Ordinal);
        before = [.. WordPlan.Lines(made).Select(one => one.Line.Id)];
    }

    /// <summary>Finds the changes that the file would make to the plan.</summary>
    /// <param name="made">The plan from which the file was made.</param>
    /// <param name="mark">The file reference, which identifies the plan that the file was made from.</param>
    /// <param name="now">The present plan.</param>
    /// <param name="body">The content of the file.</param>
    internal static WordFileChanges Of(PlanDocument made, WordFileMark mark, PlanDocument now, WordBody body)
    {
        var comparing = new WordComparing(made, now);
        var codes = mark.Codes(made);
        comparing.refused.AddRange(body.Refused);
        comparing.comments.AddRange(body.Elsewhere.Select(comment => Said("Not on a line of the plan", comment)));
        foreach (var group in body.Rows.Where(row => row.Code is not null).GroupBy(row => row.Code!))
        {
            comparing.Known(group.Key, [.. group], codes);
        }

        foreach (var (code, (letter, line)) in codes.Where(code => body.Rows.All(row => row.Code != code.Key)))
        {
            comparing.Gone(code, letter, line, body.Deleted.GetValueOrDefault(code));
        }

        foreach (var (row, n) in body.Rows.Where(row => row.Code is null).Select((row, n) => (row, n)))
        {
            comparing.New(row, n);
        }

        comparing.Order(body, codes);
        return new WordFileChanges(
            [.. comparing.changes.OrderBy(change => change.Letter).ThenBy(change => change.Kind == WordFileChangeKind.Added)], comparing.refused, comparing.comments, comparing.notes);
    }

    private void Known(string code, IReadOnlyList<WordRow> rows, IReadOnlyDictionary<string, (PlanSectionLetter Letter, PlanLine Line)> codes)
    {
        var place = WordFileMark.PlaceOf(code);
        comments.AddRange(rows.SelectMany(row => row.Comments).Select(comment => Said(place, comment)));
        if (!codes.TryGetValue(code, out var found) || rows.Count > 1)
        {
            var why = rows.Count > 1 ? "The code of this row must not be in the file more than once. Leave the code in one row only. In a new row, leave the first cell empty." : "The code of this row belongs to a line in another file.";
            refused.AddRange(rows.Where(row => !row.Words.IsEmpty).Select(row => new RefusedWords(place, string.Join(" | ", row.Words.Parts.Select(part => part.Words).Where(words => words.Length > 0)), why)));
            return;
        }

        var (row, (letter, line)) = (rows[0], found);
        var was = LineWords.Of(line);

        // In a section whose table has no columns for who, how often and how long, the file cannot change these parts of the line.
        var words = WordPlan.Columns(row.Letter).Count > 2 ? row.Words : was with { Text = row.Words.Text };
        if (row.Stops.Contains(WordBody.Unreadable))
        {
            return;
        }

        if (words == was && row.Letter == letter)
        {
            notes.AddRange(row.Notes.Concat(row.Stops.Select(stop => $"{stop}; the line stays as it is")).Select(note => new PlaceNote(place, note)));
            return;
        }

        var change = new WordFileChange(code, row.Letter == letter ? WordFileChangeKind.Changed : WordFileChangeKind.Moved, place, row.Letter, letter, line.Id, was, words)
        {
            Notes = row.Notes,
            Stop = words.Text.Length == 0 ? "This line must not be empty. To remove the line, delete its row."
                : Stopped(row, words) ?? (MayMove(letter, row.Letter) ? null : $"A line cannot move from section {letter} to section {row.Letter}."),
        };
        Add(change, (letter, was), (row.Letter, words));
    }

    private void Gone(string code, PlanSectionLetter letter, PlanLine line, string? deleted)
    {
        var was = LineWords.Of(line);
        Add(new WordFileChange(code, WordFileChangeKind.Removed, WordFileMark.PlaceOf(code), letter, letter, line.Id, was, null) { Notes = deleted is null ? [] : [deleted] }, (letter, was), null);
    }

    private void New(WordRow row, int n)
    {
        var place = $"New in section {row.Letter}";
        comments.AddRange(row.Comments.Select(comment => Said(place, comment)));
        if (now.Any(line => !before.Contains(line.Key) && line.Value == (row.Letter, row.Words)))
        {
            notes.Add(new PlaceNote(place, $"“{row.Words.Text}” is already in the plan"));
            return;
        }

        changes.Add(new WordFileChange(string.Create(CultureInfo.InvariantCulture, $"new-{n + 1}"), WordFileChangeKind.Added, place, row.Letter, null, null, null, row.Words)
        {
            Notes = row.Notes,
            Stop = row.Words.Text.Length == 0 ? "This line does not say what is provided, only who provides it, how often or for how long." : Stopped(row, row.Words),
        });
    }

    private void Add(WordFileChange change, (PlanSectionLetter Letter, LineWords Words) was, (PlanSectionLetter Letter, LineWords Words)? meant)
    {
        var stands = now.TryGetValue(change.LineId!, out var line) ? line : ((PlanSectionLetter Letter, LineWords Words)?)null;
        if (stands == meant)
        {
            notes.Add(new PlaceNote(change.Place, "the plan already contains this change"));
        }
        else
        {
            changes.Add(stands == was ? change : change with { IsConflict = true, Now = stands?.Words });
        }
    }

    private void Order(WordBody body, IReadOnlyDictionary<string, (PlanSectionLetter Letter, PlanLine Line)> codes)
    {
        var places = codes.Keys.Select((code, n) => (code, n)).ToDictionary(one => one.code, one => one.n, StringComparer.Ordinal);
        foreach (var section in body.Rows.Where(row => row.Code is not null && codes.TryGetValue(row.Code, out var found) && found.Letter == row.Letter).GroupBy(row => row.Letter))
        {
            var order = section.Select(row => places[row.Code!]).ToList();
            if (order.Zip(order.Skip(1)).Any(pair => pair.First > pair.Second))
            {
                notes.Add(new PlaceNote($"Section {section.Key}", "the order of the lines was changed in the file, but the order in the plan does not change"));
            }
        }
    }

    private static string? Stopped(WordRow row, LineWords words) =>
        row.Stops.Count > 0 ? $"This line cannot go into the plan as it is: {string.Join("; ", row.Stops)}."
        : words.Parts.All(part => AdviceFaults.Fits(part.Words)) ? null
        : "This line is too long for a line of a plan. Split this line into several lines.";

    // Needs can move between sections B to D, and provision between sections F to H2.
    private static bool MayMove(PlanSectionLetter from, PlanSectionLetter to) => from == to || (IsNeed(from) && IsNeed(to)) || (from > PlanSectionLetter.E && to > PlanSectionLetter.E);

    private static bool IsNeed(PlanSectionLetter letter) => letter is PlanSectionLetter.B or PlanSectionLetter.C or PlanSectionLetter.D;

    private static PlaceNote Said(string place, WordComment comment) => new(place, comment.Author.Length == 0 ? comment.Text : $"{comment.Author}: {comment.Text}");
}
