using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Doors;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Posting;

namespace IntegrationHub.Simulation;

/// <summary>Where a simulation keeps its assessments.</summary>
public enum StoreKind
{
    /// <summary>SQLite, as the hub does: write-ahead log, synchronous FULL.</summary>
    Sqlite,

    /// <summary>Memory: nothing is durable.</summary>
    Memory,
}

/// <summary>What is simulated.</summary>
public sealed record SimulationOptions
{
    /// <summary>Requests in the year.</summary>
    public required int Requests { get; init; }

    /// <summary>The seed: the same one brings the same year.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How much goes wrong.</summary>
    public FaultLevel Faults { get; init; } = FaultLevel.Some;

    /// <summary>Where assessments are kept.</summary>
    public StoreKind Store { get; init; } = StoreKind.Sqlite;

    /// <summary>The only council; null for all.</summary>
    public SimulatedCouncil? Council { get; init; }

    /// <summary>Among how many hubs the councils are divided; null for one hub to every 10,000 requests.</summary>
    public int? Hubs { get; init; }

    /// <summary>How many hubs there are.</summary>
    public int HubCount => Hubs ?? (Council is null ? (Requests + RequestsToAHub - 1) / RequestsToAHub : 1);

    /// <summary>A hub of this size keeps its open cases in some hundred megabytes of memory.</summary>
    private const int RequestsToAHub = 10_000;

    /// <summary>How many cases are looked at through the hub's interfaces unless something else is said.</summary>
    public const int UsuallyLookedAt = 20;

    /// <summary>About how many cases are looked at through the hub's interfaces: each costs as much as a hundred others. With 0 none is asked.</summary>
    public int LookedAt { get; init; } = UsuallyLookedAt;

    /// <summary>About how many cases answer through the FHIR endpoint and the contributor's pages too: such a case costs several times as much as another.</summary>
    public int ThroughDoors { get; init; } = UsuallyThroughDoors;

    /// <summary>How many cases go through every door unless something else is said.</summary>
    public const int UsuallyThroughDoors = 20;

    /// <summary>Which share of the agencies is reached how.</summary>
    public Reaches Reaches { get; init; } = new();

    /// <summary>How many times as likely as in England a decision is disputed: small years have too few disputes to show every kind.</summary>
    public double Disputed { get; init; } = 1;

    /// <summary>How many times as likely as usual a re-assessment, a change of ICB or a personal budget is, for the same reason.</summary>
    public double Eventful { get; init; } = 1;

    /// <summary>Years for which plans are lived with after they were issued: reviews, amendments, ceasing. With 0 a case is over with its plan.</summary>
    public int Years { get; init; }

    /// <summary>Share of families with a plan that move to another council, of another hub, in the years for which plans are lived with.</summary>
    public double Moving { get; init; } = UsuallyMoving;

    /// <summary>An assumption: SEN2 counts plans that were transferred in, some 2 % of all plans in a year.</summary>
    public const double UsuallyMoving = 0.15;

    /// <summary>Directory in which the store is made and removed again; null for a temporary one.</summary>
    public string? Directory { get; init; }

    /// <summary>For tests that plant a bug: with what was found the years may end before their time. Null: they are lived to their end.</summary>
    internal Func<Verdict, bool>? EndsWith { get; init; }

    /// <summary>For tests that plant a bug: what stands between the engine and the store.</summary>
    internal Func<IAssessmentStore, IAssessmentStore> AroundStore { get; init; } = store => store;

    /// <summary>For tests that plant a bug: what stands between the hub's interfaces and the store.</summary>
    internal Func<IAssessmentStore, IAssessmentStore> AroundInterfaces { get; init; } = store => store;

    /// <summary>For tests that plant a bug: as whom the interfaces recognise a caller.</summary>
    internal Func<TokenRequest, TokenRequest> AroundCallers { get; init; } = caller => caller;

    /// <summary>For tests that plant a bug: what stands between the engine and a handler.</summary>
    internal Func<IEffectHandler, IEffectHandler> AroundHandler { get; init; } = handler => handler;

    /// <summary>For tests that plant a bug: what stands between the letters and those who read them.</summary>
    internal Func<WriteLetter, WriteLetter> AroundLetters { get; init; } = write => write;

    /// <summary>For tests that plant a bug: what stands in the ways through the doors.</summary>
    internal Ways AroundDoors { get; init; } = new();

    /// <summary>For tests that plant a bug: what stands between a hub and the documents that it keeps, packages and plans among them.</summary>
    internal Func<IDocumentStore, IDocumentStore> AroundDocuments { get; init; } = documents => documents;

    /// <summary>For tests that plant a bug: what becomes of a package on its way.</summary>
    internal Func<byte[], byte[]> AroundPackage { get; init; } = package => package;

    /// <summary>For tests that plant a bug: the rules that the hub is given in place of the right ones.</summary>
    internal Func<RuleBook, RuleBook> AroundRules { get; init; } = rules => rules;
}

/// <summary>How far a simulation has come.</summary>
/// <param name="Finished">Cases that are over and were checked.</param>
/// <param name="Today">Today in the simulated country.</param>
/// <param name="Operations">Durable operations so far.</param>
public readonly record struct Progress(int Finished, DateOnly Today, long Operations);
