using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Institutions;

/// <summary>The register is taken over completely or not at all, the same files change nothing, and what it does not have is refused.</summary>
public sealed class InstitutionImportTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 29);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("institutions");
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.Zero));
    private readonly RecordedLog said = new();
    private readonly ILogger<InstitutionRegister> log;
    private readonly InstitutionStore store;

    public InstitutionImportTests()
    {
        store = new InstitutionStore(new FolderDocuments(folder.FullName, new KeepingRules(), time));
        log = LoggerFactory.Create(logging => logging.AddProvider(said)).CreateLogger<InstitutionRegister>();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_files_again_change_nothing()
    {
        var first = await ImportAsync(Extract.Lines);
        var again = await ImportAsync(Extract.Lines, Today.AddDays(1));

        Assert.Equal((ImportOutcome.Kept, ImportOutcome.AlreadyThere), (first.End, again.End));
        var kept = (await store.ReadAsync(null, Stop)).Value.Register!;
        Assert.Equal(Today, kept.Source.TakenOn);
        Assert.Equal(first.Extract.Rows.Select(row => (row.Urn, row.Name, row.Section41, row.Easting)), kept.Rows.Select(row => (row.Urn, row.Name, row.Section41, row.Easting)));
        Assert.Equal(first.Extract.Rows.SelectMany(row => row.Needs), kept.Rows.SelectMany(row => row.Needs));
        Assert.Equal(first.Extract.Rows.SelectMany(row => row.Links), kept.Rows.SelectMany(row => row.Links));
    }

    [Fact]
    public async Task A_newer_register_says_what_has_changed()
    {
        await ImportAsync(Extract.Lines);

        var newer = await ImportAsync(
        [
            Extract.Lines[0].Replace("Millbrook Primary School", "Millbrook School", StringComparison.Ordinal),
            Extract.Lines[1].Replace(",Open,,,", ",Closed,,31-08-2026,", StringComparison.Ordinal),
            Extract.Lines[2].Replace(",Approved,", ",Not approved,", StringComparison.Ordinal),
            Extract.Lines[4].Replace("Academy converter", "Free schools", StringComparison.Ordinal),
            Extract.Lines[0].Replace("100001", "100008", StringComparison.Ordinal),
        ], smaller: true);

        Assert.Equal(
            [("100001", "renamed"), ("100002", "closed"), ("100003", "section 41"), ("100005", "type"), ("100008", "new"), ("100004", "gone")],
            newer.Changes.Select(change => (change.Urn, change.What)));
    }

    [Fact]
    public async Task A_register_that_was_cut_short_does_not_take_the_place_of_a_whole_one()
    {
        await ImportAsync(Extract.Lines);

        var cut = await ImportAsync(Extract.Lines[..2]);

        Assert.Equal(ImportOutcome.Refused, cut.End);
        Assert.Equal(5, (await store.ReadAsync(null, Stop)).Value.Register!.Rows.Count);
        Assert.Equal(ImportOutcome.Kept, (await ImportAsync(Extract.Lines[..2], smaller: true)).End);
    }

    [Fact]
    public async Task A_running_hub_finds_a_newer_register_some_minutes_later()
    {
        using var register = new InstitutionRegister(store, time, log);
        Assert.Null(await register.CurrentAsync(Stop));
        await ImportAsync(Extract.Lines);
        time.Advance(TimeSpan.FromMinutes(6));
        var first = await register.CurrentAsync(Stop);
        time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(5, first!.Rows.Count);
        Assert.Same(first, await register.CurrentAsync(Stop));
        await ImportAsync(Extract.Lines[..2], smaller: true);
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(2, (await register.CurrentAsync(Stop))!.Rows.Count);
    }

    /// <summary>Without a register nothing is refused, so an operator must hear that there is one which cannot be read.</summary>
    [Fact]
    public async Task A_register_that_is_damaged_is_told_in_the_log()
    {
        await ImportAsync(Extract.Lines);
        await File.WriteAllTextAsync(Directory.GetFiles(folder.FullName, "register*", SearchOption.AllDirectories).Single(), "not packed", Stop);
        using var register = new InstitutionRegister(store, time, log);

        Assert.Null(await register.CurrentAsync(Stop));
        Assert.Contains(said.Lines, line => line.Contains("The register of schools cannot be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("urn:100001", null)]
    [InlineData("urn:100099", "institution-unknown")]
    [InlineData("urn:100004", "institution-closed")]
    [InlineData("urn:100003", null)]
    [InlineData("ukprn:10000001", null)]
    public async Task What_the_register_does_not_have_is_neither_consulted_nor_named(string id, string? refusal)
    {
        using var empty = new InstitutionRegister(store, time, log);
        Assert.Null(await new RegisteredInstitutions(empty).RefusalOfAsync(Delivered(new ConsultInstitution(Named(id), Today)), Stop));
        await ImportAsync(Extract.Lines);
        using var register = new InstitutionRegister(store, time, log);
        var check = new RegisteredInstitutions(register);

        var consulted = await check.RefusalOfAsync(Delivered(new ConsultInstitution(Named(id), Today)), Stop);
        var named = await check.RefusalOfAsync(Delivered(new NamePlacement("A school", Named(id))), Stop);

        Assert.Equal((refusal, refusal), (consulted?.Code, named?.Code));
        Assert.Equal(refusal == "institution-closed", consulted?.Reason.Contains("Riverside Academy (URN 100005)", StringComparison.Ordinal) == true);
        Assert.Null(await check.RefusalOfAsync(Delivered(new NamePlacement("A type alone")), Stop));
    }

    [Theory]
    [InlineData("2027-08-30", false)]
    [InlineData("2027-09-01", true)]
    public async Task A_school_that_closes_before_the_first_day_there_is_not_named(string from, bool refused)
    {
        await ImportAsync(Extract.Lines);
        using var register = new InstitutionRegister(store, time, log);
        var first = DateOnly.ParseExact(from, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        var refusal = await new RegisteredInstitutions(register).RefusalOfAsync(Delivered(new NamePlacement("A school", Named("urn:100003"), From: first)), Stop);

        Assert.Equal(refused ? "institution-closed" : null, refusal?.Code);
        Assert.Equal(refused, refusal?.Reason.Contains("closes before the first day there, on 31 August 2027", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_school_is_found_by_what_somebody_knows_of_it()
    {
        await ImportAsync(Extract.Lines);
        using var register = new InstitutionRegister(store, time, log);
        var loaded = (await register.CurrentAsync(Stop))!;
        foreach (var (search, finds) in new (InstitutionSearch, string)[]
        {
            (new() { Words = "mill prim" }, "100001"),
            (new() { Words = "mill prim", Closed = true }, "100001 100004"),
            (new() { Words = "100002" }, "100002"),
            (new() { Words = "exampleton" }, "100002 100001"),
            (new() { Need = "ASD" }, "100002"),
            (new() { Section41 = true }, "100003"),
            (new() { Phase = "Primary" }, "100001 100005"),
            (new() { Type = "Academy converter" }, "100005"),
            (new() { Age = 17 }, "100003 100002"),
            (new() { Near = loaded.Rows[1].Urn }, "100002 100001 100005 100003"),
            (new() { Near = loaded.Rows[1].Urn, Miles = 1.5 }, "100002 100001"),
        })
        {
            Assert.Equal((search, finds), (search, string.Join(' ', search.In(loaded, Today).Select(found => found.Institution.Urn))));
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<ImportResult> ImportAsync(string[] lines, DateOnly? on = null, bool smaller = false) =>
        InstitutionImport.RunAsync("invented.csv", Extract.Bytes(lines), lines.Length == 5 && lines[4] == Extract.Lines[4] ? Extract.Encoded(Extract.Links) : null, on ?? Today, store, smaller, Stop);

    private Delivery Delivered(AssessmentInput input) => new()
    {
        Assessment = AssessmentId.TryParse("330-2026-000001", out var id, out _) ? id : default,
        MessageId = "1",
        By = Actor.TheHub,
        ReceivedAt = time.GetUtcNow(),
        CorrelationId = "1",
        Input = input,
    };

    private static Agency Named(string id) => new() { Id = AgencyId.TryParse(id, out var agency, out var problem) ? agency : throw new FormatException(problem), Name = "A school" };
}
