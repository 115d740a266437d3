using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Local.Keeping;

/// <summary>What a backup holds. Written last: a folder without it is not a backup.</summary>
/// <param name="At">The instant at which every store in it was copied.</param>
/// <param name="Files">Its files.</param>
internal sealed record BackupManifest(DateTimeOffset At, IReadOnlyList<BackupFile> Files)
{
    /// <summary>Name of the manifest in the folder of a backup.</summary>
    internal const string Name = "backup.json";

    /// <summary>Reads a manifest.</summary>
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
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), BackupJson.Default.BackupManifest)
                ?? throw new InvalidDataException($"{Name} is empty.");
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

    /// <summary>Files that are missing or have changed since they were written.</summary>
    internal IEnumerable<string> Problems(string folder)
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, file.Name);
            if (!Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                yield return $"{file.Name}: it is outside the backup.";
            }
            else if (!File.Exists(path))
            {
                yield return $"{file.Name}: it is missing.";
            }
            else if (BackupFile.Of(folder, file.Name) != file)
            {
                yield return $"{file.Name}: it has changed since it was written.";
            }
        }
    }
}

/// <summary>One file of a backup.</summary>
/// <param name="Name">Its name in the data directory, with <c>/</c> between folders.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, in lower-case hexadecimal digits.</param>
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
