using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Figures;

/// <summary>The document store cannot be reached, or figures in it cannot be read.</summary>
public sealed class FigureStoreException(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>
/// Makes figures from stored returns and stores them with the council's documents: <c>COUNCIL/figures/YEAR/NUMBER.json</c>.
/// </summary>
public sealed class FigureStore(IDocumentStore documents)
{
    /// <summary>The newest figures of each year, the newest year first.</summary>
    /// <param name="council">The council.</param>
    /// <param name="most">The largest number of years to return.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FigureStoreException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<FigureSet>> NewestAsync(LocalAuthorityCode council, int most, CancellationToken cancellationToken)
    {
        var names = (await NamesAsync($"{council}/figures/", cancellationToken)).GroupBy(name => name.Split('/')[2], StringComparer.Ordinal)
            .OrderByDescending(year => year.Key, StringComparer.Ordinal).Take(most).Select(year => year.Max(StringComparer.Ordinal)!).ToList();
        var sets = new List<FigureSet>();
        foreach (var name in names)
        {
            sets.Add(await ReadAsync(name, cancellationToken));
        }

        return sets;
    }

    /// <summary>The newest figures of a year, or null if there are none.</summary>
    /// <exception cref="FigureStoreException">The store cannot be reached.</exception>
    public async Task<FigureSet?> FindAsync(LocalAuthorityCode council, int year, CancellationToken cancellationToken) =>
        (await NamesAsync(Folder(council, year), cancellationToken)).Max(StringComparer.Ordinal) is { } name ? await ReadAsync(name, cancellationToken) : null;

    /// <summary>Makes the figures of the year that a stored return covers, and stores them.</summary>
    /// <param name="returns">The store of returns.</param>
    /// <param name="kept">The stored return from which the figures are made.</param>
    /// <param name="rules">The council's rules.</param>
    /// <param name="schools">The register of schools, or null if none was imported.</param>
    /// <param name="by">The person who has the figures made.</param>
    /// <param name="now">The time at which the figures are made.</param>
    /// <param name="cancellationToken">Stops the work, in which case nothing is stored.</param>
    /// <exception cref="FigureStoreException">The store cannot be reached, or somebody else is saving figures of this year just
    /// now.</exception>
    /// <exception cref="ReturnStoreException">The return cannot be read.</exception>
    public async Task<FigureSet> MakeAsync(ReturnStore returns, StoredReturn kept, Rules rules, LoadedRegister? schools, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(returns);
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(rules);
        var (council, period) = (rules.Council.Code, ReturnPeriod.Of(kept.Year, Sen2Layout.Newest));
        var reading = new UnitReading(period, Sen2Layout.Newest, rules, schools);
        var counts = FigureSet.Count((await returns.PersonsAsync(council, kept, cancellationToken)).SelectMany(reading.Of), FigureLayout.Newest);
        var year = period.First.Year;
        var number = (await NamesAsync(Folder(council, year), cancellationToken)).Select(NumberOf).DefaultIfEmpty().Max() + 1;
        var made = new FigureSet(year, number, now, by, kept.Number, kept.Sha256, schools is not null, counts);
        var put = await documents.PutOnceAsync(FormattableString.Invariant($"{Folder(council, year)}{number:D4}.json"), JsonSerializer.SerializeToUtf8Bytes(made, StoredReturn.Json), "application/json", cancellationToken);
        return put.Outcome switch
        {
            KeepingOutcome.Done => made,
            KeepingOutcome.AlreadyThere => throw new FigureStoreException("Somebody else is saving figures of this year just now. Try again in a minute."),
            _ => throw new FigureStoreException(put.Reason),
        };
    }

    private static string Folder(LocalAuthorityCode council, int year) => FormattableString.Invariant($"{council}/figures/{year}/");

    private static int NumberOf(string name) => int.Parse(name.Split('/')[^1].Split('.')[0], CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<string>> NamesAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = await documents.ListAsync(prefix, cancellationToken);
        return names.Succeeded ? names.Value : names.Outcome == KeepingOutcome.Missing ? [] : throw new FigureStoreException(names.Reason);
    }

    private async Task<FigureSet> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var read = await documents.ReadAsync(name, cancellationToken);
        if (!read.Succeeded)
        {
            throw new FigureStoreException(read.Reason);
        }

        try
        {
            return JsonSerializer.Deserialize<FigureSet>(read.Value.Bytes, StoredReturn.Json) ?? throw new FigureStoreException($"{name} is empty.");
        }
        catch (JsonException damaged)
        {
            throw new FigureStoreException($"{name} cannot be read.", damaged);
        }
    }
}
