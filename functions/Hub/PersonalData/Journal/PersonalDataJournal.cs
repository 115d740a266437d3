using IntegrationHub.Functions.Keeping;

namespace IntegrationHub.Functions.PersonalData.Journal;

/// <summary>
/// What was done with personal data on one machine: a line of JSON for each act, chained by hashes and flushed to the disk before the act counts.
/// Only commands write it, while no other does.
/// </summary>
public sealed class PersonalDataJournal
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string Name = "personal-data.jsonl";

    private readonly string path;

    private PersonalDataJournal(string path, IReadOnlyList<PersonalDataAct> acts) => (this.path, Acts) = (path, acts);

    /// <summary>Every act, oldest first.</summary>
    public IReadOnlyList<PersonalDataAct> Acts { get; private set; }

    /// <summary>Ids of the cases that were erased.</summary>
    public IReadOnlySet<string> Erased => Acts.Where(act => act.Kind == PersonalDataActKind.Erased).SelectMany(act => act.Cases).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads the journal of a data directory.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read, was changed, or is missing.</exception>
    public static PersonalDataJournal Open(string dataDirectory) => Read(Path.Combine(dataDirectory, Name));

    /// <summary>Takes over what was done since: the lines of a newer copy of this journal, as a backup that is restored does not have them.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or not a newer copy of this one.</exception>
    public void GoOnWith(string newer)
    {
        var other = Read(newer);
        if (!other.Acts.Take(Acts.Count).Select(act => act.Hash).SequenceEqual(Acts.Select(act => act.Hash)))
        {
            throw new InvalidDataException($"{Path.GetFileName(newer)} does not go on from the {Name} that is here.");
        }

        foreach (var act in other.Acts.Skip(Acts.Count).ToList())
        {
            Add(act);
        }
    }

    private static PersonalDataJournal Read(string path)
    {
        var acts = new List<PersonalDataAct>();
        foreach (var (line, number) in (File.Exists(path) ? File.ReadAllLines(path) : []).Select((line, n) => (line, n + 1)))
        {
            var previous = acts.Count == 0 ? "" : acts[^1].Hash;
            acts.Add(PersonalDataAct.Read(line) is { } act && act.Number == number && act.Previous == previous && act.Hash == act.Recomputed()
                ? act
                : throw new InvalidDataException(FormattableString.Invariant($"{Name}: line {number} is not as it was written. Restore the file from a backup: it proves what was erased.")));
        }

        return new PersonalDataJournal(path, acts);
    }

    /// <summary>Adds an act; it is on the disk when this returns.</summary>
    public PersonalDataAct Add(PersonalDataAct act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var next = act with { Number = Acts.Count + 1, Previous = Acts.Count == 0 ? "" : Acts[^1].Hash, Hash = "" };
        next = next with { Hash = next.Recomputed() };
        using var file = new FileStream(path, OwnersFile.Options(FileMode.Append));
        file.Write([.. next.ToBytes(), (byte)'\n']);
        file.Flush(flushToDisk: true);
        Acts = [.. Acts, next];
        return next;
    }

    /// <summary>Why a case may not be erased; null where nobody holds it.</summary>
    public string? HoldOf(string @case) =>
        Acts.LastOrDefault(act => act.Kind is PersonalDataActKind.Hold or PersonalDataActKind.HoldLifted && act.Cases.Contains(@case)) is { Kind: PersonalDataActKind.Hold } hold ? hold.Reason : null;
}
