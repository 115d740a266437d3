using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>One child on the list.</summary>
/// <param name="File">The case.</param>
/// <param name="Transfer">The child's transfer, either on record or expected.</param>
/// <param name="IsLate">Whether the last day for the plan has passed and the plan has not been sent.</param>
public sealed record TransferItem(CaseFile File, CohortTransfer Transfer, bool IsLate);

/// <summary>How many children make one type of transfer, and how far their plans have progressed.</summary>
/// <param name="Transfer">The kind of transfer.</param>
/// <param name="Steps">Number of children at each step; each child is counted at the last step completed.</param>
/// <param name="Late">Number of children for whom the last day has passed and the plan has not been sent.</param>
public sealed record TransferCount(TransferOfPhase Transfer, IReadOnlyDictionary<TransferStep, int> Steps, int Late)
{
    /// <summary>Number of all children who make this type of transfer.</summary>
    public int All => Steps.Values.Sum();
}

/// <summary>One page of the list of transfers.</summary>
/// <param name="Counts">The counts for the whole year by type of transfer; the filter does not affect them.</param>
/// <param name="Items">The children on the page.</param>
/// <param name="Total">Number of children on all pages.</param>
/// <param name="Number">Number of the page, counted from 1.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="LastDay">In the given year, the last day for the plans of children who change school.</param>
/// <param name="LastDayPost16">The last day for the plans of young people who move to a post-16 institution.</param>
/// <param name="Citation">Citation of the law that sets these last days.</param>
/// <param name="IsComplete">Whether every case of the council has been read; false for a time after the hub has started.</param>
public sealed record TransferPage(
    IReadOnlyList<TransferCount> Counts, IReadOnlyList<TransferItem> Items, int Total, int Number, int Pages, DateOnly LastDay, DateOnly LastDayPost16, string Citation,
    bool IsComplete);

/// <summary>
/// The children of a council whose phase of education changes in a calendar year (reg 18): children whose transfer is on record, and children
/// expected to transfer because of their date of birth and the oldest age of pupils at their school. An expected transfer is listed until
/// an officer confirms it or records why the child stays. The list comes from the board, which is at most a few seconds old. Each child on
/// a page is then read from the store, and the access is recorded in the access log.
/// </summary>
public sealed class TransferList(CaseBoard board, CaseReader reader, InstitutionRegister register, RuleBook rules, TimeProvider time)
{
    /// <summary>A page of the list, without cases that the officer is not allowed to see.</summary>
    public async ValueTask<TransferPage> PageAsync(Officer officer, TransferFilter filter, string what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        ArgumentNullException.ThrowIfNull(filter);
        var today = LondonDate.Of(time.GetUtcNow());
        var schools = await register.CurrentAsync(cancellationToken);
        var cases = board.Current;
        var all = cases.Of(officer.Council).Where(row => row.Cohort is not null && row.Summary.IsOpenTo(officer.Subject))
            .Select(row => (row.Summary.Id, Transfer: ExpectedTransfer.Of(row.Cohort!, filter.Year, schools))).Where(one => one.Transfer is not null)
            .Select(one => (one.Id, Transfer: one.Transfer!, IsLate: one.Transfer!.IsLate(today))).ToList();
        var counts = all.GroupBy(one => one.Transfer.Transfer).OrderBy(of => of.Key)
            .Select(of => new TransferCount(of.Key, of.CountBy(one => one.Transfer.Step).ToDictionary(), of.Count(one => one.IsLate))).ToList();
        var fitting = all.Where(one => filter.Fits(one.Transfer, one.IsLate))
            .OrderByDescending(one => one.IsLate).ThenBy(one => one.Transfer.Step).ThenBy(one => one.Transfer.Due ?? DateOnly.MaxValue).ThenBy(one => one.Id.Value, StringComparer.Ordinal).ToList();
        var size = filter.OnOnePage ? WorkPage.Max : WorkPage.DefaultSize;
        var pages = Math.Max(1, ((fitting.Count - 1) / size) + 1);
        var number = filter.OnOnePage ? 1 : Math.Clamp(filter.Page, 1, pages);
        var shown = fitting.Skip((number - 1) * size).Take(size).ToDictionary(one => one.Id);
        var files = await reader.OpenAsync(officer, shown.Keys, what, cancellationToken);
        var (school, post16) = (Rule(officer, StartEvent.PhaseTransferSchool), Rule(officer, StartEvent.PhaseTransferPost16));
        return new TransferPage(
            counts, [.. files.Select(file => new TransferItem(file, shown[file.State.Id].Transfer, shown[file.State.Id].IsLate))], fitting.Count, number, pages,
            LastDay(school, filter.Year), LastDay(post16, filter.Year), $"{school.Citation}; {post16.Citation}", cases.HasRead(officer.Council));
    }

    private static DateOnly LastDay(Rule rule, int year) => Clock.Due(rule, new DateOnly(year, 1, 1))!.Value;

    private Rule Rule(Officer officer, StartEvent starts) => rules.For(officer.Council).Law.From(starts)!;
}
