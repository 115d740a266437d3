using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Azure.Clock;

/// <summary>
/// What the hosts know about their clocks, in one blob that every host reads before it writes. A write that another host has overtaken is
/// dropped: the next beat writes the same. A confirmation is not dropped: the person who gives it is told that it was not kept.
/// </summary>
internal sealed class BlobClockRecord(BlobClient blob) : IClockRecord
{
    private ETag? read;
    private ClockState? known;

    /// <summary>The storage service's own time at the last reading, UTC: a clock that nobody here can set.</summary>
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
            throw new InvalidDataException($"{blob.Name} is damaged. Look at the hosts' clocks, then remove the blob.", damaged);
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
            // Another host's beat came first.
        }
        catch (RequestFailedException failed)
        {
            throw new IOException($"The record of the clock cannot be written: {failed.Status} {failed.ErrorCode}.", failed);
        }
    }
}
