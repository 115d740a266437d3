using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Advice;

/// <summary>The kinds of agencies that have a ladder of their own.</summary>
public enum ChasedKind
{
    /// <summary>NHS bodies.</summary>
    Nhs,

    /// <summary>Schools, colleges, early years providers.</summary>
    Setting,

    /// <summary>Services of a council.</summary>
    Council,

    /// <summary>The family: reminded gently and offered help, never escalated against.</summary>
    Family,
}

/// <summary>What a step does.</summary>
public enum ChaseStepKind
{
    /// <summary>Reminds the one who was asked.</summary>
    Reminder,

    /// <summary>Tells somebody who can act.</summary>
    Escalation,
}

/// <summary>One step of a ladder.</summary>
/// <param name="Key">Unique within its ladder.</param>
/// <param name="Kind">Reminder or escalation.</param>
/// <param name="Days">Days from the request's last day; negative before it.</param>
/// <param name="Unit">Calendar or working days.</param>
/// <param name="To">The role that is told.</param>
public sealed record ChaseStep(string Key, ChaseStepKind Kind, int Days, LengthUnit Unit, string To)
{
    /// <summary>The day on which the step is taken for a request that is due on <paramref name="due"/>.</summary>
    public DateOnly DayFor(DateOnly due) => Unit == LengthUnit.WorkingDays ? WorkingCalendar.England.Add(due, Days) : due.AddDays(Days);
}

/// <summary>How open requests for advice are chased: dated data, one ladder for each kind of agency.</summary>
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
            ?? throw new InvalidDataException("chase-ladder.json is not in the assembly.");
        return Parse(data);
    });

    private readonly Dictionary<ChasedKind, IReadOnlyList<ChaseStep>> ladders;

    private ChaseLadder(Document document)
    {
        Id = document.Id;
        Version = document.Version;
        ladders = document.Ladders.ToDictionary(l => l.Of, l => l.Steps);
    }

    /// <summary>The ladder that the hub comes with.</summary>
    public static ChaseLadder Default => England.Value;

    /// <summary>Name of the data.</summary>
    public string Id { get; }

    /// <summary>Version of the data.</summary>
    public string Version { get; }

    /// <summary>Reads a ladder.</summary>
    /// <exception cref="InvalidDataException">A kind is missing, a key stands twice, or steps are out of order.</exception>
    public static ChaseLadder Parse(Stream data)
    {
        var document = JsonSerializer.Deserialize<Document>(data, Json) ?? throw new InvalidDataException("The chase ladder is empty.");
        var ladder = new ChaseLadder(document);
        foreach (var kind in Enum.GetValues<ChasedKind>())
        {
            if (!ladder.ladders.TryGetValue(kind, out var steps))
            {
                throw new InvalidDataException($"The chase ladder has no steps for {kind}.");
            }

            if (steps.DistinctBy(s => s.Key).Count() != steps.Count)
            {
                throw new InvalidDataException($"A key stands twice in the ladder of {kind}.");
            }

            if (steps.Any(s => s.Unit is not (LengthUnit.Days or LengthUnit.WorkingDays) || (s.Unit == LengthUnit.WorkingDays && s.Days < 0)))
            {
                throw new InvalidDataException($"A step of {kind} is not in days, nor in workingDays after the last day.");
            }
        }

        return ladder;
    }

    /// <summary>The steps for a kind of agency, in order.</summary>
    public IReadOnlyList<ChaseStep> StepsFor(ChasedKind kind) => ladders[kind];

    /// <summary>The ladder that a request is chased by.</summary>
    public IReadOnlyList<ChaseStep> StepsFor(AdviceRequest request) => ladders[KindOf(request)];

    /// <summary>The steps that have fallen due by <paramref name="today"/> and were not taken, in order.</summary>
    /// <param name="request">An open request.</param>
    /// <param name="due">Last day of its limit.</param>
    /// <param name="today">Today in London.</param>
    public IReadOnlyList<ChaseStep> DueSteps(AdviceRequest request, DateOnly due, DateOnly today) => request.IsOpen
        ? [.. StepsFor(request).Where(s => s.DayFor(due) <= today && !request.ChaseSteps.Contains(s.Key))]
        : [];

    /// <summary>The day of the next step that was not taken; null when the ladder has been climbed or the request is settled.</summary>
    public DateOnly? NextDay(AdviceRequest request, DateOnly due)
    {
        DateOnly? next = null;
        if (request.IsOpen)
        {
            foreach (var step in StepsFor(request))
            {
                if (!request.ChaseSteps.Contains(step.Key) && step.DayFor(due) is var day && !(next <= day))
                {
                    next = day;
                }
            }
        }

        return next;
    }

    private static ChasedKind KindOf(AdviceRequest request) => request.Agency?.Id.Scheme switch
    {
        null => ChasedKind.Family,
        AgencyScheme.Ods => ChasedKind.Nhs,
        AgencyScheme.La => ChasedKind.Council,
        _ => ChasedKind.Setting,
    };

    private sealed record Document(string Id, string Version, DateOnly InForceFrom, string Note, IReadOnlyList<Ladder> Ladders);

    private sealed record Ladder(ChasedKind Of, IReadOnlyList<ChaseStep> Steps);
}
