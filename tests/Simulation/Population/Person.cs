using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Population;

/// <summary>One child or young person, and what those around them will do. Every name and number is invented.</summary>
public sealed record Person
{
    /// <summary>0, 1, 2 ... in the order in which the population is made, not of arrival.</summary>
    public required int Number { get; init; }

    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>The council.</summary>
    public required SimulatedCouncil Council { get; init; }

    /// <summary>The instant at which the request reaches the hub, UTC.</summary>
    public required DateTimeOffset ArrivesAt { get; init; }

    /// <summary>What is told at the opening.</summary>
    public required OpeningFacts Facts { get; init; }

    /// <summary>Draws of this case.</summary>
    public required Draw Draw { get; init; }

    /// <summary>How many times as likely as in England a decision is disputed.</summary>
    public double Disputed { get; init; } = 1;

    /// <summary>How many times as likely as usual a re-assessment, a change of ICB or a personal budget is.</summary>
    public double Eventful { get; init; } = 1;

    /// <summary>Years for which a plan is lived with after it was issued.</summary>
    public int Years { get; init; }

    /// <summary>Share of families that move to another council while the plan is lived with.</summary>
    public double Moving { get; init; }

    /// <summary>The hub of this person's council: where plans move, the councils are divided between two.</summary>
    public int Hub => Moving > 0 ? England.HubOf(Council) : 0;

    /// <summary>Whether the family moves.</summary>
    public bool Moves => Draw.Chance("family moves", Moving);

    /// <summary>Where the plan was before, for a case that began with a plan that another council handed on.</summary>
    internal HandOver? From { get; init; }
}

/// <summary>Who asks for an assessment in a year, where and when.</summary>
public sealed class Cohort
{
    private static readonly DateOnly FirstDay = new(2026, 1, 1);

    /// <summary>Requests in each month, per mille of the year's. Practice, not a published series: peaks after the turn of the year and before the summer, a trough in August.</summary>
    private static readonly double[] ByMonth = [98, 96, 97, 78, 88, 104, 108, 38, 72, 80, 84, 57];

    /// <summary>Share of ages 0-4, 5-10, 11-15, 16-19, 20-24 among requests. Practice: most requests come in primary school.</summary>
    private static readonly double[] ByAge = [24, 44, 24, 6.5, 1.5];

    private readonly Draw draw;
    private readonly IReadOnlyList<SimulatedCouncil> councils;
    private readonly double[] weights;
    private readonly double disputed;
    private readonly double eventful;
    private readonly int years;
    private readonly double moving;
    private readonly int requests;

    /// <summary>Children who grow into the cohort in each year after the first, for each request of the first. An assumption.</summary>
    private const double BornInAYear = 0.05;

    /// <summary>Of 4,400 requests 3,020 led to a plan.</summary>
    private const double PlansToARequest = 0.686;

    /// <summary>Makes a cohort.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="only">The only council that there is; null for all.</param>
    /// <param name="disputed">How many times as likely as in England a decision is disputed.</param>
    /// <param name="years">Years for which a plan is lived with after it was issued.</param>
    /// <param name="moving">Share of families that move to another council in these years.</param>
    /// <param name="requests">Requests in the first year; where plans are lived with for years, young children are asked for in the years after it.</param>
    /// <param name="eventful">How many times as likely as usual a re-assessment, a change of ICB or a personal budget is.</param>
    public Cohort(ulong seed, SimulatedCouncil? only, double disputed = 1, int years = 0, double moving = 0, int requests = int.MaxValue, double eventful = 1)
    {
        (this.disputed, this.eventful, this.years, this.moving, this.requests) = (disputed, eventful, years, years > 0 ? moving : 0, requests);
        draw = new Draw(seed);
        councils = only is null ? England.All : [only];
        weights = [.. councils.Select(c => c.Weight)];
    }

    /// <summary>The councils.</summary>
    public IReadOnlyList<SimulatedCouncil> Councils => councils;

    /// <summary>The councils that a hub must know: where families move, those to which they may move too.</summary>
    public IReadOnlyList<SimulatedCouncil> Known => moving > 0 ? England.All : councils;

    /// <summary>How many hubs there are in place of one: two where families move, each with half of the councils.</summary>
    public int HubsInPlaceOfOne => moving > 0 ? 2 : 1;

    /// <summary>Requests of the first year with which about so many plans are made in all years together.</summary>
    public static int RequestsFor(int plans, int years) => (int)Math.Ceiling(plans / PlansToARequest / (1 + (BornInAYear * Math.Max(0, years - 1))));

    /// <summary>How many children are born into the cohort: they are asked for in later years than the first.</summary>
    public int Births => years > 1 ? (int)(requests * BornInAYear) * (years - 1) : 0;

