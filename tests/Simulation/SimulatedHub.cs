using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Doors;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Interfaces;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Posting;
using IntegrationHub.Simulation.Witness;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Simulation;

/// <summary>
/// The hub under simulation: its real store, engine, turns, ladder and effect handlers, on a virtual clock. It dies and starts again as a
/// process does; what lies on the disk is all that it then knows.
/// </summary>
internal sealed class SimulatedHub : IAsyncDisposable
{
    private readonly SimulationOptions options;
    private readonly FaultPlan plan;
    private readonly SimulatedClock clock;
    private readonly Ledgers ledgers;
    private readonly AgencyConduct conduct;
    private readonly Action<Contracts.Identifiers.AssessmentId> needsPerson;
    private readonly MemoryAssessmentStore? memory;
    private readonly DoorKeeping doorKeeping;
    private DirectoryInfo? folder;
    private SqliteAssessmentStore? sqlite;
    private EmbeddedEngine? engine;
    private FaultyStore? store;
    private long operationsBefore;
    private long failuresBefore;
    private long flushesBefore;

    internal SimulatedHub(SimulationOptions options, Cohort cohort, FaultPlan plan, SimulatedClock clock, Ledgers ledgers, AgencyConduct conduct, Action<Contracts.Identifiers.AssessmentId> needsPerson)
    {
        (this.options, this.plan, this.clock, this.ledgers, this.conduct, this.needsPerson) = (options, plan, clock, ledgers, conduct, needsPerson);
        Rules = new RuleBook(cohort.Known.Select(c => c.Profile), RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        memory = options.Store == StoreKind.Memory ? new MemoryAssessmentStore() : null;
        doorKeeping = new DoorKeeping(cohort.Known, options.Reaches, options.Seed);
        Doors = new HubDoors(doorKeeping, OpenDoors, (double)options.ThroughDoors / options.Requests, options.Faults != FaultLevel.None, clock);
        Start(NewFolder(), null);
        Documents = options.AroundDocuments(folder is null ? new MemoryDocuments() : new FolderDocuments(folder.CreateSubdirectory("documents").FullName, new KeepingRules(), clock));
    }

    /// <summary>Plans that may move, and what came with those that did.</summary>
    internal IDocumentStore Documents { get; }

    /// <summary>The key with which its packages are signed.</summary>
    internal PackageKey Key { get; } = PackageKey.New();

    /// <summary>The right rules, by which the hub is judged.</summary>
    internal RuleBook Rules { get; }

    /// <summary>The rules that the hub was given.</summary>
    internal RuleBook HeldRules { get; private set; } = null!;

    internal IAssessmentStore Store => Surface;

    /// <summary>What is open now, without the faults that are planned for writing.</summary>
    internal IAssessmentStore Untroubled => sqlite is null ? memory! : sqlite;

    internal EmbeddedEngine Engine => engine!;

    /// <summary>Where agencies give their answers.</summary>
    internal HubDoors Doors { get; }

    /// <summary>Where the hub's letters are written and leave.</summary>
    internal LetterDesk Letters { get; private set; } = null!;

    internal bool IsDead => store!.IsDead;

    internal int Deaths { get; private set; }

    internal int Restarts { get; private set; }

    /// <summary>Starts that found a log which nobody had closed.</summary>
    internal int Recoveries { get; private set; }

    /// <summary>Damaged pages that a start found and refused.</summary>
    internal int DamagedPages { get; private set; }

    internal long Operations => operationsBefore + store!.Operations;

    internal long Failures => failuresBefore + store!.Failures;

    internal long BytesOnDisk => folder is null ? 0 : folder.GetFiles().Sum(f => f.Length);

    /// <summary>Flushes to the disk so far.</summary>
    internal long Flushes => flushesBefore + (sqlite?.Written.Flushes ?? 0);

    private IAssessmentStore Surface { get; set; } = null!;

    internal void DieAt(int operation, bool after) => store!.DieAt(operation, after);

    /// <summary>A write was refused because of what ails the disk.</summary>
    internal bool SawAilment { get; set; }

    /// <summary>The process dies, if it has not yet, and starts again from what lies on the disk.</summary>
    /// <param name="ails">What ails the disk; null: nothing.</param>
    internal async Task RestartAsync(DiskAilment? ails)
    {
        (Deaths, Restarts) = (Deaths + (IsDead ? 1 : 0), Restarts + 1);
        (operationsBefore, failuresBefore, flushesBefore) = (Operations, Failures, Flushes);
        await CloseAsync();
        if (sqlite is null)
        {
            Start(null, null);
            return;
        }

        if (IsDead)
        {
            // As after a kill: whoever else reads the file keeps SQLite from tidying up when the hub's connections close, so the log stays
            // where it is and as it is, and the next start has to recover from it.
            await using var reader = await ReadingAsync();
            await sqlite.DisposeAsync();
            Recoveries += File.Exists(FileName + "-wal") && new FileInfo(FileName + "-wal").Length > 0 ? 1 : 0;
        }
        else
        {
            await sqlite.DisposeAsync();
        }

        // A write version above those known makes SQLite treat a file as read-only, for every user (sqlite.org/fileformat2.html, 1.3.3).
        if (ails == DiskAilment.ReadOnly)
        {
            await WriteAsync(WriteVersionAt, [WriteVersionUnknown]);
        }
        else if ((await ReadAsync(WriteVersionAt, 1))[0] == WriteVersionUnknown)
        {
            await WriteAsync(WriteVersionAt, [WriteVersionLog]);
        }

        Start(folder, ails == DiskAilment.Full ? (new FileInfo(FileName).Length / PageSize) + RoomWhenFull : null);
    }

    /// <summary>A page of the file is damaged: the start must find it and refuse. Then the page is put back, as from a backup.</summary>
    /// <exception cref="InvalidOperationException">It took the damaged file for a sound one.</exception>
    internal async Task FindDamageAsync(int which)
    {
        long page;
        await using (var reader = await ReadingAsync())
        {
            await using var roots = reader.CreateCommand();
            roots.CommandText = "SELECT rootpage FROM sqlite_schema WHERE rootpage > 1 ORDER BY rootpage LIMIT 1 OFFSET $which % (SELECT count(*) FROM sqlite_schema WHERE rootpage > 1)";
            roots.Parameters.AddWithValue("$which", which);
            page = (long)(await roots.ExecuteScalarAsync())!;
        }

        (operationsBefore, failuresBefore, flushesBefore, Restarts) = (Operations, Failures, Flushes, Restarts + 1);
        await CloseAsync();
        await sqlite!.DisposeAsync();
        var sound = await ReadAsync((page - 1) * PageSize, PageSize);
        await WriteAsync((page - 1) * PageSize, [.. Enumerable.Repeat((byte)0xA5, PageSize)]);
        try
        {
            await using var taken = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = FileName, CheckAtStart = true });
            throw new InvalidOperationException($"The start took a file whose page {page} is damaged for a sound one.");
        }
        catch (StoreUnavailableException refused) when (refused.Reason == StoreFault.Corrupt)
        {
            DamagedPages++;
        }

