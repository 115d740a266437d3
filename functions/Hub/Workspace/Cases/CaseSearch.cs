using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// Finds the cases of a council by the child's name, date of birth, UPN or NHS number, by reference, or by school. The search gets the
/// details of each case when the board reads the case, or from the children's details in the store. If the store can list changes, the
/// search also reads later changes from the store.
/// </summary>
public sealed class CaseSearch : IDisposable
{
    /// <summary>The largest number of cases that are shown; if more cases match, the officer must narrow the search.</summary>
    public const int Max = 50;

    private static readonly string[] DayForms = ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d M yyyy", "yyyy-MM-dd", "d MMMM yyyy", "d MMM yyyy"];

    private readonly KnownChildren children;
    private readonly CaseBoard board;

    /// <summary>Connects the search to the board, so that the search gets the details of each case that the board reads.</summary>
    public CaseSearch(KnownChildren children, CaseBoard board)
    {
        (this.children, this.board) = (children, board);
        board.WasRead += children.Take;
    }

    /// <summary>Whether every child's details have been read since the program started. Until they have been read, some cases cannot be
    /// found by the child's details.</summary>
    public bool IsComplete => children.HasAll || board.Current is { AsOf: not null, Unread: 0 };

    /// <inheritdoc/>
    public void Dispose() => board.WasRead -= children.Take;

    /// <summary>References of the cases that match, but no more than <see cref="Max"/> plus one.</summary>
    public async ValueTask<IReadOnlyList<AssessmentId>> FindAsync(Officer officer, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        var asked = text.Trim();
        if (asked.Length == 0)
        {
            return [];
        }

        if (AssessmentId.TryParse(asked, out var reference, out _))
        {
            return [reference];
        }

        if (IsComplete)
        {
            await children.CatchUpAsync(officer.Council, cancellationToken);
        }

        return [.. Fitting(asked).Where(one => one.IsOf(officer.Council) && one.IsOpenTo(officer.Subject))
            .OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Case.Value, StringComparer.Ordinal).Take(Max + 1).Select(one => one.Case)];
    }

    private IEnumerable<KnownChild> Fitting(string asked)
    {
        if (DateOnly.TryParseExact(asked, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return children.KnownWith([ChildKeys.OfBirthday(day)]).Where(one => one.Child.DateOfBirth == day);
        }

        var words = SearchWords.Of(SearchWords.Folded(asked));
        var packed = string.Concat(asked.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        var numbered = packed.Any(char.IsDigit)
            ? children.KnownWith([ChildKeys.OfNhsNumber(packed)]).Where(one => one.Child.NhsNumber?.Value == packed)
                .Concat(children.KnownWith([ChildKeys.OfUpn(packed)]).Where(one => one.Child.Upn?.Value == packed))
            : [];
        return words.Length == 0 ? numbered
            : numbered.Concat(children.KnownWith([.. words.Select(ChildKeys.OfBeginning).OfType<ulong>()]).Where(one => BeginsAll(words, one))).DistinctBy(one => one.Case);
    }

    /// <summary>Whether every search word is the beginning of a word in the child's name, or every search word is the beginning of a word
    /// in the school's name.</summary>
    private static bool BeginsAll(string[] words, KnownChild one) =>
        Array.TrueForAll(words, word => SearchWords.Begins(one.Name, word)) || Array.TrueForAll(words, word => SearchWords.Begins(one.School, word));
}