    /// <summary>When the nth request arrives, UTC.</summary>
    public DateTimeOffset ArrivalOf(int number)
    {
        var own = draw.For("person", number);
        var year = FirstDay.Year + YearOf(number);
        var month = own.Among("month", ByMonth) + 1;
        var day = new DateOnly(year, month, own.Between("day", 1, DateTime.DaysInMonth(year, month)));
        // Most requests come on working days; families also write at night, when London's day is no longer that of UTC in summer.
        if (!own.Chance("weekend", 0.06))
        {
            day = Calendar.OnWorkingDay(day);
            day = day.Year == year ? day : new DateOnly(year, 12, 31);
        }

        var minute = own.Chance("night", 0.05) ? own.Between("minute", 22 * 60, (24 * 60) - 1) : own.Between("minute", 8 * 60, 17 * 60);
        return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute), TimeSpan.Zero);
    }

    /// <summary>Which of <see cref="Councils"/> the nth request is made to.</summary>
    public int CouncilOf(int number) => draw.For("person", number).Among("council", weights);

    /// <summary>The nth person.</summary>
    public Person Make(int number)
    {
        var own = draw.For("person", number);
        var arrives = ArrivalOf(number);
        var council = councils[CouncilOf(number)];
        // One in twelve is entered some days after the post brought it.
        var received = Calendar.Day(arrives).AddDays(own.Chance("entered later", 0.08) ? -own.Between("entered later by", 1, 6) : 0);
        var born = YearOf(number) == 0 ? Born(own, received) : received.AddYears(-own.Between("years", 2, 4)).AddDays(-own.Between("days", 0, 364));
        return new Person
        {
            Number = number,
            Id = AssessmentId.For(council.Profile.Code, FormattableString.Invariant($"simulated-{draw.Seed}-{number}")),
            Council = council,
            ArrivesAt = arrives,
            Facts = Facts(own, council, received, born),
            Draw = own,
            Disputed = disputed,
            Eventful = eventful,
            Years = years - YearOf(number),
            Moving = moving,
        };
    }

    /// <summary>The year of the simulation in which the nth request comes, 0 for the first.</summary>
    private int YearOf(int number) => number < requests ? 0 : 1 + ((number - requests) % (years - 1));

    /// <summary>A name that only this family has, as far as letters reach, so that it can be looked for where it must not stand.</summary>
    private static string FamilyName(Draw own) =>
        $"Example{string.Concat(Enumerable.Range(0, 6).Select(n => (char)('a' + own.Between($"letter {n} of the name", 0, 25))))}";

    private static DateOnly Born(Draw own, DateOnly received)
    {
        var (low, high) = own.Among("age", ByAge) switch { 0 => (1, 4), 1 => (5, 10), 2 => (11, 15), 3 => (16, 19), _ => (20, 24) };
        return received.AddYears(-own.Between("years", low, high)).AddDays(-own.Between("days", 0, 364));
    }

    private static OpeningFacts Facts(Draw own, SimulatedCouncil council, DateOnly received, DateOnly born)
    {
        var age = Age.On(born, received);
        var setting = own.Chance("no setting", 0.03) ? SettingKind.None
            : age < 5 ? SettingKind.EarlyYearsProvider
            : age >= 17 ? SettingKind.Post16Institution
            : SettingKind.School;
        var young = Age.HolderOfRights(born, received) == RightsHolder.YoungPerson;
        var bySetting = setting is SettingKind.School or SettingKind.Post16Institution && own.Chance("route", 0.45);
        return new OpeningFacts
        {
            Route = bySetting ? setting == SettingKind.School ? RequestRoute.School : RequestRoute.Post16Institution
                : own.Chance("responsible", 0.04) ? RequestRoute.BecameResponsible
                : young ? RequestRoute.YoungPerson
                : RequestRoute.Parent,
            ReceivedOn = received,
            Child = new Child { GivenName = "Robin", FamilyName = FamilyName(own), DateOfBirth = born },
            EarlierCase = own.Chance("earlier case", 0.1) ? new EarlierCaseDecision(EarlierCaseAnswer.AnotherChild, $"A namesake: {FamilyName(own)} told us so.") : null,
            Family = new FamilyContact
            {
                Name = $"Sam {FamilyName(own)}",
                Relationship = young ? "self" : "parent",
                Email = "family@example.org",
                ElectronicServiceAgreedOn = own.Chance("electronic", 0.7) ? received : null,
            },
            SettingKind = setting,
            Setting = setting switch
            {
                SettingKind.None => null,
                SettingKind.Post16Institution => England.College(council),
                _ => England.School(council, own.Between("school", 0, 9999)),
            },
            Icb = council.Icb,
            SensoryImpairment = own.Chance("hearing", 0.03) ? SensoryImpairment.Hearing : SensoryImpairment.None,
            // A child of no setting has nobody to give educational advice until somebody is named: reg 6(1)(b)(iii).
            Advisers = setting == SettingKind.None
                ? [new NamedAdviser(AdviceKind.Medical, council.Trust), new NamedAdviser(AdviceKind.Educational, England.IndependentReport(council)), new NamedAdviser(AdviceKind.PreparationForAdulthood, England.IndependentReport(council))]
                : [new NamedAdviser(AdviceKind.Medical, council.Trust)],
        };
    }
}
