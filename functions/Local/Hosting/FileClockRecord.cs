using System.Text.Json;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Hosting;

/// <summary>Stores the state of the clock monitor in a small file in the data directory. Each change of the state replaces the complete
/// file.</summary>
internal sealed class FileClockRecord(string data) : IClockRecord, IClockConfirmations
{
    internal const string Name = "clock.json";

    /// <summary>
    /// Name of the file in which somebody with access to the data directory confirms the clock, for the hub that is using this directory or
    /// will be started on it next.
    /// </summary>
    internal const string ConfirmationName = "clock-confirmed.json";

    private readonly string path = Path.Combine(data, Name);
    private readonly string confirmation = Path.Combine(data, ConfirmationName);

    public ClockState? Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<ClockState>(File.ReadAllText(path), JsonSerializerOptions.Web) : null;
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{Name} in the data directory is damaged. Check the machine's clock, then remove the file.", damaged);
        }
    }

    public void Write(ClockState state) => Replace(path, state);

    /// <summary>Records a confirmation from somebody who has checked the clock.</summary>
    internal void Confirm(ClockConfirmation word) => Replace(confirmation, word);

    /// <inheritdoc/>
    public ClockConfirmation? Said()
    {
        try
        {
            return File.Exists(confirmation) ? JsonSerializer.Deserialize<ClockConfirmation>(File.ReadAllText(confirmation), JsonSerializerOptions.Web) : null;
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{ConfirmationName} in the data directory is damaged. Remove the file, and confirm the clock again.", damaged);
        }
    }

    /// <inheritdoc/>
    public void Forget() => File.Delete(confirmation);

    private static void Replace<T>(string path, T value)
    {
        var next = path + ".new";
        File.WriteAllText(next, JsonSerializer.Serialize(value, JsonSerializerOptions.Web));
        File.Move(next, path, overwrite: true);
    }
}
