using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Hub.Tests.Returns.Independent;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>
/// A return is taken over and built again from the cases that it became: what comes out is what went in, but for differences that have a name.
/// <c>SEN2_PLANS=20000</c> runs it in full.
/// </summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly int Plans = int.TryParse(Environment.GetEnvironmentVariable("SEN2_PLANS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 500;
    private static readonly RuleBook Rules = new([HubUnderTest.Profile(HubUnderTest.Own)], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
    private static readonly Agency Icb = new() { Id = AgencyId.Of(OdsCode.TryParse("QHL", out var code, out _) ? code : default), Name = "Example ICB" };
    private readonly string place = Directory.CreateTempSubdirectory("sen2-round-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 20, 10, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_taken_over_is_told_again()
    {
        // About one person of three has a plan in force without an error.
        var (source, _) = new Sen2Generator(20).Make(Plans * 3);
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(place, "store.db") });
        var taken = await TakeAsync(store, source);
        Assert.True(taken.Count >= Plans * 3 / 4, $"{taken.Count} plans are too few.");

        var built = new ReturnBuild(store, Sen2Layout.Newest, HubUnderTest.Own, 2026, Sen2Generator.Schools);
        var came = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<string>();
        await foreach (var person in built.PersonsAsync(cancellationToken: Stop))
        {
            came[KeyOf(person.Item)] = Flat(person.Item);
            errors.AddRange(person.Faults.Where(f => f.Finding.Severity == Sen2Severity.Error).Select(f => $"{f.Finding.Code} {f.Finding.Item}"));
        }

        Assert.Empty(errors.Distinct());
        Assert.Equal(taken.Count, came.Count);
        foreach (var person in taken)
        {
            Assert.Equal(Flat(person), came[KeyOf(person)]);
        }

        // What was built is also read from its file by rules of other readers.
        var folder = Directory.CreateDirectory(Path.Combine(place, "built")).FullName;
        await ReturnFiles.WriteAsync(built, Sen2Layout.Newest, folder, time.GetUtcNow(), Stop);
        Assert.Empty(ListedFaults.Broken(folder));
    }

    [Fact]
    public async Task A_year_later_what_was_decided_before_is_told_as_that_and_has_no_day()
    {
        var (source, _) = new Sen2Generator(21).Make(90);
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(place, "later.db") });
        var taken = await TakeAsync(store, source);
        Assert.NotEmpty(taken);

        var persons = 0;
        await foreach (var person in new ReturnBuild(store, Sen2Layout.Newest, HubUnderTest.Own, 2027).PersonsAsync(cancellationToken: Stop))
        {
            persons++;
            var request = person.Item.First("Requests")!;
            Assert.Equal(("H", null, "H", null), (request["RequestOutcome"], request["RequestOutcomeDate"], request.First("Assessment")!["AssessmentOutcome"], request.First("Assessment")!["AssessmentOutcomeDate"]));
        }

        Assert.Equal(taken.Count, persons);
    }

    [Fact]
    public async Task The_files_are_read_as_they_were_written()
    {
        var (source, _) = new Sen2Generator(22).Make(60);
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(place, "files.db") });
        var taken = await TakeAsync(store, source);
        var folder = Directory.CreateDirectory(Path.Combine(place, "out")).FullName;

        var result = await ReturnFiles.WriteAsync(new ReturnBuild(store, Sen2Layout.Newest, HubUnderTest.Own, 2026), Sen2Layout.Newest, folder, time.GetUtcNow(), Stop);

        Assert.Equal((taken.Count, 0), (result.Persons, result.Errors));
        await using var xml = File.OpenRead(Path.Combine(folder, ReturnFiles.Xml));
        var read = Sen2Xml.Read(xml, Sen2Layout.Newest);
        Assert.Empty(read.Findings);
        Assert.Equal(new DateOnly(2026, 1, 15), read.ReferenceDate);
        Assert.Equal(read.Persons.Select(Flat), Sen2Csv.Read(Path.Combine(folder, ReturnFiles.Tables), Sen2Layout.Newest).Persons.Select(Flat));
        Assert.Equal(taken.Count, read.Persons.Count);
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    /// <summary>The persons whose plan was taken over, as the source has them.</summary>
    private async Task<List<Sen2Item>> TakeAsync(SqliteAssessmentStore store, Sen2File source)
    {
        var rows = Takeover.Of(source, new(2026, 1, 20), RuleSet.England2014, CountingPractice.AfterTheDay, Sen2Generator.Schools).Rows;
        using var run = new TakeoverRun(store, Rules, time);
        var persons = source.Persons.ToDictionary(person => person.Place, StringComparer.Ordinal);
        var taken = new List<Sen2Item>();
        await foreach (var result in run.RunAsync(PlanToImport.Of(source, rows, new TakeoverSource(HubUnderTest.Own, Icb, "return.xml, SHA-256 00")), "officer-7", Stop))
        {
            if (result.End == TakeoverOutcome.Taken)
            {
                taken.Add(persons[result.Place.Split('/')[0]]);
            }
        }

        return taken;
    }

    private static string KeyOf(Sen2Item person) => $"{person["Surname"]}/{person["Forename"]}/{person["PersonBirthDate"]}";

    private static string Flat(Sen2Item person) => string.Join('\n', person.Whole().Select(item =>
        $"{(item == person ? "" : item.Place.Split('/', 2)[1])}: {string.Join("; ", item.Block.Items.Where(f => item[f.Name] is not null).Select(f => $"{f.Name}={item[f.Name]}"))}"));
}
