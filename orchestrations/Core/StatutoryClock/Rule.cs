namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>The unit in which the length of a time limit is given.</summary>
public enum LengthUnit
{
    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Calendar weeks of seven days, including holidays.</summary>
    Weeks,

    /// <summary>Months, which end on the corresponding date or on the last day of a shorter month.</summary>
    Months,

    /// <summary>Working days of England.</summary>
    WorkingDays,

    /// <summary>The limit is not a number of days, but "as soon as practicable".</summary>
    AsSoonAsPracticable,

    /// <summary>The limit has no length, but ends on a fixed day of the year in which the fact happens
    /// (<see cref="Rule.FixedDay"/>).</summary>
    DayOfYear,
}

/// <summary>Whether the first day of a period counts.</summary>
public enum Counting
{
    /// <summary>The first day does not count, so "within two weeks of the 1st" ends on the 15th.</summary>
    After,

    /// <summary>The first day counts, as in "beginning with" or "starting with", so two weeks from the 1st end on the 14th.</summary>
    BeginningWith,
}

/// <summary>The cases in which a time limit applies.</summary>
public enum AppliesTo
{
    /// <summary>The limit applies in every case.</summary>
    Always,

    /// <summary>The limit applies only if the council refused to assess.</summary>
    Refused,

    /// <summary>The limit applies only if the council did not refuse to assess.</summary>
    NotRefused,

    /// <summary>The limit applies only if the council refused neither to assess nor, later, to make a plan.</summary>
    PlanExpected,

    /// <summary>The limit applies if the council did not refuse to assess, or if its refusal was overturned by an order, an agreement or a
    /// concession.</summary>
    UnderWay,
}

/// <summary>The kind of duty behind a time limit.</summary>
public enum Binding
{
    /// <summary>A duty under an Act, regulations or tribunal rules.</summary>
    Statute,

    /// <summary>A "should" in the SEND Code of Practice.</summary>
    Code,

    /// <summary>No duty, but a date for planning.</summary>
    Planning,
}

/// <summary>Who must be notified for a limit to be met, or whom a step is for.</summary>
public enum Party
{
    /// <summary>The parent or young person, or the person who acts for the young person.</summary>
    Family,

    /// <summary>The council.</summary>
    Council,

    /// <summary>The integrated care board (responsible commissioning body).</summary>
    IntegratedCareBoard,

    /// <summary>The officers of the council who exercise its social services functions for SEN.</summary>
    SocialServices,

    /// <summary>The head, principal or early years lead of the setting that the child or young person attends.</summary>
    SettingLead,

    /// <summary>The school, institution or provider that the plan names.</summary>
    NamedInstitution,

    /// <summary>The mediation adviser.</summary>
    MediationAdviser,

    /// <summary>The First-tier Tribunal (SEND).</summary>
    Tribunal,

    /// <summary>The adviser who was asked for advice.</summary>
    Adviser,

    /// <summary>The person in charge of the youth accommodation in which somebody is detained.</summary>
    PersonInCharge,

    /// <summary>The detained person's health services commissioner (CFA 2014 s74(8)).</summary>
    HealthServicesCommissioner,

    /// <summary>The youth offending team responsible for the detained person.</summary>
    YouthOffendingTeam,
}

/// <summary>A second period of a time limit. The limit ends when the later of the two periods ends.</summary>
/// <param name="Length">The length, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit of the length.</param>
/// <param name="Starts">The fact from which the period runs.</param>
public sealed record SecondPeriod(int Length, LengthUnit Unit, StartEvent Starts);

/// <summary>A different period for a council that did not know of the fact long enough before it (reg 15(2)).</summary>
/// <param name="Length">The length of the period, in <paramref name="Unit"/>. The different period applies if the council did not know of
/// the fact at least this long before it.</param>
/// <param name="Unit">The unit of the length.</param>
/// <param name="Starts">The fact from which the period runs, for example that the council became aware of the move.</param>
public sealed record IfUnaware(int Length, LengthUnit Unit, StartEvent Starts);

/// <summary>A day that occurs in every year.</summary>
/// <param name="Month">The month, from 1 to 12.</param>
/// <param name="Day">The day of the month. The day must exist in every year.</param>
public sealed record DayOfYear(int Month, int Day);

