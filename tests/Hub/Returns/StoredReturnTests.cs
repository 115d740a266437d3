using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>A return that was built is kept as it was, and what a later one tells differently is found child by child.</summary>
public sealed class StoredReturnTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2027, 2, 1, 10, 30, 0, TimeSpan.Zero);
    private readonly string folder = Directory.CreateTempSubdirectory("sen2-kept-").FullName;
    private readonly OwnCases cases = new();

    private ReturnStore Shelf => new(new FolderDocuments(folder, new KeepingRules(), TimeProvider.System));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_kept_with_its_hash_its_day_and_who_had_it_built_and_numbered()
    {
        await cases.KeepAsync(Disputed.Issued());

        var first = await BuildAsync("manager-1");
        var second = await BuildAsync("manager-2");

        Assert.Equal([second, first], await Shelf.ListAsync(Cases.Council, OwnCases.Year, Stop));
        Assert.Equal((1, "manager-1", Now, 1), (first.Number, first.By, first.BuiltAt, first.Persons));
        Assert.Equal((2, "manager-2"), (second.Number, second.By));
        Assert.Empty(await Shelf.ListAsync(Cases.Council, 2026, Stop));
        var xml = await Shelf.XmlAsync(Cases.Council, second, Stop);
        Assert.Equal(second.Sha256, Convert.ToHexStringLower(SHA256.HashData(xml)));
        Assert.Equal(("2", "2027-02-01T10:30:00"), (Header(xml, "SerialNo"), Header(xml, "DateTime")));
        Assert.Equal("1", Header(await Shelf.XmlAsync(Cases.Council, first, Stop), "SerialNo"));

        using var zip = new ZipArchive(new MemoryStream(await Shelf.TablesAsync(Cases.Council, second, Stop)));
        Assert.Equal(Sen2Layout.Newest.Blocks.Select(block => $"{block.Table}.csv"), zip.Entries.Select(entry => entry.FullName));
        using var persons = new StreamReader(zip.GetEntry("person.csv")!.Open());
        Assert.Contains("Robin", await persons.ReadToEndAsync(Stop), StringComparison.Ordinal);

        var kept = Assert.Single(await Shelf.PersonsAsync(Cases.Council, second, Stop));
        Assert.Equal("Y", kept.Items["Requests 1/RequestOutcome"]);
        var faults = await Shelf.FaultsAsync(Cases.Council, second, Stop);
        Assert.Equal((second.Errors, second.Doubts), (faults.Count(fault => fault.IsError), faults.Count(fault => !fault.IsError)));
        Assert.Contains(faults, fault => fault is { Item: "Sex", Code: "missing", Step: "record-child-facts" });
    }

    [Fact]
    public async Task Who_was_added_who_is_gone_and_which_items_are_others_is_found_child_by_child()
    {
        var (changes, leaves) = (Disputed.Issued(), Life.Opened(Cases.Facts with { Child = Cases.Facts.Child with { GivenName = "Ada" } }));
        await cases.KeepAsync(changes, "changes");
        await cases.KeepAsync(leaves, "leaves");
        await cases.KeepAsync(Disputed.Issued(Cases.Facts with { Child = Cases.Facts.Child with { GivenName = "Bea" } }), "stays");
        var first = await BuildAsync("manager-1");

        // It had arrived in the year before, and was withdrawn in it.
        leaves.Do(new CorrectFacts("The stamp is of December.", new(2025, 12, 1))).Do(new WithdrawRequest(new(2025, 12, 20), "They will wait."));
        changes.Do(new RecordChildFacts(Sex.Female, "WBRI"));
        await cases.KeepAsync(leaves, "leaves");
        await cases.KeepAsync(changes, "changes");
        await cases.KeepAsync(Life.Opened(Cases.Facts with { Child = Cases.Facts.Child with { GivenName = "Cleo" } }), "comes");
        var second = await BuildAsync("manager-1");

        var found = ReturnChanges.Between(await Shelf.PersonsAsync(Cases.Council, first, Stop), await Shelf.PersonsAsync(Cases.Council, second, Stop)).ToDictionary(child => child.What);

        Assert.Equal([Case("comes")], found[ChildChange.Added].Cases);
        Assert.Equal([Case("leaves")], found[ChildChange.Gone].Cases);
        Assert.Equal([Case("changes")], found[ChildChange.Changed].Cases);
        Assert.Equal([new ItemChange("Sex", null, "F"), new ItemChange("Ethnicity", null, "WBRI")], found[ChildChange.Changed].Items);
    }

    [Fact]
    public void A_child_whose_two_persons_became_one_is_compared_once_and_the_other_is_gone()
    {
        var (one, other, both) = (Person("A", "1"), Person("B", "1"), Person("A", "2", "B"));

        Assert.Equal(
            [(ChildChange.Changed, "A"), (ChildChange.Gone, "B")], ReturnChanges.Between([one, other], [both]).Select(child => (child.What, child.Cases[0])));
        Assert.Equal(
            [(ChildChange.Changed, "A"), (ChildChange.Added, "B")], ReturnChanges.Between([both], [one, other]).Select(child => (child.What, child.Cases[0])));
        Assert.Empty(ReturnChanges.Between([one, other], [one, other]));
    }

    [Fact]
    public async Task What_is_not_what_was_kept_is_not_given_out_and_what_was_broken_off_is_not_there()
    {
        await cases.KeepAsync(Disputed.Issued());
        var kept = await BuildAsync("manager-1");
        var file = Path.Combine(folder, "330", "sen2", "2027", "0001", "sen2.xml");
        File.SetAttributes(file, FileAttributes.Normal);
        await File.AppendAllTextAsync(file, " ", Encoding.UTF8, Stop);
        await Assert.ThrowsAsync<ReturnStoreException>(() => Shelf.XmlAsync(Cases.Council, kept, Stop));

        Directory.CreateDirectory(Path.Combine(folder, "330", "sen2", "2027", "0002"));
        await File.WriteAllTextAsync(Path.Combine(folder, "330", "sen2", "2027", "0002", "sen2.xml"), "<Message", Stop);
        Assert.Single(await Shelf.ListAsync(Cases.Council, OwnCases.Year, Stop));
        Assert.Equal(3, (await BuildAsync("manager-1")).Number);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Case(string name) => AssessmentId.For(Cases.Council, name).Value;

    private static StoredPerson Person(string first, string value, params string[] more) => new([first, .. more], new Dictionary<string, string> { ["Sex"] = value });

    private static string Header(byte[] xml, string item) => XDocument.Load(new MemoryStream(xml)).Descendants(item).Single().Value;

    private Task<StoredReturn> BuildAsync(string by) => Shelf.BuildAsync(cases.Store, Sen2Layout.Newest, Cases.Council, OwnCases.Year, by, Now, Stop);
}
