namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>The unit of a limit's length.</summary>
public enum LengthUnit
{
    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Calendar weeks of seven days; holidays count.</summary>
    Weeks,

    /// <summary>Months, to the corresponding date or the last day of a shorter month.</summary>
    Months,

    /// <summary>Working days of England.</summary>
    WorkingDays,

    /// <summary>No number of days: as soon as practicable.</summary>
    AsSoonAsPracticable,

    /// <summary>No length: a fixed day of the year in which the fact happens, <see cref="Rule.FixedDay"/>.</summary>
    DayOfYear,
}

/// <summary>Whether the first day of a period counts.</summary>
public enum Counting
{
    /// <summary>The first day does not count: within two weeks of the 1st ends on the 15th.</summary>
    After,

    /// <summary>"Beginning with", "starting with": the first day counts; two weeks end on the 14th.</summary>
    BeginningWith,
}

/// <summary>The course of a case to which a limit belongs.</summary>
public enum AppliesTo
{
    /// <summary>Every case.</summary>
    Always,

    /// <summary>Only when the council refused to assess.</summary>
    Refused,

    /// <summary>Only when it did not refuse.</summary>
    NotRefused,

    /// <summary>Only when it neither refused to assess nor, later, to make a plan.</summary>
    PlanExpected,

    /// <summary>When it did not refuse, or when a refusal was overturned by an order, an agreement or a concession.</summary>
    UnderWay,
}

/// <summary>The kind of duty of a limit.</summary>
public enum Binding
{
    /// <summary>Act, regulations or tribunal rules.</summary>
    Statute,

    /// <summary>The SEND Code of Practice: "should".</summary>
    Code,

    /// <summary>No duty: a date for planning.</summary>
    Planning,
}

/// <summary>Who must be told for a limit to be met, or whom the step is for.</summary>
public enum Party
{
    /// <summary>Parent or young person, or the person who acts for the young person.</summary>
    Family,

    /// <summary>The council.</summary>
    Council,

    /// <summary>The integrated care board (responsible commissioning body).</summary>
    IntegratedCareBoard,

    /// <summary>The officers of the council who exercise its social services functions for SEN.</summary>
    SocialServices,

    /// <summary>Head, principal or early years lead of the setting that the child or young person attends.</summary>
    SettingLead,

    /// <summary>School, institution or provider that the plan names.</summary>
    NamedInstitution,

    /// <summary>Mediation adviser.</summary>
    MediationAdviser,

    /// <summary>First-tier Tribunal (SEND).</summary>
    Tribunal,

    /// <summary>The adviser.</summary>
    Adviser,

    /// <summary>The person in charge of the youth accommodation in which somebody is detained.</summary>
    PersonInCharge,

    /// <summary>The detained person's health services commissioner (CFA 2014 s74(8)).</summary>
    HealthServicesCommissioner,

    /// <summary>The youth offending team responsible for the detained person.</summary>
    YouthOffendingTeam,
}

/// <summary>A second period: the limit ends with the later of the two.</summary>
/// <param name="Length">Length, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Starts">The fact that it runs from.</param>
public sealed record SecondPeriod(int Length, LengthUnit Unit, StartEvent Starts);

/// <summary>A different period, for a council that did not know of the fact long enough before it (reg 15(2)).</summary>
/// <param name="Length">Length, in <paramref name="Unit"/>; also how long before the fact the council had to know of it.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Starts">The fact that it runs from: becoming aware. Whether that day counts.</param>
public sealed record IfUnaware(int Length, LengthUnit Unit, StartEvent Starts);

/// <summary>A day of every year.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">Day of that month, one that every year has.</param>
public sealed record DayOfYear(int Month, int Day);

/// <summary>One time limit of the law, the Code or good planning. Data, read from a rule set; never constants.</summary>
public sealed record Rule
{
    /// <summary>Name, unique in the set, for instance <c>finalPlan</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Row in the master table of limits.</summary>
    public required int Row { get; init; }

    /// <summary>What must be done, in plain English.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// Length in <see cref="Unit"/>; absent exactly when that is <see cref="LengthUnit.AsSoonAsPracticable"/> or
    /// <see cref="LengthUnit.DayOfYear"/>, negative when counted back from the fact or from a due day.
    /// </summary>
    public int? Length { get; init; }

    /// <summary>Unit of <see cref="Length"/>.</summary>
    public required LengthUnit Unit { get; init; }

    /// <summary>The fact that starts it.</summary>
    public required StartEvent Starts { get; init; }

    /// <summary>Only for orders, agreements and concessions: the remedy.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Whether the first day counts.</summary>
    public required Counting Counting { get; init; }

    /// <summary>Whether it runs from the receipt of a request, so that <see cref="CountingPractice"/> decides about the first day.</summary>
    public bool FromReceipt { get; init; }

    /// <summary>The course of a case to which it belongs.</summary>
    public required AppliesTo AppliesTo { get; init; }

    /// <summary>A second period; the later end counts.</summary>
    public SecondPeriod? OrIfLater { get; init; }

    /// <summary>A different period, for a council that did not know of the fact in time.</summary>
    public IfUnaware? IfUnaware { get; init; }

    /// <summary>For <see cref="LengthUnit.DayOfYear"/>: the last day, in the year of the fact.</summary>
    public DayOfYear? FixedDay { get; init; }

    /// <summary>
    /// Whether time is counted under the tribunal's rules (HESC Rules r12): working days leave out August and 25 December to 1 January; a
    /// last day in those, or on any other day that is not a working day, moves to the next working day.
    /// </summary>
    public bool TribunalTime { get; init; }

    /// <summary>
    /// Whether the parties cannot agree another date in writing, nor the tribunal direct one (reg 42(5) applies only to 42(2) and (3)).
    /// </summary>
    public bool NoOtherDay { get; init; }

    /// <summary>First start day that it covers; null: that of the set.</summary>
    public DateOnly? InForceFrom { get; init; }

    /// <summary>Last start day that it covers; null: still in force.</summary>
    public DateOnly? InForceTo { get; init; }

    /// <summary>What stops it, in words: limits are met by sending and notifying, not by deciding.</summary>
    public required string StoppedBy { get; init; }

    /// <summary>What meets it, in terms that the hub can check.</summary>
    public required MetBy MetBy { get; init; }

    /// <summary>Acts, any of which ends an unmet limit: it no longer applies.</summary>
    public IReadOnlyList<Act> EndedBy { get; init; } = [];

    /// <summary>Keys of rules whose limits this one replaces where they began earlier and are unmet.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>Who must be told for it to be met.</summary>
    public required IReadOnlyList<Party> MustBeTold { get; init; }

    /// <summary>Who else is told, without a limit (regs 5(2), 10(2)).</summary>
    public IReadOnlyList<Party> AlsoTold { get; init; } = [];

    /// <summary>The grounds that may relieve it: a closed list.</summary>
    public required IReadOnlyList<Ground> RelievedBy { get; init; }

    /// <summary>Whether nothing relieves it once the council has refused to assess (reg 4 has no exception).</summary>
    public bool NotRelievedOnRefusal { get; init; }

    /// <summary>The kind of duty.</summary>
    public required Binding Binding { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Citation { get; init; }

    /// <summary>Whether the provision has been read; false while something in it must still be checked, see <see cref="Note"/>.</summary>
    public required bool Verified { get; init; }

    /// <summary>Remarks, and for an unverified rule what to check.</summary>
    public string? Note { get; init; }
}
