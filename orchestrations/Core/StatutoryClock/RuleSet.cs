using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// The time limits and grounds under the law of one period, as dated and versioned data. When the law changes, a new rule set is added; an
/// assessment keeps the rule set under which it began.
/// </summary>
public sealed class RuleSet
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<RuleSet> England = new(() => Embedded.Read("england-2014.json", Parse));
    private static readonly Lazy<RuleSet> Detained = new(() => Embedded.Read("england-detained-2015.json", Parse));

    private readonly FrozenDictionary<string, Rule> byKey;
    private readonly FrozenDictionary<Ground, ExceptionGround> byGround;
    private readonly FrozenDictionary<StartEvent, Rule> byStart;
    private readonly FrozenDictionary<LegalNotice, IReadOnlyList<Party>> byNotice;

    private RuleSet(RuleSetDocument document)
    {
        Id = document.Id;
        Version = document.Version;
        InForceFrom = document.InForceFrom;
        Jurisdiction = document.Jurisdiction;
        Title = document.Title;
        Sources = document.Sources;
        Rules = document.Rules;
        Grounds = document.Grounds;
        Suspends = document.Suspends;
        byKey = document.Rules.ToFrozenDictionary(rule => rule.Key);
        byGround = document.Grounds.ToFrozenDictionary(ground => ground.Ground);
        byStart = document.Rules.DistinctBy(rule => rule.Starts).ToFrozenDictionary(rule => rule.Starts);
        byNotice = Enum.GetValues<LegalNotice>().ToFrozenDictionary(
            notice => notice,
            notice => (IReadOnlyList<Party>)
            [
                .. document.Rules.Where(rule => rule.MetBy.Notices.Contains(notice)).SelectMany(rule => rule.MustBeTold.Concat(rule.AlsoTold)).Distinct().Order(),
            ]);
        HasDatedRules = document.Rules.Any(rule => rule.InForceFrom > document.InForceFrom || rule.InForceTo is not null);
        Courses = [.. document.Rules.Select(rule => CourseOf(rule.Starts))];
        ReliefSets = [.. document.Rules.Select(rule => rule.RelievedBy.Aggregate(0, (set, ground) => set | StatutoryClock.Grounds.Bit(ground)))];
    }

    /// <summary>England since 1 September 2014: Children and Families Act 2014 and SEND Regulations 2014.</summary>
    /// <exception cref="InvalidDataException">The data in this assembly is invalid. The data is loaded at start-up, so that a fault is
    /// noticed then.</exception>
    public static RuleSet England2014 => England.Value;

    /// <summary>People aged 18 or under who are detained in relevant youth accommodation, since 1 April 2015: CFA 2014 ss70 to 75 and SI
    /// 2015/62.</summary>
    /// <exception cref="InvalidDataException">The data in this assembly is invalid.</exception>
    public static RuleSet EnglandDetained2015 => Detained.Value;

    /// <summary>The name of the rule set, for instance <c>england-2014</c>.</summary>
    public string Id { get; }

    /// <summary>The version of the data, which is raised with every correction.</summary>
    public string Version { get; }

    /// <summary>The first day on which the law in this rule set is in force.</summary>
    public DateOnly InForceFrom { get; }

    /// <summary>The country in which the law is in force.</summary>
    public string Jurisdiction { get; }

    /// <summary>What the rule set is about.</summary>
    public string Title { get; }

    /// <summary>The legal sources that were read for the rule set, with their dates.</summary>
    public string Sources { get; }

    /// <summary>All rules, in the order of the file; limits are returned in this order.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>All grounds of the rule set.</summary>
    public IReadOnlyList<ExceptionGround> Grounds { get; }

    /// <summary>For a rule set that temporarily replaces another, the rules of the other set that do not apply meanwhile; otherwise
    /// null.</summary>
    public Suspension? Suspends { get; }

    // Whether any rule is in force for only part of the time for which the rule set is in force.
    internal bool HasDatedRules { get; }

    // Facts from before the rule set came into force are also judged by it, because there is no earlier rule set.
    internal bool IsInForce(Limit limit) =>
        !(limit.Rule.InForceFrom > InForceFrom && limit.From < limit.Rule.InForceFrom) && !(limit.From > limit.Rule.InForceTo);

    // The part of the process that each rule belongs to, at the rule's position in Rules.
    internal Course[] Courses { get; }

    // Each rule's RelievedBy list as a set of bits, at the rule's position in Rules.
    internal int[] ReliefSets { get; }

    /// <summary>The rule that has this key.</summary>
    /// <exception cref="KeyNotFoundException">The rule set has no such rule.</exception>
    public Rule Rule(string key) => byKey[key];

    /// <summary>The rule with this key, or null if the rule set has none.</summary>
    public Rule? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The first rule whose limits run from this fact, or null if there is none.</summary>
    public Rule? From(StartEvent starts) => byStart.GetValueOrDefault(starts);

    /// <summary>Whether an order, an agreement or a concession with this remedy is subject to any time limit under this law.</summary>
    public bool HasLimitFor(StartEvent starts, Remedy remedy) => Rules.Any(rule => rule.Starts == starts && rule.Remedy == remedy);

    /// <summary>Everyone to whom a notice is sent: those who must be notified for a limit to be met, and those who are notified although no
    /// limit requires it.</summary>
    public IReadOnlyList<Party> RecipientsOf(LegalNotice notice) => byNotice[notice];

    /// <summary>The rule set's rule for a ground, or null if it has none.</summary>
    public ExceptionGround? Ground(Ground ground) => byGround.GetValueOrDefault(ground);

    private static Course CourseOf(StartEvent start) => start switch
    {
        <= StartEvent.AppealableNoticeSent => Course.Assessment,
        <= StartEvent.RefusalReversed => Course.Dispute,
        _ => Course.PlanLife,
    };

    /// <summary>Reads and checks a rule set.</summary>
    /// <param name="stream">JSON in UTF-8, in the form of <c>england-2014.json</c>.</param>
    /// <exception cref="InvalidDataException">The rule set is not readable or contradicts itself; the message lists everything that is
    /// wrong.</exception>
    public static RuleSet Parse(Stream stream)
    {
        RuleSetDocument document;
        try
        {
            document = JsonSerializer.Deserialize<RuleSetDocument>(stream, Json) ?? throw new InvalidDataException("The rule set file contains only null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The rule set cannot be read at {exception.Path ?? "its start"}: {exception.Message}", exception);
        }

        var problems = RuleSetCheck.Problems(document);
        return problems.Count == 0
            ? new RuleSet(document)
            : throw new InvalidDataException($"The rule set {document.Id} is wrong:\n- {string.Join("\n- ", problems)}");
    }
}

