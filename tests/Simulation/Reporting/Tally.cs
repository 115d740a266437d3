using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Reporting;

/// <summary>How one kind of agency answered.</summary>
public sealed class Answers
{
    /// <summary>Requests made.</summary>
    public int Asked { get; set; }

    /// <summary>Answered by the last day of the six weeks.</summary>
    public int OnTime { get; set; }

    /// <summary>Answered after it.</summary>
    public int Late { get; set; }

    /// <summary>Declined.</summary>
    public int Declined { get; set; }

    /// <summary>Never answered: in the end nobody waited any more.</summary>
    public int Never { get; set; }

    /// <summary>Days from the request to the answer, of all that were answered.</summary>
    public long Days { get; set; }

    internal void Add(Answers other)
    {
        Asked += other.Asked;
        OnTime += other.OnTime;
        Late += other.Late;
        Declined += other.Declined;
        Never += other.Never;
        Days += other.Days;
    }
}

/// <summary>
/// The figures of the year, from the audit trails as the checker retells them; named and counted as the Department for Education does
/// (SEN2): timeliness of plans issued, with all plans and without those with an exception.
/// </summary>
public sealed class Tally
{
    /// <summary>Weeks shown in the histogram; the last place is for all later ones.</summary>
    public const int Weeks = 60;

    private readonly Dictionary<Stage, int> stages = [];
    private readonly SortedDictionary<string, Answers> answers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> steps = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> missed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> refused = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> disputes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Door, AtDoor> doors = [];
    private readonly SortedDictionary<string, int> lives = new(StringComparer.Ordinal);

    /// <summary>Cases counted.</summary>
    public int Cases { get; private set; }

    /// <summary>Events in their audit trails.</summary>
    public long Events { get; private set; }

    /// <summary>Effects decided.</summary>
    public long Effects { get; private set; }

    /// <summary>Messages taken in.</summary>
    public long Messages { get; private set; }

    /// <summary>Cases by where they ended.</summary>
    public IReadOnlyDictionary<Stage, int> Stages => stages;

    /// <summary>Answers by kind of agency.</summary>
    public IReadOnlyDictionary<string, Answers> Answers => answers;

    /// <summary>Steps of the ladder taken, by name.</summary>
    public IReadOnlyDictionary<string, int> Steps => steps;

    /// <summary>Limits missed, by name.</summary>
    public IReadOnlyDictionary<string, int> Missed => missed;

    /// <summary>Inputs refused, by the word of the refusal.</summary>
    public IReadOnlyDictionary<string, int> Refused => refused;

    /// <summary>What happened after disputed decisions, by what happened and the remedy.</summary>
    public IReadOnlyDictionary<string, int> Disputes => disputes;

    /// <summary>What became of plans after they were issued.</summary>
    public IReadOnlyDictionary<string, int> Lives => lives;

    /// <summary>What agencies gave, by door.</summary>
    public IReadOnlyDictionary<Door, AtDoor> Doors => doors;

    /// <summary>Decisions whether to assess.</summary>
    public int Decided { get; private set; }

    /// <summary>Of these, notified to everybody within six weeks.</summary>
    public int DecidedInTime { get; private set; }

    /// <summary>Plans issued within 20 weeks.</summary>
    public int PlansInTime { get; private set; }

    /// <summary>Plans issued whose 20 weeks an exception relieves.</summary>
    public int PlansWithException { get; private set; }

    /// <summary>Of these, within 20 weeks.</summary>
    public int PlansWithExceptionInTime { get; private set; }

    /// <summary>Plans issued after more than a year.</summary>
    public int PlansAfterAYear { get; private set; }

    /// <summary>Days from the request to the plan, of all plans issued.</summary>
    public long PlanDays { get; private set; }

    /// <summary>Plans issued by week from the request.</summary>
    public int[] PlansByWeek { get; } = new int[Weeks + 1];

    /// <summary>Plans issued, and those in time, by month of the request.</summary>
    public (int All, int InTime)[] PlansByMonth { get; } = new (int, int)[12];

    /// <summary>Plans issued.</summary>
    public int Plans => stages.GetValueOrDefault(Stage.PlanIssued);

