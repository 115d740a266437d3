using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using IntegrationHub.Orchestrations.AzureStorage.Rows;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>
/// The row that every change of an assessment replaces under its ETag, so that changes come one after another: if two hosts read the same
/// head row, only one of them can succeed.
/// </summary>
internal sealed record Head
{
    /// <summary>The row's ETag, or null while the assessment has no row.</summary>
    internal ETag? ETag { get; init; }

    /// <summary>The number of changes of any kind so far.</summary>
    internal long Changes { get; init; }

    /// <summary>Identifies the change that wrote the head row. If the answer to the write is lost, the writer knows by this mark that
    /// the change succeeded.</summary>
    internal string Mark { get; init; } = "";

    /// <summary>The version of the state.</summary>
    internal long Version { get; init; }

    /// <summary>The position that the next delivery will have in the inbox.</summary>
    internal long NextPlace { get; init; }

    /// <summary>The hint (an entry in the index of due work) for the wake-up.</summary>
    internal Hint? Wake { get; init; }

    /// <summary>The hint (an entry in the index of due work) for the oldest delivery in the inbox.</summary>
    internal Hint? Arrived { get; init; }

    /// <summary>The hint (an entry in the index of due work) for the earliest effect.</summary>
    internal Hint? Effect { get; init; }

    /// <summary>The versions whose turns have open effects, each with the time in ticks at which the first effect is due.</summary>
    internal IReadOnlyDictionary<long, long> Open { get; init; } = new Dictionary<long, long>();

    /// <summary>The blob that contains the state, or null while the state fits into its row.</summary>
    internal string? StateBlob { get; init; }

    /// <summary>The summary that the lists show, or null before the first event.</summary>
    internal AssessmentSummary? Summary { get; init; }

    /// <summary>The time at which the assessment is to be woken, or null if none is set.</summary>
    internal DateTimeOffset? WakeAt => Wake?.At;

    internal static readonly string[] Columns =
        ["PartitionKey", "RowKey", "Changes", "Mark", "Version", "NextPlace", "Wake", "Arrived", "Effect", .. SplitValue.Columns("Open"), "StateBlob", .. SplitValue.Columns("Summary")];

    internal static Head From(TableEntity row) => new()
    {
        ETag = row.ETag,
        Changes = row.GetInt64("Changes") ?? 0,
        Mark = row.GetString("Mark") ?? "",
        Version = row.GetInt64("Version") ?? 0,
        NextPlace = row.GetInt64("NextPlace") ?? 0,
        Wake = Hint.Parse(row.GetString("Wake")),
        Arrived = Hint.Parse(row.GetString("Arrived")),
        Effect = Hint.Parse(row.GetString("Effect")),
        Open = (SplitValue.GetText(row, "Open") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(o => o.Split(':')).ToDictionary(o => Number(o[0]), o => Number(o[1])),
        StateBlob = row.GetString("StateBlob"),
        Summary = SplitValue.GetText(row, "Summary") is { } summary ? Writing.Read<AssessmentSummary>(Encoding.UTF8.GetBytes(summary)) : null,
    };

    internal TableEntity Row(string partition)
    {
        var row = new TableEntity(partition, RowKeys.Head)
        {
            ["Changes"] = Changes,
            ["Mark"] = Mark,
            ["Version"] = Version,
            ["NextPlace"] = NextPlace,
        };
        SplitValue.Put(row, "Open", string.Join(' ', Open.Select(o => FormattableString.Invariant($"{o.Key}:{o.Value}"))));
        Set("Wake", Wake?.ToString());
        Set("Arrived", Arrived?.ToString());
        Set("Effect", Effect?.ToString());
        Set("StateBlob", StateBlob);
        if (Summary is not null)
        {
            SplitValue.Put(row, "Summary", Writing.Write(Summary, TurnJson.Default.AssessmentSummary));
        }

        return row;

        void Set(string column, string? value)
        {
            if (value is not null)
            {
                row[column] = value;
            }
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
