using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Tray;

/// <summary>A record that somebody viewed a message. These records are stored for each message, in the same way as records of viewed
/// cases are stored for each case, because a message may be about a child who has no case yet.</summary>
/// <param name="By">The person who viewed the message.</param>
/// <param name="Roles">The roles of the person who viewed the message.</param>
/// <param name="At">When the message was viewed, UTC.</param>
/// <param name="What">What the person was shown.</param>
public sealed record TrayAccess(string By, string Roles, DateTimeOffset At, string What);

/// <summary>Records who viewed what in the councils' incoming mail. The record is saved before the messages are shown; if the record cannot
/// be saved, nothing is shown.</summary>
public sealed class TrayAccessLog(IDocumentStore documents)
{
    /// <summary>The key of a record that somebody viewed the list of messages and not a single message.</summary>
    public const string ListKey = "list";

    private const string MomentForm = "yyyyMMddHHmmssfffffff";

    /// <summary>Records that a message was viewed.</summary>
    /// <param name="council">The council whose incoming mail is meant.</param>
    /// <param name="key">The message's key, or <see cref="ListKey"/>.</param>
    /// <param name="reading">The record of who viewed the message.</param>
    /// <param name="cancellationToken">Cancels the recording.</param>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask RecordAsync(LocalAuthorityCode council, string key, TrayAccess reading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var put = await documents.PutOnceAsync(
            $"{FolderOf(council)}/{key}/{reading.At.ToString(MomentForm, CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}.json",
            JsonSerializer.SerializeToUtf8Bytes(reading, TrayJson.Default.TrayAccess), "application/json", cancellationToken);
        if (!put.Succeeded)
        {
            throw new IOException(put.Reason);
        }
    }

    /// <summary>The latest records of who viewed one message, newest first.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<IReadOnlyList<TrayAccess>> OfAsync(LocalAuthorityCode council, string key, int most, CancellationToken cancellationToken)
    {
        var readings = new List<TrayAccess>();
        foreach (var name in (await ListAsync($"{FolderOf(council)}/{key}", cancellationToken)).Reverse().Take(most))
        {
            readings.Add(await ReadAsync(name, cancellationToken));
        }

        return readings;
    }

    /// <summary>All records of viewed messages in a period, each with the key of its message, ordered by message and then by
    /// time.</summary>
    /// <param name="council">The council whose incoming mail is meant.</param>
    /// <param name="from">Start of the period, inclusive, UTC.</param>
    /// <param name="before">End of the period, exclusive, UTC.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async IAsyncEnumerable<(string Key, TrayAccess Reading)> InAsync(
        LocalAuthorityCode council, DateTimeOffset from, DateTimeOffset before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in await ListAsync(FolderOf(council), cancellationToken))
        {
            // The name of a record's file begins with the time, so that only the records of the period are opened.
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

    private async ValueTask<TrayAccess> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var read = await documents.ReadAsync(name, cancellationToken);
        return (read.Succeeded ? JsonSerializer.Deserialize(read.Value.Bytes, TrayJson.Default.TrayAccess) : null)
            ?? throw new IOException($"The access record {name} is damaged. Restore the record from a backup.");
    }
}