/// <summary>One time limit set by the law, the Code or good planning. Rules are data read from a rule set, never constants.</summary>
public sealed record Rule
{
    /// <summary>The name of the rule, unique in the rule set, for instance <c>finalPlan</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The rule's number in the numbered list of all time limits; closely related rules can share a number.</summary>
    public required int Row { get; init; }

    /// <summary>What must be done, in plain English.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// The length of the limit, in <see cref="Unit"/>. The length is absent exactly if the unit is
    /// <see cref="LengthUnit.AsSoonAsPracticable"/> or <see cref="LengthUnit.DayOfYear"/>, and negative if counted back from the fact or
    /// from a due day.
    /// </summary>
    public int? Length { get; init; }

    /// <summary>The unit of <see cref="Length"/>.</summary>
    public required LengthUnit Unit { get; init; }

    /// <summary>The fact from which the limit runs.</summary>
    public required StartEvent Starts { get; init; }

    /// <summary>For a limit that an order, an agreement or a concession sets, the remedy that it requires; otherwise null.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>Whether the first day of the limit counts.</summary>
    public required Counting Counting { get; init; }

    /// <summary>Whether the limit runs from the receipt of a request, so that <see cref="CountingPractice"/> decides whether the first day
    /// counts.</summary>
    public bool FromReceipt { get; init; }

    /// <summary>The cases in which the limit applies.</summary>
    public required AppliesTo AppliesTo { get; init; }

    /// <summary>A second period, if the limit has one. The limit then ends when the later of the two periods ends.</summary>
    public SecondPeriod? OrIfLater { get; init; }

    /// <summary>A different period, if the limit has one, for a council that did not know of the fact in time.</summary>
    public IfUnaware? IfUnaware { get; init; }

    /// <summary>For <see cref="LengthUnit.DayOfYear"/>, the last day of the limit, in the year of the fact.</summary>
    public DayOfYear? FixedDay { get; init; }

    /// <summary>
    /// Whether time is counted under the tribunal's rules (HESC Rules r12): working days exclude August and 25 December to 1 January, and a
    /// last day that is not a working day moves to the next working day.
    /// </summary>
    public bool TribunalTime { get; init; }

    /// <summary>
    /// Whether the law does not allow the parties to agree another date in writing, or the tribunal to direct one (reg 42(5) applies only
    /// to 42(2) and (3)).
    /// </summary>
    public bool NoOtherDay { get; init; }

    /// <summary>The rule applies to limits that start on this day or later; null means the first day of the rule set.</summary>
    public DateOnly? InForceFrom { get; init; }

    /// <summary>The rule applies to limits that start on this day or earlier; null means that the rule is still in force.</summary>
    public DateOnly? InForceTo { get; init; }

    /// <summary>What meets the limit, as text: limits are met by sending and notifying, not by deciding.</summary>
    public required string StoppedBy { get; init; }

    /// <summary>What meets the limit, in terms that the hub can check.</summary>
    public required MetBy MetBy { get; init; }

    /// <summary>Recorded actions, any of which ends an unmet limit, so that it no longer applies.</summary>
    public IReadOnlyList<Act> EndedBy { get; init; } = [];

    /// <summary>The keys of rules whose limits this limit replaces if they began earlier and are unmet.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>Who must be notified for the limit to be met.</summary>
    public required IReadOnlyList<Party> MustBeTold { get; init; }

    /// <summary>Who else is notified, although no limit requires it (regs 5(2), 10(2)).</summary>
    public IReadOnlyList<Party> AlsoTold { get; init; } = [];

    /// <summary>The closed list of grounds that can relieve the limit.</summary>
    public required IReadOnlyList<Ground> RelievedBy { get; init; }

    /// <summary>Whether nothing relieves the limit once the council has refused to assess (reg 4 has no exception).</summary>
    public bool NotRelievedOnRefusal { get; init; }

    /// <summary>The kind of duty.</summary>
    public required Binding Binding { get; init; }

    /// <summary>The provision that sets the limit.</summary>
    public required string Citation { get; init; }

    /// <summary>Whether the provision has been checked against the text of the law; false while something must still be checked (see
    /// <see cref="Note"/>).</summary>
    public required bool Verified { get; init; }

    /// <summary>Remarks on the rule and, if it is unverified, what to check.</summary>
    public string? Note { get; init; }
}
