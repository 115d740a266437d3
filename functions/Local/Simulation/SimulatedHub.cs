using IntegrationHub.Functions.Agencies;
using IntegrationHub.Local.Simulation.Conduct;
using IntegrationHub.Local.Simulation.Faults;
using IntegrationHub.Local.Simulation.Population;
using IntegrationHub.Local.Simulation.Witness;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Simulation;

/// <summary>
/// The hub under simulation: its real store, engine, turns, ladder and effect handlers, on a virtual clock. It dies and starts again as a
/// process does; what lies on the disk is all that it then knows.
/// </summary>
internal sealed class SimulatedHub : IAsyncDisposable
{
    /// <summary>Up to this many bytes a death leaves the files as a killed process does; larger ones are closed, for copying them would take the time of the run.</summary>
    private const long MostCopied = 64L << 20;

    private readonly SimulationOptions options;
    private readonly FaultPlan plan;
    private readonly SimulatedClock clock;
    private readonly Ledgers ledgers;
    private readonly AgencyConduct conduct;
    private readonly Action<Contracts.Identifiers.AssessmentId> needsPerson;
    private readonly MemoryAssessmentStore? memory;
    private DirectoryInfo? folder;
    private SqliteAssessmentStore? sqlite;
    private EmbeddedEngine? engine;
    private FaultyStore? store;
    private long operationsBefore;
    private long failuresBefore;

    internal SimulatedHub(SimulationOptions options, Cohort cohort, FaultPlan plan, SimulatedClock clock, Ledgers ledgers, AgencyConduct conduct, Action<Contracts.Identifiers.AssessmentId> needsPerson)
    {
        (this.options, this.plan, this.clock, this.ledgers, this.conduct, this.needsPerson) = (options, plan, clock, ledgers, conduct, needsPerson);
        Rules = new RuleBook(cohort.Councils.Select(c => c.Profile), RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        memory = options.Store == StoreKind.Memory ? new MemoryAssessmentStore() : null;
        Start(NewFolder(), null);
    }

    /// <summary>The right rules, by which the hub is judged.</summary>
    internal RuleBook Rules { get; }

    /// <summary>The rules that the hub was given.</summary>
    internal RuleBook HeldRules { get; private set; } = null!;

    internal IAssessmentStore Store => Surface;

    internal EmbeddedEngine Engine => engine!;

    internal bool IsDead => store!.IsDead;

    internal int Deaths { get; private set; }

    internal int Restarts { get; private set; }

    internal int FullDisks { get; private set; }

    internal long Operations => operationsBefore + store!.Operations;

    internal long Failures => failuresBefore + store!.Failures;

    internal long BytesOnDisk => folder is null ? 0 : folder.GetFiles().Sum(f => f.Length);

    internal (long Flushes, long Requests) Written => sqlite?.Written ?? default;

    private IAssessmentStore Surface { get; set; } = null!;

    internal void DieAt(int operation, bool after) => store!.DieAt(operation, after);

    /// <summary>A sender was refused because the disk is full.</summary>
    internal bool SawFullDisk { get; set; }

    internal void DiskWasFull()
    {
        FullDisks++;
        SawFullDisk = false;
    }

    /// <summary>The process dies, if it has not yet, and starts again from what lies on the disk.</summary>
    /// <param name="pages">Room left on the disk, in pages of 4 KiB beyond what is used; null for plenty.</param>
    internal async Task RestartAsync(int? pages = null)
    {
        (Deaths, Restarts) = (Deaths + (IsDead ? 1 : 0), Restarts + 1);
        (operationsBefore, failuresBefore) = (Operations, Failures);
        await engine!.DisposeAsync();
        if (sqlite is null)
        {
            Start(null, null);
            return;
        }

        var left = folder!;
        if (IsDead && BytesOnDisk <= MostCopied)
        {
            // As after a kill: the files as they are, log included, never closed.
            left = NewFolder()!;
            foreach (var file in folder!.GetFiles().Where(f => f.Extension is not (".lock" or ".db-shm") && !f.Name.EndsWith("-shm", StringComparison.Ordinal)))
            {
                file.CopyTo(Path.Combine(left.FullName, file.Name));
            }
        }

        await sqlite.DisposeAsync();
        if (left != folder)
        {
            folder!.Delete(recursive: true);
        }

        var used = new FileInfo(Path.Combine(left.FullName, LocalName)).Length / 4096;
        Start(left, pages is { } more ? used + more : null);
    }

    public async ValueTask DisposeAsync()
    {
        await engine!.DisposeAsync();
        if (sqlite is not null)
        {
            await sqlite.DisposeAsync();
            folder!.Delete(recursive: true);
        }
    }

    private const string LocalName = "assessments.db";

    private DirectoryInfo? NewFolder()
    {
        if (memory is not null)
        {
            return null;
        }

        return options.Directory is { } directory
            ? System.IO.Directory.CreateDirectory(Path.Combine(directory, Path.GetRandomFileName()))
            : System.IO.Directory.CreateTempSubdirectory("hub-year-");
    }

    private void Start(DirectoryInfo? at, long? mostPages)
    {
        folder = at;
        sqlite = at is null ? null : SqliteAssessmentStore.Open(new SqliteStoreSettings { Path = Path.Combine(at.FullName, LocalName), MostPages = mostPages });
        store = new FaultyStore(sqlite is null ? memory! : sqlite, plan);
        Surface = options.AroundStore(store);
        HeldRules = options.AroundRules(Rules);
        IEffectHandler[] handlers =
        [
            new AgencyEffects(Surface, HeldRules, new AgencyDirectory([]), [new SimulatedAgencies(ledgers, conduct, clock)], clock),
            new Shelf(Surface, ledgers, clock),
            new Readers(new PortalNotices(Surface), ledgers, clock),
        ];
        engine = new EmbeddedEngine(
            Surface,
            HeldRules,
            handlers.Select(h => new FaultyWay(options.AroundHandler(h), plan, clock, needsPerson)),
            clock);
    }
}
