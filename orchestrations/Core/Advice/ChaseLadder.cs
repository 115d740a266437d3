using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Advice;

/// <summary>The kinds of agencies that have a ladder of their own.</summary>
public enum ChaseGroup
{
    /// <summary>NHS bodies.</summary>
    Nhs,

    /// <summary>Schools, colleges, early years providers.</summary>
    Setting,

    /// <summary>Services of a council.</summary>
    Council,

    /// <summary>The family, which is reminded gently and offered help. A request to the family is never escalated.</summary>
    Family,

    /// <summary>A person who works for no organisation; a request can be escalated only to the council that asked.</summary>
    Person,
}

/// <summary>What a step does.</summary>
public enum ChaseStepKind
{
    /// <summary>Reminds the adviser.</summary>
    Reminder,

    /// <summary>Notifies somebody who can act.</summary>
    Escalation,
}

/// <summary>Situations in which a request leaves the ordinary ladder.</summary>
public enum ChaseBranch
{
    /// <summary>The request was declined and nobody else has been asked, so the council itself is chased.</summary>
    Declined,

    /// <summary>The advice was returned as insufficient after the time limit had expired, so the ordinary steps no longer apply.</summary>
    Insufficient,
}

/// <summary>One step of a ladder.</summary>
/// <param name="Key">Key of the step, unique within its ladder.</param>
/// <param name="Kind">Reminder or escalation.</param>
/// <param name="Days">Days from the request's last day (negative before that day), or in a branch from the decline or the return.</param>
/// <param name="Unit">Calendar or working days.</param>
/// <param name="To">The role that is notified.</param>
/// <param name="Wording">Name of the wording that the notice uses.</param>
public sealed record ChaseStep(
    string Key, ChaseStepKind Kind, int Days, LengthUnit Unit, string To, string? Wording = null)
{
    /// <summary>The day on which the step is taken, if its days are counted from the given day.</summary>
    public DateOnly DayFor(DateOnly from) => Unit == LengthUnit.WorkingDays ? WorkingCalendar.England.Add(from, Days) : from.AddDays(Days);
}

