using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Functions.Workspace.Cases;

namespace IntegrationHub.Functions.Workspace.Returns;

/// <summary>What an officer has chosen to see: the year, whose cases, one kind of fault or all, and the page.</summary>
/// <param name="Year">Year of the census.</param>
/// <param name="Mine">Whether only the officer's own cases are shown.</param>
/// <param name="Kind">The kind of faults to show; null for all.</param>
/// <param name="Page">Number of the page, from 1.</param>
public sealed record ReturnSelection(int Year, bool Mine, string? Kind, int Page)
{
    /// <summary>The address of the page about the SEN2 return.</summary>
    internal const string Path = "/workspace/sen2";

    /// <summary>The address of another page of the list, with the same choices.</summary>
    internal string Address(int page = 1, bool? mine = null, string? kind = null, bool all = false) => FormattableString.Invariant(
        $"{Path}?year={Year}{(mine ?? Mine ? "&of=mine" : "")}{((all ? null : kind ?? Kind) is { } chosen ? $"&kind={Uri.EscapeDataString(chosen)}" : "")}{(page > 1 ? $"&page={page}" : "")}");
}

/// <summary>The number of faults of one kind.</summary>
/// <param name="Kind">The name by which page addresses refer to the kind.</param>
/// <param name="Item">The item of the return that the faults are about.</param>
/// <param name="Words">What is wrong, in the words of the first fault of this kind.</param>
/// <param name="IsError">Whether the faults must be corrected.</param>
/// <param name="Count">Number of faults of this kind.</param>
public sealed record FaultKind(string Kind, string Item, string Words, bool IsError, int Count);

/// <summary>Errors and doubts about one case in a return.</summary>
/// <param name="File">The case.</param>
/// <param name="Faults">The faults, with errors first.</param>
public sealed record CaseFaults(CaseFile File, IReadOnlyList<StoredFault> Faults);

/// <summary>The page of a year's return.</summary>
/// <param name="Asked">What the officer has chosen to see.</param>
/// <param name="Years">The years that can be chosen.</param>
/// <param name="Kept">The stored returns of the year, the newest first; the errors and doubts shown are those of the newest return.</param>
/// <param name="Kinds">The faults by kind, with errors first, and then the most frequent first.</param>
/// <param name="Cases">The cases of this page.</param>
/// <param name="Total">Number of cases that have faults.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Hidden">Number of faults in cases that this officer is not allowed to see; these faults are counted but not listed.</param>
public sealed record ReturnView(
    ReturnSelection Asked, IReadOnlyList<int> Years, IReadOnlyList<StoredReturn> Kept, IReadOnlyList<FaultKind> Kinds, IReadOnlyList<CaseFaults> Cases, int Total, int Pages, int Hidden);

/// <summary>A child about whom two returns report different things.</summary>
/// <param name="Cases">The child's cases.</param>
/// <param name="Child">What changed in the return about the child.</param>
public sealed record ChangedCase(IReadOnlyList<CaseFile> Cases, ChangedChild Child);

/// <summary>What changed between two stored returns.</summary>
/// <param name="Later">The later return.</param>
/// <param name="Since">The earlier return.</param>
/// <param name="Counts">How many children were added, removed or changed.</param>
/// <param name="Children">The children on this page.</param>
/// <param name="Page">Number of the page, from 1.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Hidden">Number of children who have a case that this officer is not allowed to see.</param>
public sealed record ReturnChangesView(
    StoredReturn Later, StoredReturn Since, IReadOnlyDictionary<ChildChange, int> Counts, IReadOnlyList<ChangedCase> Children, int Page, int Pages, int Hidden);
