using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Functions.Workspace.Cases;

namespace IntegrationHub.Functions.Workspace.Returns;

/// <summary>What an officer looks at: a year, whose cases, one kind of fault or all, a page.</summary>
/// <param name="Year">Year of the census.</param>
/// <param name="Mine">Only the officer's own cases.</param>
/// <param name="Kind">Only faults of this kind; null: all.</param>
/// <param name="Page">1 is the first.</param>
public sealed record ReturnAsked(int Year, bool Mine, string? Kind, int Page)
{
    /// <summary>The page's address.</summary>
    internal const string Path = "/workspace/sen2";

    /// <summary>The address of a page with the same choices.</summary>
    internal string Address(int page = 1, bool? mine = null, string? kind = null, bool all = false) => FormattableString.Invariant(
        $"{Path}?year={Year}{(mine ?? Mine ? "&of=mine" : "")}{((all ? null : kind ?? Kind) is { } chosen ? $"&kind={Uri.EscapeDataString(chosen)}" : "")}{(page > 1 ? $"&page={page}" : "")}");
}

/// <summary>Faults of one kind, counted.</summary>
/// <param name="Kind">Its name in addresses.</param>
/// <param name="Item">The item.</param>
/// <param name="Words">What is wrong, as the first of them says it.</param>
/// <param name="IsError">It must be put right.</param>
/// <param name="Count">How many.</param>
public sealed record FaultKind(string Kind, string Item, string Words, bool IsError, int Count);

/// <summary>Errors and doubts of one case.</summary>
/// <param name="File">The case.</param>
/// <param name="Faults">Errors first.</param>
public sealed record CaseFaults(CaseFile File, IReadOnlyList<StoredFault> Faults);

/// <summary>The page of a year's return.</summary>
/// <param name="Asked">What was asked for.</param>
/// <param name="Years">The years that can be chosen.</param>
/// <param name="Kept">The kept returns of the year, the newest first; the errors and doubts are those of that one.</param>
/// <param name="Kinds">Its faults by kind, errors first, then the most frequent.</param>
/// <param name="Cases">The cases of this page.</param>
/// <param name="Total">How many cases have faults.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Hidden">Faults in cases that this officer may not see: they are counted and not listed.</param>
public sealed record ReturnView(
    ReturnAsked Asked, IReadOnlyList<int> Years, IReadOnlyList<StoredReturn> Kept, IReadOnlyList<FaultKind> Kinds, IReadOnlyList<CaseFaults> Cases, int Total, int Pages, int Hidden);

/// <summary>One child whom two returns report differently.</summary>
/// <param name="Files">The cases.</param>
/// <param name="Child">What became of the child.</param>
public sealed record ChangedCase(IReadOnlyList<CaseFile> Files, ChangedChild Child);

/// <summary>What changed between two kept returns.</summary>
/// <param name="Later">The later one.</param>
/// <param name="Since">The earlier one.</param>
/// <param name="Counts">How many children were added, are gone, and changed.</param>
/// <param name="Children">Those of this page.</param>
/// <param name="Page">1 is the first.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Hidden">Children with a case that this officer may not see.</param>
public sealed record ReturnChangesView(
    StoredReturn Later, StoredReturn Since, IReadOnlyDictionary<ChildChange, int> Counts, IReadOnlyList<ChangedCase> Children, int Page, int Pages, int Hidden);
