using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Returns;

/// <summary>
/// The SEN2 return as officers see it: the errors and doubts in the newest return, by case, and what changed since the return before it.
/// Cases that are restricted to other officers are counted but not listed.
/// </summary>
public sealed class ReturnService(IAssessmentStore store, ReturnStore returns, CaseReader reader, CaseBoard board, TimeProvider time)
{
    private const int CasesOnAPage = 25;

    // Work on a return continues for this many months after its census. After that, officers see the next year's return first.
    private const int MonthsAfterCensus = 6;

    private int building;

    /// <summary>The years that officers can choose, in ascending order.</summary>
    internal static IReadOnlyList<int> Years => Sen2Layout.Newest.CensusYears;

    /// <summary>The year of the return that the council is working on today.</summary>
    internal int YearNow => Years.FirstOrDefault(year => ReturnPeriod.Of(year, Sen2Layout.Newest).Census.AddMonths(MonthsAfterCensus) >= LondonDate.Of(time.GetUtcNow()), Years[^1]);

    /// <summary>Builds the return of a year and stores it. The return is still built if the browser stops waiting.</summary>
    /// <returns>False if a return is already being built.</returns>
    /// <exception cref="ReturnStoreException">The return cannot be stored.</exception>
    public async Task<bool> BuildAsync(Officer officer, int year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        if (Interlocked.Exchange(ref building, 1) == 1)
        {
            return false;
        }

        try
        {
            await returns.BuildAsync(store, Sen2Layout.Newest, officer.Council, year, officer.Subject, time.GetUtcNow(), cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Exchange(ref building, 0);
        }
    }

    /// <summary>The errors and doubts in the newest return of a year.</summary>
    /// <exception cref="ReturnStoreException">The store cannot be reached.</exception>
    public async Task<ReturnView> ViewAsync(Officer officer, ReturnSelection asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        ArgumentNullException.ThrowIfNull(asked);
        var kept = await returns.ListAsync(officer.Council, asked.Year, cancellationToken);
        var all = kept.Count == 0 ? [] : await returns.FaultsAsync(officer.Council, kept[0], cancellationToken);
        var open = VisibleCases(officer);
        var seen = all.Where(fault => open.TryGetValue(fault.Case, out var holder) && (!asked.Mine || holder == officer.Subject)).ToList();
        var byCase = seen.Where(fault => asked.Kind is null || KindOf(fault) == asked.Kind).GroupBy(fault => fault.Case, StringComparer.Ordinal)
            .OrderByDescending(faults => faults.Any(fault => fault.IsError)).ThenBy(faults => faults.Key, StringComparer.Ordinal).ToList();
        var pages = Math.Max(1, (byCase.Count + CasesOnAPage - 1) / CasesOnAPage);
        var page = Math.Clamp(asked.Page, 1, pages);
        var shown = byCase.Skip((page - 1) * CasesOnAPage).Take(CasesOnAPage).ToDictionary(faults => faults.Key, StringComparer.Ordinal);
        var files = await reader.OpenAsync(officer, Ids(shown.Keys), "SEN2 return: faults", cancellationToken);
        return new(
            asked with { Page = page }, Years, kept, Kinds(seen), [.. files.Select(file => new CaseFaults(file, [.. shown[file.State.Id.Value].OrderByDescending(fault => fault.IsError)]))],
            byCase.Count, pages, all.Count(fault => !open.ContainsKey(fault.Case)));
    }

    /// <summary>What changed between a stored return and an earlier one, or null if either does not exist.</summary>
    /// <param name="officer">The officer who reads the page.</param>
    /// <param name="year">Year of the census.</param>
    /// <param name="number">Number of the later return.</param>
    /// <param name="since">Number of the earlier return, or null for the return immediately before the later one.</param>
    /// <param name="page">Number of the page, from 1.</param>
    /// <param name="cancellationToken">Stops reading the returns.</param>
    /// <exception cref="ReturnStoreException">The store cannot be reached.</exception>
    public async Task<ReturnChangesView?> ChangesAsync(Officer officer, int year, int number, int? since, int page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        var kept = await returns.ListAsync(officer.Council, year, cancellationToken);
        if (kept.FirstOrDefault(one => one.Number == number) is not { } later
            || kept.FirstOrDefault(one => since is null ? one.Number < number : one.Number == since && since < number) is not { } earlier)
        {
            return null;
        }

        var changes = ReturnChanges.Between(await returns.PersonsAsync(officer.Council, earlier, cancellationToken), await returns.PersonsAsync(officer.Council, later, cancellationToken)).ToList();
        var open = VisibleCases(officer);
        var seen = changes.Where(child => child.Cases.All(open.ContainsKey)).ToList();
        var pages = Math.Max(1, (seen.Count + CasesOnAPage - 1) / CasesOnAPage);
        var shown = Math.Clamp(page, 1, pages);
        var children = new List<ChangedCase>();
        foreach (var child in seen.Skip((shown - 1) * CasesOnAPage).Take(CasesOnAPage))
        {
            var files = await reader.OpenAsync(officer, Ids(child.Cases), "SEN2 return: changes", cancellationToken);
            if (files.Count == child.Cases.Count)
            {
                children.Add(new(files, child));
            }
        }

        return new(
            later, earlier, Enum.GetValues<ChildChange>().ToDictionary(what => what, what => changes.Count(child => child.What == what)), children, shown, pages, changes.Count - seen.Count);
    }

    /// <summary>
    /// A stored return as a file, or null if there is no such return. Only an officer who is allowed to see every case in the return gets
    /// the file, and the access is recorded in the access log of each case before the file is sent.
    /// </summary>
    /// <exception cref="ReturnStoreException">The store cannot be reached.</exception>
    public async Task<ReturnFile?> FileAsync(Officer officer, int year, int number, bool asTables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        if ((await returns.ListAsync(officer.Council, year, cancellationToken)).FirstOrDefault(one => one.Number == number) is not { } kept)
        {
            return null;
        }

        var cases = (await returns.PersonsAsync(officer.Council, kept, cancellationToken)).SelectMany(person => person.Cases).Distinct(StringComparer.Ordinal).ToList();
        var read = await reader.OpenAllAsync(officer, Ids(cases), "SEN2 return as a file", cancellationToken);
        return !read ? new(kept, null) : new(kept, asTables ? await returns.TablesAsync(officer.Council, kept, cancellationToken) : await returns.XmlAsync(officer.Council, kept, cancellationToken));
    }

    /// <summary>The name of a kind of fault in page addresses.</summary>
    private static string KindOf(StoredFault fault) => $"{fault.Code}.{fault.Item}";

    private static IReadOnlyList<FaultKind> Kinds(IEnumerable<StoredFault> faults) =>
        [.. faults.GroupBy(KindOf, StringComparer.Ordinal).Select(kind => new FaultKind(kind.Key, kind.First().Item ?? "", kind.First().Words, kind.First().IsError, kind.Count()))
            .OrderByDescending(kind => kind.IsError).ThenByDescending(kind => kind.Count).ThenBy(kind => kind.Kind, StringComparer.Ordinal)];

    private static IEnumerable<AssessmentId> Ids(IEnumerable<string> cases) => cases.Select(one => AssessmentId.TryParse(one, out var id, out _) ? id : default).Where(id => id != default);

    /// <summary>The council's cases that the officer is allowed to see, each with its case officer. A case that the board has not loaded
    /// yet is left out.</summary>
    private Dictionary<string, string?> VisibleCases(Officer officer) => board.Current.Of(officer.Council).Where(row => row.Summary.IsOpenTo(officer.Subject))
        .ToDictionary(row => row.Summary.Id.Value, row => row.Summary.CaseOfficer, StringComparer.Ordinal);
}

/// <summary>A stored return as a file.</summary>
/// <param name="Kept">The stored return.</param>
/// <param name="Bytes">The file, or null if it contains cases that the officer is not allowed to see.</param>
public sealed record ReturnFile(StoredReturn Kept, byte[]? Bytes);