        await WriteAsync((page - 1) * PageSize, sound);
        Start(folder, null);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        doorKeeping.Dispose();
        Key.Dispose();
        if (sqlite is not null)
        {
            await sqlite.DisposeAsync();
            folder!.Delete(recursive: true);
        }
    }

    private async ValueTask CloseAsync()
    {
        await Doors.CloseAsync();
        await engine!.DisposeAsync();
        store!.IsGone();
    }

    private DoorHub OpenDoors()
    {
        var (driver, faulty) = (engine!, store!);
        return new DoorHub(
            doorKeeping, Surface, (delivery, onlyAt, cancellationToken) => driver.SubmitAsync(delivery, onlyAt, cancellationToken), HeldRules, () => faulty.IsDead, options.AroundDoors, clock);
    }

    /// <summary>Keeps a version of a plan in every form, as it goes into a package.</summary>
    private ValueTask<EffectResult> KeepAsync(OutboxEffect effect, CancellationToken cancellationToken) =>
        new PlanKeeping(Surface, new PlanStore(Documents, clock), HeldRules).RunAsync(effect, cancellationToken);

    private const string LocalName = "assessments.db";
    private const int PageSize = 4096;
    private const int RoomWhenFull = 2;
    private const int WriteVersionAt = 18;
    private const byte WriteVersionLog = 2;
    private const byte WriteVersionUnknown = 3;

    private string FileName => Path.Combine(folder!.FullName, LocalName);

    /// <summary>A reader of the hub's file, holding its shared lock.</summary>
    private async Task<SqliteConnection> ReadingAsync()
    {
        var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FileName, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await reader.OpenAsync();
        await using var look = reader.CreateCommand();
        look.CommandText = "SELECT count(*) FROM sqlite_schema";
        await look.ExecuteScalarAsync();
        return reader;
    }

    private async Task<byte[]> ReadAsync(long at, int count)
    {
        var bytes = new byte[count];
        await using var file = File.OpenRead(FileName);
        file.Position = at;
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    private async Task WriteAsync(long at, byte[] bytes)
    {
        await using var file = File.OpenWrite(FileName);
        file.Position = at;
        await file.WriteAsync(bytes);
    }

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
        sqlite = at is null ? null : SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(at.FullName, LocalName), MaxPages = mostPages });
        store = new FaultyStore(sqlite is null ? memory! : sqlite, plan);
        Surface = options.AroundStore(store);
        HeldRules = options.AroundRules(Rules);
        Letters = new LetterDesk(new LetterStore(new NoDocuments(), LetterTemplates.Defaults, HeldRules), options.AroundLetters, clock);
        IEffectHandler[] handlers =
        [
            new AgencyEffects(Surface, HeldRules, doorKeeping.Directory, Enum.GetValues<Reach>().Select(reach => new SimulatedAgencies(reach, ledgers, conduct, Doors.TellAsync, clock))),
            new Shelf(Surface, ledgers, KeepAsync, clock),
            new SimulatedPost(Surface, ledgers, Letters, clock),
        ];
        engine = new EmbeddedEngine(
            Surface,
            HeldRules,
            handlers.Select(h => new FaultyWay(options.AroundHandler(h), plan, clock, needsPerson)),
            clock);
    }
}