/// <summary>Rules of the ordinary set that do not apply while another set replaces it.</summary>
/// <param name="Rules">The keys of the rules.</param>
/// <param name="Citation">The provision that suspends the rules.</param>
/// <param name="Verified">Whether the provision has been checked against the text of the law.</param>
/// <param name="Note">Remarks on the suspension, and what to check.</param>
public sealed record Suspension(IReadOnlyList<string> Rules, string Citation, bool Verified, string? Note = null);

/// <summary>The parts of the process to which rules belong, as a set of flags.</summary>
[Flags]
internal enum Course
{
    None = 0,

    /// <summary>From the request to the plan, and the family's time to dispute it.</summary>
    Assessment = 1,

    /// <summary>Mediation, appeals and orders.</summary>
    Dispute = 2,

    /// <summary>Reviews, transfers and moves of a plan.</summary>
    PlanLife = 4,
}

/// <summary>A rule set as it is written in a file.</summary>
internal sealed record RuleSetDocument
{
    public required string Id { get; init; }

    public required string Version { get; init; }

    public required DateOnly InForceFrom { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Title { get; init; }

    public required string Sources { get; init; }

    public required IReadOnlyList<Rule> Rules { get; init; }

    public required IReadOnlyList<ExceptionGround> Grounds { get; init; }

    public Suspension? Suspends { get; init; }
}
