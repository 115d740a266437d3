using System.Globalization;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Decides which phase transfers are listed. The filter does not name a child, so it may be part of a web address.</summary>
public sealed record TransferFilter
{
    /// <summary>Calendar year of the transfer.</summary>
    public required int Year { get; init; }

    /// <summary>The only type of transfer to list; null for all types.</summary>
    public TransferOfPhase? Phase { get; init; }

    /// <summary>The stage that the listed plans have reached; null for all.</summary>
    public TransferStep? Step { get; init; }

    /// <summary>Whether to list only transfers for which the last day for the plan has passed.</summary>
    public bool Late { get; init; }

    /// <summary>Number of the page, counted from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether to list all transfers on one page, for a download.</summary>
    public bool OnOnePage { get; init; }

    /// <summary>Reads a filter from a web address. Unknown values are ignored; if no year is given, the year of the next September is
    /// used.</summary>
    public static TransferFilter Read(IQueryCollection query, DateOnly today)
    {
        var next = today.Month >= 9 ? today.Year + 1 : today.Year;
        return new TransferFilter
        {
            Year = int.TryParse(query["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && Years(today).Contains(year) ? year : next,
            Phase = Word<TransferOfPhase>("phase"),
            Step = Word<TransferStep>("step"),
            Late = query["late"] == "yes",
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1,
        };

        T? Word<T>(string name)
            where T : struct, Enum => Enum.TryParse<T>(query[name].ToString(), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
    }

    /// <summary>The years that can be chosen: last year, this year and the next two.</summary>
    public static IEnumerable<int> Years(DateOnly today) => Enumerable.Range(today.Year - 1, 4);

    /// <summary>Whether a transfer is listed under this filter.</summary>
    public bool Fits(CohortTransfer transfer, bool isLate)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return (Phase is not { } phase || transfer.Transfer == phase) && (Step is not { } step || transfer.Step == step) && (!Late || isLate);
    }

    /// <summary>The filter as part of a web address.</summary>
    public string ToQuery() => QueryString.Create(new Dictionary<string, string?>
    {
        ["year"] = Year.ToString(CultureInfo.InvariantCulture),
        ["phase"] = Phase?.ToString(),
        ["step"] = Step?.ToString(),
        ["late"] = Late ? "yes" : null,
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(part => part.Value is not null)).ToString();
}
