using IntegrationHub.Functions.Keeping;

namespace IntegrationHub.Functions.PersonalData.Journal;

/// <summary>
/// The journal of actions on personal data on one machine: a line of JSON for each action, chained by checksums and flushed to the disk
/// before the action takes effect. Only commands write to the journal, and only one command runs at a time.
/// </summary>
public sealed class PersonalDataJournal
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string Name = "personal-data.jsonl";

    private readonly string path;

    private PersonalDataJournal(string path, IReadOnlyList<PersonalDataAction> acts) => (this.path, Acts) = (path, acts);

    /// <summary>All actions, oldest first.</summary>
    public IReadOnlyList<PersonalDataAction> Acts { get; private set; }

    /// <summary>Ids of the cases that were erased.</summary>
    public IReadOnlySet<string> Erased => Acts.Where(act => act.Kind == PersonalDataActionKind.Erased).SelectMany(act => act.Cases).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads the journal in a data directory.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read, was changed, or is missing.</exception>
    public static PersonalDataJournal Open(string dataDirectory) => Read(Path.Combine(dataDirectory, Name));

    /// <summary>Adds the lines that only a newer copy of this journal has, because a restored backup lacks them.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or is not a newer copy of this journal.</exception>
    public void ContinueWith(string newer)
    {
        // A mistyped path would otherwise end in success, and the erased cases would stay in the restored data.
        var other = File.Exists(newer) ? Read(newer) : throw new FileNotFoundException($"There is no file {newer}.");
        if (other.Acts.Count == 0)
        {
            throw new InvalidDataException($"{Path.GetFileName(newer)} is empty, so it does not say what was erased.");
        }

        if (!other.Acts.Take(Acts.Count).Select(act => act.Hash).SequenceEqual(Acts.Select(act => act.Hash)))
        {
            throw new InvalidDataException($"{Path.GetFileName(newer)} is not a newer copy of the {Name} in this data directory. Choose a copy that begins with the same lines.");
        }

        foreach (var act in other.Acts.Skip(Acts.Count).ToList())
        {
            Add(act);
        }
    }

    private static PersonalDataJournal Read(string path)
    {
        var acts = new List<PersonalDataAction>();
        foreach (var (line, number) in (File.Exists(path) ? File.ReadAllLines(path) : []).Select((line, n) => (line, n + 1)))
        {
            var previous = acts.Count == 0 ? "" : acts[^1].Hash;
            acts.Add(PersonalDataAction.Read(line) is { } act && act.Number == number && act.Previous == previous && act.Hash == act.Recomputed()
                ? act
                : throw new InvalidDataException(FormattableString.Invariant($"{Name}: line {number} has been changed since it was written. Restore the file from a backup, because it proves what was erased.")));
        }

        return new PersonalDataJournal(path, acts);
    }

    /// <summary>Adds an action. When the method returns, the action has been written to the disk.</summary>
    public PersonalDataAction Add(PersonalDataAction act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var next = act with { Number = Acts.Count + 1, Previous = Acts.Count == 0 ? "" : Acts[^1].Hash, Hash = "" };
        next = next with { Hash = next.Recomputed() };
        using var file = new FileStream(path, OwnerOnlyFile.Options(FileMode.Append));
        file.Write([.. next.ToBytes(), (byte)'\n']);
        file.Flush(flushToDisk: true);
        Acts = [.. Acts, next];
        return next;
    }

    /// <summary>Why a case must not be erased, or null if there is no hold on it.</summary>
    public string? HoldReason(string @case) =>
        Acts.LastOrDefault(act => act.Kind is PersonalDataActionKind.Hold or PersonalDataActionKind.HoldLifted && act.Cases.Contains(@case)) is { Kind: PersonalDataActionKind.Hold } hold ? hold.Reason : null;
}
