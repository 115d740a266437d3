using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Azure.Clock;

/// <summary>
/// The record of the hosts' clocks, in one blob that every host reads before it writes. If another host has written in the meantime, this
/// host's write is dropped, because its next heartbeat writes the same information. An operator's confirmation of the clock is never
/// dropped silently: the operator is notified that it was not saved.
/// </summary>
internal sealed class BlobClockRecord(BlobClient blob) : IClockRecord
{
    private ETag? read;
    private ClockState? known;

    /// <summary>The storage service's own time (UTC) when the record was last read: a clock that no operator of the hub can set.</summary>
    internal DateTimeOffset? ServiceTime { get; private set; }

    public ClockState? Read()
    {
        try
        {
            var answer = blob.DownloadContent();
            ServiceTime = answer.GetRawResponse().Headers.Date;
            (read, known) = (answer.Value.Details.ETag, JsonSerializer.Deserialize<ClockState>(answer.Value.Content, JsonSerializerOptions.Web));
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            ServiceTime = missing.GetRawResponse()?.Headers.Date;
            (read, known) = (null, null);
        }
        catch (RequestFailedException failed)
        {
            throw new IOException($"The record of the clock cannot be read: {failed.Status} {failed.ErrorCode}.", failed);
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{blob.Name} is damaged. Check the hosts' clocks, then delete the blob.", damaged);
        }

        return known;
    }

    public void Write(ClockState state)
    {
        var asRead = new BlobRequestConditions { IfMatch = read, IfNoneMatch = read is null ? ETag.All : null };
        try
        {
            var written = blob.Upload(BinaryData.FromObjectAsJson(state, JsonSerializerOptions.Web), new BlobUploadOptions { Conditions = asRead });
            (read, known) = (written.Value.ETag, state);
        }
        catch (RequestFailedException second) when (second.Status is 409 or 412 && state.Confirmed == known?.Confirmed)
        {
            // Another host wrote its heartbeat first.
        }
        catch (RequestFailedException failed)
        {
            throw new IOException($"The record of the clock cannot be written: {failed.Status} {failed.ErrorCode}.", failed);
        }
    }
}