/// <summary>How open requests for advice are chased, as dated data with one ladder for each kind of agency.</summary>
public sealed class ChaseLadder
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<ChaseLadder> England = new(() =>
    {
        using var data = typeof(ChaseLadder).Assembly.GetManifestResourceStream("IntegrationHub.Orchestrations.Advice.chase-ladder.json")
            ?? throw new InvalidDataException("The file chase-ladder.json is not embedded in the assembly.");
        return Parse(data);
    });

    private readonly Dictionary<ChaseGroup, IReadOnlyList<ChaseStep>> ladders;
    private readonly Dictionary<ChaseBranch, IReadOnlyList<ChaseStep>> branches;
    private readonly FrozenSet<string> leftToLists;

    private ChaseLadder(Document document, ChaseLadder? over)
    {
        Id = document.Id;
        Version = document.Version;
        InForceFrom = document.InForceFrom;
        ladders = over is null ? [] : new(over.ladders);
        branches = over is null ? [] : new(over.branches);
        foreach (var ladder in document.Ladders)
        {
            ladders[ladder.Of] = ladder.Steps;
        }

        DutySteps = document.Duties?.Steps ?? over?.DutySteps ?? [];
        leftToLists = document.Duties?.LeftToLists.ToFrozenSet(StringComparer.Ordinal) ?? over?.leftToLists ?? FrozenSet<string>.Empty;
        foreach (var branch in document.Branches)
        {
            branches[branch.Of] = branch.Steps;
        }
    }

    /// <summary>The ladder supplied with the hub.</summary>
    public static ChaseLadder Default => England.Value;

    /// <summary>Name of the data.</summary>
    public string Id { get; }

    /// <summary>Version of the data.</summary>
    public string Version { get; }

    /// <summary>Day from which the data is in force.</summary>
    public DateOnly InForceFrom { get; }

    /// <summary>Reads a ladder.</summary>
    /// <param name="data">The data of the ladder.</param>
    /// <param name="over">The ladder that is used for the kinds of agency and the branches that a council's own data does not name.</param>
    /// <exception cref="InvalidDataException">A kind or branch is missing, a key is used twice, or a step's days are not valid.</exception>
    public static ChaseLadder Parse(Stream data, ChaseLadder? over = null)
    {
        Document document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(data, Json) ?? throw new InvalidDataException("The chase ladder is empty.");
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"The chase ladder cannot be read at {unreadable.Path ?? "$"}. Its form is that of orchestrations/Core/Advice/chase-ladder.json.", unreadable);
        }

        var ladder = new ChaseLadder(document, over);
        Check(ladder.ladders);
        Check(ladder.branches);
        Check("the council's duties", ladder.DutySteps);
        return ladder;
    }

    /// <summary>The steps for a time limit that the council must meet, in order, with days counted from the last day of the limit.</summary>
    public IReadOnlyList<ChaseStep> DutySteps { get; }

    /// <summary>Whether time limits under the rule are shown every morning in lists and forecasts and are therefore not chased by e-mail.</summary>
    public bool IsShownOnlyInLists(string ruleKey) => leftToLists.Contains(ruleKey);

    /// <summary>The steps for a kind of agency, in order.</summary>
    public IReadOnlyList<ChaseStep> StepsFor(ChaseGroup kind) => ladders[kind];

    /// <summary>The steps of a branch, in order, with days counted from the day of the decline or the return.</summary>
    public IReadOnlyList<ChaseStep> StepsFor(ChaseBranch branch) => branches[branch];

    /// <summary>The steps for the kind of adviser that a request was sent to, in order.</summary>
    public IReadOnlyList<ChaseStep> StepsFor(AdviceRequest request) => ladders[KindOf(request)];

    /// <summary>The step for a key that was recorded for a request, or null if the data no longer has that step.</summary>
    public ChaseStep? Find(AdviceRequest request, string key) => key.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        ? branches.Values.SelectMany(b => b).FirstOrDefault(s => key.AsSpan(0, at).SequenceEqual(s.Key))
        : StepsFor(request).FirstOrDefault(s => s.Key == key);

    /// <summary>The branch to which a step belongs, even if its key includes a day, or null for a step of the ordinary ladder.</summary>
    public ChaseBranch? BranchOfStep(ChaseStep step)
    {
        var key = step.Key.Split('@')[0];
        foreach (var (branch, steps) in branches)
        {
            if (steps.Any(s => s.Key == key))
            {
                return branch;
            }
        }

        return null;
    }

    /// <summary>The branch that a request is on, or null if it is on the ordinary ladder. The caller checks whether a declined request was
    /// replaced.</summary>
    public static ChaseBranch? BranchOf(AdviceRequest request, DateOnly due) => request.Status switch
    {
        RequestStatus.Declined => ChaseBranch.Declined,
        RequestStatus.ReturnedInsufficient when request.StatusOn > due => ChaseBranch.Insufficient,
        _ => null,
    };

    /// <summary>
    /// The steps that have not been taken yet, each with its day, except steps due before a takeover. The recorded key of a step of a branch
    /// contains the day on which the branch began, so that all steps of the branch are taken again if the advice is returned a second time.
    /// </summary>
    /// <param name="request">The request for advice.</param>
    /// <param name="due">Last day of the request's time limit.</param>
    public IEnumerable<(ChaseStep Step, DateOnly Day)> RemainingSteps(AdviceRequest request, DateOnly due)
    {
        if (BranchOf(request, due) is { } branch)
        {
            return branches[branch]
                .Select(s => (Step: s with { Key = FormattableString.Invariant($"{s.Key}@{request.StatusOn:yyyy-MM-dd}") }, Day: s.DayFor(request.StatusOn)))
                .Where(s => !request.ChaseSteps.Contains(s.Step.Key) && (request.Person is null || s.Step.To != "contributor's manager"));
        }

        return request.IsOpen
            ? StepsFor(request).Where(s => !request.ChaseSteps.Contains(s.Key)).Select(s => (Step: s, Day: s.DayFor(due))).Where(s => !(s.Day <= request.TakenOverOn))
            : [];
    }

    /// <summary>The steps that have fallen due by <paramref name="today"/> but have not been taken, in order.</summary>
    /// <param name="request">The request for advice.</param>
    /// <param name="due">Last day of the request's time limit.</param>
    /// <param name="today">Today in London.</param>
    public IReadOnlyList<ChaseStep> DueSteps(AdviceRequest request, DateOnly due, DateOnly today) =>
        [.. RemainingSteps(request, due).Where(s => s.Day <= today).Select(s => s.Step)];

    /// <summary>The day of the next step that has not been taken, or null if every step has been taken or the request is settled.</summary>
    public DateOnly? NextDay(AdviceRequest request, DateOnly due)
    {
        if (BranchOf(request, due) is null)
        {
            return request.IsOpen ? NextOrdinaryDay(request, due) : null;
        }

        DateOnly? next = null;
        foreach (var (_, day) in RemainingSteps(request, due))
        {
            next = next <= day ? next : day;
        }

        return next;
    }

    // This is called for every open request in every turn, so it allocates no enumerators.
    private DateOnly? NextOrdinaryDay(AdviceRequest request, DateOnly due)
    {
        var steps = StepsFor(request);
        DateOnly? next = null;
        for (var n = 0; n < steps.Count; n++)
        {
            if (!Taken(request.ChaseSteps, steps[n].Key) && steps[n].DayFor(due) is var day && !(next <= day) && !(day <= request.TakenOverOn))
            {
                next = day;
            }
        }

        return next;

        static bool Taken(IReadOnlyList<string> taken, string key)
        {
            for (var n = 0; n < taken.Count; n++)
            {
                if (taken[n] == key)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static void Check<T>(Dictionary<T, IReadOnlyList<ChaseStep>> named)
        where T : struct, Enum
    {
        foreach (var kind in Enum.GetValues<T>())
        {
            if (!named.TryGetValue(kind, out var steps))
            {
                throw new InvalidDataException($"The chase ladder has no steps for {kind}.");
            }

            Check(kind.ToString(), steps);
        }
    }

    private static void Check(string kind, IReadOnlyList<ChaseStep> steps)
    {
        if (steps.DistinctBy(s => s.Key).Count() != steps.Count || steps.Any(s => s.Key.Contains('@', StringComparison.Ordinal)))
        {
            throw new InvalidDataException($"In the chase ladder for {kind}, a key is used twice or contains @.");
        }

        if (steps.Any(s => s.Unit is not (LengthUnit.Days or LengthUnit.WorkingDays) || (s.Unit == LengthUnit.WorkingDays && s.Days < 0)))
        {
            throw new InvalidDataException($"In the chase ladder for {kind}, a step must be in days or in workingDays after the last day.");
        }
    }

    private static ChaseGroup KindOf(AdviceRequest request) => request.Agency?.Id.Scheme switch
    {
        null => ChaseGroup.Family,
        AgencyScheme.Ods => ChaseGroup.Nhs,
        AgencyScheme.La => ChaseGroup.Council,
        AgencyScheme.Person => ChaseGroup.Person,
        _ => ChaseGroup.Setting,
    };

    private sealed record Document(
        string Id, string Version, DateOnly InForceFrom, string Note, IReadOnlyList<Ladder> Ladders, IReadOnlyList<Branch> Branches, Duties? Duties = null);

    private sealed record Ladder(ChaseGroup Of, IReadOnlyList<ChaseStep> Steps);

    private sealed record Duties(IReadOnlyList<string> LeftToLists, IReadOnlyList<ChaseStep> Steps);

    private sealed record Branch(ChaseBranch Of, IReadOnlyList<ChaseStep> Steps);
}
