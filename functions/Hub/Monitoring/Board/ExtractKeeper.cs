using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Children;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// While the process runs, stores the index of children and the board's rows; after the start, also loads the stored children into memory.
/// The loop uses the wall clock, because the assessments' clock may be virtual and stopped. If the loop fails, the only consequence is that
/// the next start is slower.
/// </summary>
public sealed partial class ExtractKeeper : BackgroundLoop
{
    private const int ToldEvery = 50_000;

    private static readonly TimeSpan WhileMissing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly KnownChildren children;
    private readonly CaseBoard board;
    private readonly ChildKeeping keeping;
    private readonly ILogger<ExtractKeeper> log;
    private int? told;
    private int toldOfRows;

    /// <summary>Starts the loop with the host.</summary>
    public ExtractKeeper(KnownChildren children, CaseBoard board, IAssessmentStore store, BackgroundWork work, ILogger<ExtractKeeper> log)
        : base("storage of extracts", work, TimeProvider.System) =>
        (this.children, this.board, keeping, this.log) = (children, board, new ChildKeeping(children, store), log);

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        if (children.Kept is null)
        {
            return UntilWoken;
        }

        var isComplete = true;
        await Items.RunAsync("children", async cancellationToken => isComplete = await ChildrenAsync(cancellationToken), cancellationToken);
        await Items.RunAsync("rows", async cancellationToken => isComplete &= await board.KeepAsync(cancellationToken) == 0, cancellationToken);
        if (keeping.KeptAgain > 0)
        {
            Unreadable(log, keeping.KeptAgain, "children");
        }

        if (board.UnreadableRows is var rows && rows > toldOfRows)
        {
            Unreadable(log, rows - toldOfRows, "rows of the board");
            toldOfRows = rows;
        }

        return isComplete ? Every : WhileMissing;
    }

    private async Task<bool> ChildrenAsync(CancellationToken cancellationToken)
    {
        if (!await keeping.RunAsync(cancellationToken))
        {
            Tell();
            return false;
        }

        if (told is not null)
        {
            AllKept(log);
            told = null;
        }

        await children.LoadAsync(cancellationToken);
        return true;
    }

    private void Tell()
    {
        if (keeping.MissingCount is { } left && (told is not { } before || before - left >= ToldEvery))
        {
            Missing(log, left);
            told = left;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Cases} cases are missing from the index of children; until they have been added, some searches after a start wait for the cases to be read.")]
    private static partial void Missing(ILogger log, int cases);

    [LoggerMessage(2, LogLevel.Information, "The index of children is complete.")]
    private static partial void AllKept(ILogger log);

    [LoggerMessage(3, LogLevel.Warning, "{Count} of the kept {Kind} could not be read, and are derived again from the cases. The data file may be damaged: check it.")]
    private static partial void Unreadable(ILogger log, int count, string kind);
}
