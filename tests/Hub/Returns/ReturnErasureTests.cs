using System.IO.Compression;
using System.Xml.Linq;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Stored;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>Who is erased from a kept return is gone from its XML, its tables and its list, and everybody else stays in all three.</summary>
public sealed class ReturnErasureTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sen2-erased-").FullName;

    private FolderDocuments Documents => new(folder, new KeepingRules(), TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_erasure_takes_its_own_child_and_no_other()
    {
        var people = await KeptAsync();

        await EraseAsync(people[0]);
        await EraseAsync(people[2]);

        await AreLeftAsync(people[1], people[3]);
    }

    [Fact]
    public async Task An_erasure_that_was_broken_off_before_its_list_was_written_takes_nobody_else_when_it_is_run_again()
    {
        var people = await KeptAsync();
        var before = await File.ReadAllBytesAsync(PathOf("persons.jsonl"), Stop);
        await EraseAsync(people[1]);
        File.SetAttributes(PathOf("persons.jsonl"), FileAttributes.Normal);
        await File.WriteAllBytesAsync(PathOf("persons.jsonl"), before, Stop);

        await EraseAsync(people[1], people[2]);

        await AreLeftAsync(people[0], people[3]);
    }

    [Fact]
    public async Task A_child_whose_cases_are_erased_one_after_the_other_is_gone_after_the_last()
    {
        var cases = new OwnCases();
        await cases.KeepAsync(Disputed.Refused(), "first");
        await cases.KeepAsync(Life.Opened(), "second");
        await cases.KeepAsync(Disputed.Issued(Cases.Facts with { Child = Cases.Facts.Child with { GivenName = "Ada" } }), "other");
        var shelf = new ReturnStore(Documents);
        var kept = await shelf.BuildAsync(cases.Store, Sen2Layout.Newest, Cases.Council, OwnCases.Year, "manager-1", new(2027, 2, 1, 10, 30, 0, TimeSpan.Zero), Stop);
        var (first, second) = (AssessmentId.For(Cases.Council, "first").Value, AssessmentId.For(Cases.Council, "second").Value);

        await new ReturnErasure(Documents).RunAsync(Cases.Council, new HashSet<string>([first]), Stop);
        Assert.Equal([second], (await shelf.PersonsAsync(Cases.Council, kept, Stop)).Single(person => person.Items["Forename"] == "Robin").Cases);

        await new ReturnErasure(Documents).RunAsync(Cases.Council, new HashSet<string>([second]), Stop);
        Assert.Equal("Ada", Assert.Single(await shelf.PersonsAsync(Cases.Council, kept, Stop)).Items["Forename"]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string file) => Path.Combine(folder, "330", "sen2", "2027", "0001", file);

    private async Task<IReadOnlyList<StoredPerson>> KeptAsync()
    {
        var cases = new OwnCases();
        foreach (var name in new[] { "Ada", "Bea", "Cleo", "Dora" })
        {
            await cases.KeepAsync(Disputed.Issued(Cases.Facts with { Child = Cases.Facts.Child with { GivenName = name } }), name);
        }

        var shelf = new ReturnStore(Documents);
        var kept = await shelf.BuildAsync(cases.Store, Sen2Layout.Newest, Cases.Council, OwnCases.Year, "manager-1", new(2027, 2, 1, 10, 30, 0, TimeSpan.Zero), Stop);
        return await shelf.PersonsAsync(Cases.Council, kept, Stop);
    }

    private async Task EraseAsync(params StoredPerson[] gone) =>
        Assert.Equal(1, await new ReturnErasure(Documents).RunAsync(Cases.Council, gone.SelectMany(person => person.Cases).ToHashSet(StringComparer.Ordinal), Stop));

    private async Task AreLeftAsync(params StoredPerson[] left)
    {
        var names = left.Select(person => person.Items["Forename"]).ToList();
        var shelf = new ReturnStore(Documents);
        var kept = Assert.Single(await shelf.ListAsync(Cases.Council, OwnCases.Year, Stop));
        Assert.Equal(4, kept.Persons);
        Assert.Equal(2, kept.Erased);
        Assert.Equal(names, (await shelf.PersonsAsync(Cases.Council, kept, Stop)).Select(person => person.Items["Forename"]));
        Assert.Equal(names, XDocument.Load(new MemoryStream(await shelf.XmlAsync(Cases.Council, kept, Stop))).Descendants("Forename").Select(one => one.Value));

        using var zip = new ZipArchive(new MemoryStream(await shelf.TablesAsync(Cases.Council, kept, Stop)));
        using var table = new StreamReader(zip.GetEntry("person.csv")!.Open());
        var rows = (await table.ReadToEndAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.Equal(names.Count, rows.Count);
        Assert.All(names.Zip(rows), one => Assert.Contains(one.First, one.Second, StringComparison.Ordinal));
    }
}
