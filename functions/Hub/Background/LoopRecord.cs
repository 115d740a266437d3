namespace IntegrationHub.Functions.Background;

/// <summary>The state of one loop. Safe for concurrent use.</summary>
public sealed class LoopRecord(string name)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SetAsideItem> setAside = new(StringComparer.Ordinal);

    private Func<IEnumerable<SetAsideItem>> elsewhere = () => [];

    /// <summary>Name of the loop.</summary>
    public string Name => name;

    /// <summary>Rounds that succeeded.</summary>
    public long Rounds { get; private set; }

    /// <summary>Rounds that failed since the last one that succeeded.</summary>
    public int FailedInARow { get; private set; }

    /// <summary>When the last round ended, successfully or not, UTC; null before the first.</summary>
    public DateTimeOffset? LastRound { get; private set; }

    /// <summary>Type of the exception that ended the last round; null when it succeeded.</summary>
    public string? LastFault { get; private set; }

    /// <summary>Items that failed repeatedly, the oldest first.</summary>
    public IReadOnlyList<SetAsideItem> SetAside
    {
        get
        {
            lock (gate)
            {
                return [.. setAside.Values.Concat(elsewhere()).OrderBy(item => item.Since)];
            }
        }
    }

    /// <summary>For work that keeps its own record of its items: called to ask what it has set aside.</summary>
    public void Ask(Func<IEnumerable<SetAsideItem>> setAsideNow) => elsewhere = setAsideNow;

    internal void Done(DateTimeOffset at)
    {
        lock (gate)
        {
            (Rounds, FailedInARow, LastRound, LastFault) = (Rounds + 1, 0, at, null);
        }
    }

    internal void Failed(DateTimeOffset at, string kind)
    {
        lock (gate)
        {
            (FailedInARow, LastRound, LastFault) = (FailedInARow + 1, at, kind);
        }
    }

    internal void Put(SetAsideItem item)
    {
        lock (gate)
        {
            setAside[item.Item] = item;
        }
    }

    internal void Take(string item)
    {
        lock (gate)
        {
            setAside.Remove(item);
        }
    }

    internal void KeepOnly(IReadOnlySet<string> items)
    {
        lock (gate)
        {
            foreach (var gone in setAside.Keys.Where(item => !items.Contains(item)).ToList())
            {
                setAside.Remove(gone);
            }
        }
    }
}

/// <summary>An item that failed repeatedly and waits for a person.</summary>
/// <param name="Loop">The loop that it belongs to.</param>
/// <param name="Item">Its name: an id, never personal data.</param>
/// <param name="Attempts">How often it failed.</param>
/// <param name="Since">When it failed first, UTC.</param>
/// <param name="Fault">Type of the exception.</param>
public sealed record SetAsideItem(string Loop, string Item, int Attempts, DateTimeOffset Since, string Fault);
