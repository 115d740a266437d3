namespace IntegrationHub.Functions.Background;

/// <summary>The state of one loop. Safe for concurrent use.</summary>
public sealed class LoopRecord(string name)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SetAsideItem> setAside = new(StringComparer.Ordinal);

    private Func<IEnumerable<SetAsideItem>> elsewhere = () => [];

    /// <summary>Name of the loop.</summary>
    public string Name => name;

    /// <summary>Number of rounds that succeeded.</summary>
    public long Rounds { get; private set; }

    /// <summary>Number of rounds that failed since the last successful round.</summary>
    public int FailedInARow { get; private set; }

    /// <summary>End of the last round, successful or not, in UTC; null before the first round has ended.</summary>
    public DateTimeOffset? LastRound { get; private set; }

    /// <summary>Type of the exception that ended the last round, or null if that round succeeded.</summary>
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

    /// <summary>Sets the function that returns the set-aside items, for work that keeps its own record of its items.</summary>
    public void SetItemSource(Func<IEnumerable<SetAsideItem>> setAsideNow) => elsewhere = setAsideNow;

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

/// <summary>An item that failed repeatedly and waits for an operator.</summary>
/// <param name="Loop">Name of the loop that processes the item.</param>
/// <param name="Item">Name of the item: an id, never personal data.</param>
/// <param name="Attempts">Number of failed attempts.</param>
/// <param name="Since">Time of the first failure, in UTC.</param>
/// <param name="Fault">Type of the last exception.</param>
public sealed record SetAsideItem(string Loop, string Item, int Attempts, DateTimeOffset Since, string Fault);
