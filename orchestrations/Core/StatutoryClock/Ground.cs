namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// The closed list of grounds on which a time limit need not be met. A waiting list, staff shortages, the date of a panel or a partner's
/// late advice are reasons for delay and never grounds.
/// </summary>
public enum Ground
{
    /// <summary>Ground A: the school or post-16 institution was closed for four continuous weeks or more, and its head was asked for advice
    /// in the period around the closure that the law sets.</summary>
    SchoolClosed,

    /// <summary>Ground B: the early years provider was closed for four continuous weeks or more, and its lead was asked for advice in the
    /// period around the closure that the law sets.</summary>
    EarlyYearsProviderClosed,

    /// <summary>Ground C: exceptional personal circumstances of the child, the parent or the young person during the period of the time
    /// limit.</summary>
    ExceptionalCircumstances,

    /// <summary>Ground D: the child, parent or young person was absent from the council's area for four continuous weeks or more during the
    /// period of the time limit.</summary>
    AbsentFromArea,

    /// <summary>Ground E: an examination or test arranged by the body that was asked for advice was missed during the period in which the
    /// body must answer.</summary>
    MissedAppointment,

    /// <summary>After a tribunal order: exceptional personal circumstances. SEND Regs 2014 reg 44(3), which is a separate list.</summary>
    OrderExceptionalCircumstances,

    /// <summary>After a tribunal order: absence from the area for a continuous two weeks or longer. Reg 44(3).</summary>
    OrderAbsentFromArea,

    /// <summary>After a tribunal order: the family wishes to make representations after its time limit. Reg 44(3).</summary>
    OrderLateRepresentations,
}

/// <summary>Which of the two closed lists a ground belongs to. The two lists of grounds are never mixed.</summary>
public enum GroundList
{
    /// <summary>Grounds A to E of regs 5(4), 8(2), 10(4) and 13(3).</summary>
    Assessment,

    /// <summary>Grounds of reg 44(3), for time limits that a tribunal order sets.</summary>
    TribunalOrder,
}

/// <summary>The names that grounds have in data, and the sorted lists of grounds that time limits refer to.</summary>
public static class Grounds
{
    private static readonly Ground[] All = Enum.GetValues<Ground>();
    private static readonly string[] Names = [.. All.Select(ground => char.ToLowerInvariant(ground.ToString()[0]) + ground.ToString()[1..])];

    // One shared, sorted list for each set of grounds, so that a batch of 100,000 cases allocates no lists.
    private static readonly IReadOnlyList<Ground>[] Lists =
    [
        .. Enumerable.Range(0, 1 << All.Length).Select(set =>
            (IReadOnlyList<Ground>)Array.AsReadOnly(All.Where(ground => (set & Bit(ground)) != 0).OrderBy(Name, StringComparer.Ordinal).ToArray())),
    ];

    /// <summary>The ground's name in data and messages, for instance <c>schoolClosed</c>.</summary>
    public static string Name(Ground ground) => Names[(int)ground];

    /// <summary>The ground of that name, or null if there is none.</summary>
    public static Ground? Find(string name)
    {
        var index = Array.IndexOf(Names, name);
        return index < 0 ? null : All[index];
    }

    internal static int Bit(Ground ground) => 1 << (int)ground;

    internal static IReadOnlyList<Ground> List(int set) => Lists[set];
}
