using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>A reading of a message: kept like the readings of cases, because a message may be about a child who has none yet.</summary>
/// <param name="By">The reader.</param>
/// <param name="Roles">In which roles.</param>
/// <param name="At">When, UTC.</param>
/// <param name="What">What was shown.</param>
public sealed record TrayReading(string By, string Roles, DateTimeOffset At, string What);

/// <summary>Who read what in the trays. A reading is durable before anything is shown; where it cannot be written, nothing is.</summary>
public sealed class TrayReadings(IDocumentStore documents)
{
    /// <summary>The key of the list of messages, in place of a message's own.</summary>
    public const string OfTheList = "list";

    private const string MomentForm = "yyyyMMddHHmmssfffffff";

    /// <summary>Records a reading.</summary>
    /// <param name="council">Whose tray it is.</param>
    /// <param name="key">The message's key, or <see cref="OfTheList"/>.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask NoteAsync(LocalAuthorityCode council, string key, TrayReading reading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var put = await documents.PutOnceAsync(
            $"{FolderOf(council)}/{key}/{reading.At.ToString(MomentForm, CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}.json",
            JsonSerializer.SerializeToUtf8Bytes(reading, TrayJson.Default.TrayReading), "application/json", cancellationToken);
        if (!put.Succeeded)
        {
            throw new IOException(put.Reason);
        }
    }

    /// <summary>The newest readings of a message, newest first.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<IReadOnlyList<TrayReading>> OfAsync(LocalAuthorityCode council, string key, int most, CancellationToken cancellationToken)
    {
        var readings = new List<TrayReading>();
        foreach (var name in (await ListAsync($"{FolderOf(council)}/{key}", cancellationToken)).Reverse().Take(most))
        {
            readings.Add(await ReadAsync(name, cancellationToken));
        }

        return readings;
    }

    /// <summary>All readings in a period, each with the key of its message, message by message and then by time.</summary>
    /// <param name="council">Whose tray it is.</param>
    /// <param name="from">From this instant onwards, UTC.</param>
    /// <param name="before">Before this instant, UTC.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async IAsyncEnumerable<(string Key, TrayReading Reading)> InAsync(
        LocalAuthorityCode council, DateTimeOffset from, DateTimeOffset before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in await ListAsync(FolderOf(council), cancellationToken))
        {
            // The name begins with the moment: of years of readings only those of the period are opened.
            var moment = Path.GetFileName(name).Split('-')[0];
            if (string.CompareOrdinal(moment, Moment(from)) >= 0 && string.CompareOrdinal(moment, Moment(before)) < 0)
            {
                yield return (Path.GetFileName(Path.GetDirectoryName(name))!, await ReadAsync(name, cancellationToken));
            }
        }
    }

    internal static string FolderOf(LocalAuthorityCode council) => $"intake/{council}/readings";

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString(MomentForm, CultureInfo.InvariantCulture);

    private async ValueTask<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        var names = await documents.ListAsync(folder, cancellationToken);
        return names.Succeeded ? names.Value : throw new IOException(names.Reason);
    }

    private async ValueTask<TrayReading> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var read = await documents.ReadAsync(name, cancellationToken);
        return (read.Succeeded ? JsonSerializer.Deserialize(read.Value.Bytes, TrayJson.Default.TrayReading) : null)
            ?? throw new IOException($"{name}: the reading cannot be read.");
    }
}
