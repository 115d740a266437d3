using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Local.Hosting;

namespace IntegrationHub.Local.Keeping;

/// <summary>The manifest lists the files in a backup. The manifest is written last, so a folder without a manifest is not a complete
/// backup.</summary>
/// <param name="At">The instant at which every store was as it is in the backup.</param>
/// <param name="Files">The files of the backup.</param>
internal sealed record BackupManifest(DateTimeOffset At, IReadOnlyList<BackupFile> Files)
{
    /// <summary>Name of the manifest in the folder of a backup.</summary>
    internal const string Name = "backup.json";

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="InvalidDataException">The folder is not a complete backup.</exception>
    internal static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{folder} is not a complete backup: it has no {Name}.");
        }

        try
        {
            // A backup always has the store of the cases; without this check, a damaged list would restore a hub without cases.
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), BackupJson.Default.BackupManifest) is { Files: { } files } manifest && files.Any(file => file?.Name == LocalHub.StoreFile) && files.All(file => file is { Name: not null })
                ? manifest
                : throw new InvalidDataException($"{Name} is damaged.");
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{Name} is damaged.", damaged);
        }
    }

    /// <summary>Writes the manifest, flushed to the disk.</summary>
    internal void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, Name), FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(file, this, BackupJson.Default.BackupManifest);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The files of the backup that are missing or have changed since they were written.</summary>
    internal IEnumerable<string> Problems(string folder)
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, file.Name);
            if (!Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                yield return $"{file.Name}: this file is outside the backup.";
            }
            else if (!File.Exists(path))
            {
                yield return $"{file.Name}: this file is missing.";
            }
            else if (BackupFile.Of(folder, file.Name) != file)
            {
                yield return $"{file.Name}: this file has changed since it was written.";
            }
        }
    }
}

/// <summary>One file of a backup.</summary>
/// <param name="Name">Path of the file in the data directory, with <c>/</c> between folders.</param>
/// <param name="Bytes">Length of the file in bytes.</param>
/// <param name="Sha256">SHA-256 of the file, in lower-case hexadecimal digits.</param>
internal sealed record BackupFile(string Name, long Bytes, string Sha256)
{
    internal static BackupFile Of(string folder, string name)
    {
        using var stream = File.OpenRead(Path.Combine(folder, name));
        return new BackupFile(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