    internal void Add(CaseFile file, Retelling story)
    {
        Events += file.Events.Count;
        Effects += file.Effects.Count;
        Messages += file.Ledger.Messages.Count;

        // A plan that was taken over is counted where it was made.
        if (file.Ledger.Person.From is null)
        {
            Cases++;
            stages[story.Stage] = stages.GetValueOrDefault(story.Stage) + 1;
            Count(story);
        }

        foreach (var (what, count) in story.Dispute.Counts)
        {
            disputes[what] = disputes.GetValueOrDefault(what) + count;
        }

        foreach (var what in LifeTally.Of(story))
        {
            lives[what] = lives.GetValueOrDefault(what) + 1;
        }

        DoorTally.Count(file, doors);
        foreach (var outcome in file.Outcomes.Values)
        {
            if (outcome?.Refusal is { Code: var code })
            {
                refused[code] = refused.GetValueOrDefault(code) + 1;
            }
        }

        foreach (var limit in story.Missed)
        {
            var name = limit[..limit.IndexOfAny([':', '@'])];
            missed[name] = missed.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>Adds the figures of another hub.</summary>
    internal void Add(Tally other)
    {
        Cases += other.Cases;
        Events += other.Events;
        Effects += other.Effects;
        Messages += other.Messages;
        Decided += other.Decided;
        DecidedInTime += other.DecidedInTime;
        PlansInTime += other.PlansInTime;
        PlansWithException += other.PlansWithException;
        PlansWithExceptionInTime += other.PlansWithExceptionInTime;
        PlansAfterAYear += other.PlansAfterAYear;
        PlanDays += other.PlanDays;
        Sum(stages, other.stages);
        Sum(steps, other.steps);
        Sum(missed, other.missed);
        Sum(refused, other.refused);
        Sum(disputes, other.disputes);
        Sum(lives, other.lives);
        foreach (var (door, at) in other.doors)
        {
            DoorTally.Of(doors, door).Add(at);
        }

        foreach (var (kind, of) in other.answers)
        {
            OfKind(kind).Add(of);
        }

        for (var week = 0; week < PlansByWeek.Length; week++)
        {
            PlansByWeek[week] += other.PlansByWeek[week];
        }

        for (var month = 0; month < PlansByMonth.Length; month++)
        {
            var (mine, others) = (PlansByMonth[month], other.PlansByMonth[month]);
            PlansByMonth[month] = (mine.All + others.All, mine.InTime + others.InTime);
        }
    }

    private static void Sum<T>(IDictionary<T, int> counts, IDictionary<T, int> others)
    {
        foreach (var (key, count) in others)
        {
            counts[key] = (counts.TryGetValue(key, out var own) ? own : 0) + count;
        }
    }

    private Answers OfKind(string kind)
    {
        if (!answers.TryGetValue(kind, out var of))
        {
            answers[kind] = of = new Answers();
        }

        return of;
    }

    private static string KindOf(AgencyId? agency) => agency?.Value switch
    {
        null => "families",
        var id when id.StartsWith("ods:", StringComparison.Ordinal) => "NHS bodies",
        var id when id.EndsWith("/social-care", StringComparison.Ordinal) => "social care",
        var id when id.StartsWith("la:", StringComparison.Ordinal) => "educational psychology",
        _ => "schools and settings",
    };

    private void Count(Retelling story)
    {
        if (story.Assesses is { } assesses)
        {
            Decided++;
            // The first decision is counted, whatever became of it.
            var first = assesses && !story.WasTold(NoticeKind.WillNotAssess) ? NoticeKind.WillAssess : NoticeKind.WillNotAssess;
            var sent = story.Notices.Values.Where(n => n.Kind == first && n.Occasion is null).ToList();
            DecidedInTime += sent.TrueForAll(n => n.SentOn <= story.Received.AddDays(42)) ? 1 : 0;
        }

        foreach (var request in story.Requests.Values)
        {
            Count(request);
        }

        if (story.FinalSentOn is not { } issued)
        {
            return;
        }

        var days = issued.DayNumber - story.Received.DayNumber;
        var inTime = days <= 140;
        var excepted = LimitsByHand.Of(story).Find(l => l.Key == "finalPlan") is { RelievedBy.Length: > 0 };
        PlanDays += days;
        PlansInTime += inTime ? 1 : 0;
        PlansWithException += excepted ? 1 : 0;
        PlansWithExceptionInTime += excepted && inTime ? 1 : 0;
        PlansAfterAYear += issued > story.Received.AddYears(1) ? 1 : 0;
        PlansByWeek[Math.Min(days / 7, Weeks)]++;
        var (all, timely) = PlansByMonth[story.Received.Month - 1];
        PlansByMonth[story.Received.Month - 1] = (all + 1, timely + (inTime ? 1 : 0));
    }

    private void Count(ToldRequest request)
    {
        var of = OfKind(KindOf(request.Agency));
        of.Asked++;
        foreach (var step in request.Steps.Keys)
        {
            var name = step.Split('@')[0];
            steps[name] = steps.GetValueOrDefault(name) + 1;
        }

        if (request.AnsweredOn is { } on)
        {
            of.Days += on.DayNumber - request.RequestedOn.DayNumber;
            if (on <= Retelling.DueOf(request))
            {
                of.OnTime++;
            }
            else
            {
                of.Late++;
            }
        }
        else if (request.Status == RequestStatus.Declined)
        {
            of.Declined++;
        }
        else
        {
            of.Never++;
        }
    }
}
