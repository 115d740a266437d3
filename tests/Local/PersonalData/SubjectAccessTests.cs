using System.IO.Compression;
using System.Text;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Local.Commands;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>A person is given what is held about them, after another person has decided what is left out; their decisions stay, and nothing of the others goes out.</summary>
public sealed class SubjectAccessTests(DemoData demo) : IClassFixture<DemoData>
{
    private const string Child = """{ "as": "child", "givenName": "Alex", "familyName": "Doyle", "dateOfBirth": "2011-11-03" }""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_child_is_given_the_whole_case_without_the_words_of_others()
    {
        var (data, review) = await ProposedAsync("whole", Child);
        var rows = Review.Read(await File.ReadAllTextAsync(review, Stop))!.Rows;
        Assert.Contains(rows, row => row is { Rule: ReviewRule.OtherPerson, About: "mother", Proposed: ReviewDecision.Withhold });
        Assert.Contains(rows, row => row is { Rule: ReviewRule.SeriousHarm, Proposed: null });
        Assert.DoesNotContain("Maria", await File.ReadAllTextAsync(review, Stop), StringComparison.OrdinalIgnoreCase);

        // The harm test is a person's: nothing is given out while it is open.
        var package = demo.Beside("whole.zip");
        Assert.Equal(Exit.Failed, await ReleaseAsync(data, Child, review, package));
        Assert.False(File.Exists(package));
        Assert.Empty(PersonalDataJournal.Open(data).Acts);

        await DecideAsync(review, row => row.Proposed is null ? row with { Decision = row.About.StartsWith("medical", StringComparison.Ordinal) ? ReviewDecision.Withhold : ReviewDecision.Disclose, Reason = "Looked at." } : row);
        Assert.Equal(Exit.Done, await ReleaseAsync(data, Child, review, package));

        var files = Read(package);
        Assert.Equal(["data.json", "index.html"], files.Keys.Order(StringComparer.Ordinal));
        foreach (var text in files.Values)
        {
            Assert.Contains("Alex", text, StringComparison.Ordinal);
            Assert.Contains("9000000009", text, StringComparison.Ordinal);
            Assert.Contains("left out: mother", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Maria", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("family@example.org", text, StringComparison.OrdinalIgnoreCase);
        }

        var medical = Assert.Single(rows, row => row.About.StartsWith("medical", StringComparison.Ordinal)).Places.Single().Split(' ')[1];
        Assert.DoesNotContain($"\"kind\": \"event\",\n          \"key\": \"{medical}\"", files["data.json"].ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("API: show-case", files["data.json"], StringComparison.Ordinal);
        var act = Assert.Single(PersonalDataJournal.Open(data).Acts);
        Assert.Equal((PersonalDataActKind.SubjectAccess, "dpo-1", "Asked on 2 June."), (act.Kind, act.By, act.Reason));
        Assert.Contains(act.Decisions!, row => row is { Decision: ReviewDecision.Withhold, Reason: "Looked at." });
    }

    [Fact]
    public async Task A_parent_is_given_only_what_names_them_and_the_child_is_left_out()
    {
        const string Mother = """{ "as": "named", "givenName": "Maria", "familyName": "Doyle" }""";
        var (data, review) = await ProposedAsync("mother", Mother);
        await DecideAsync(review, row => row.Proposed is null ? row with { Decision = ReviewDecision.Disclose, Reason = "Looked at." } : row);
        var package = demo.Beside("mother.zip");

        Assert.Equal(Exit.Done, await ReleaseAsync(data, Mother, review, package));

        var text = Read(package)["data.json"];
        Assert.Contains("Maria Doyle", text, StringComparison.Ordinal);
        Assert.Contains("left out: the child", text, StringComparison.Ordinal);
        Assert.DoesNotContain("9000000009", text, StringComparison.Ordinal);
        Assert.DoesNotContain("API: show-case", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_of_somebody_else_and_a_decision_without_a_reason_are_refused()
    {
        var (data, review) = await ProposedAsync("other", """{ "as": "named", "givenName": "Maria", "familyName": "Doyle" }""");
        Assert.Equal(Exit.Failed, await ReleaseAsync(data, Child, review, demo.Beside("other.zip")));

        (data, review) = await ProposedAsync("unreasoned", Child);
        await DecideAsync(review, row => row with { Decision = ReviewDecision.Disclose });
        Assert.Equal(Exit.Failed, await ReleaseAsync(data, Child, review, demo.Beside("unreasoned.zip")));
        Assert.Empty(PersonalDataJournal.Open(data).Acts);
    }

    [Theory]
    [InlineData("""{ "as": "child", "givenName": "Alex", "familyName": "Doyle", "dateOfBirth": "2011-11-04" }""")]
    [InlineData("""{ "as": "child", "givenName": "Alex", "familyName": "Doyle", "dateOfBirth": "2011-11-03", "nhsNumber": "9990000018" }""")]
    [InlineData("""{ "as": "child", "givenName": "Alex", "familyName": "Doyle" }""")]
    [InlineData("""{ "as": "professional", "signInId": "officer-farro" }""")]
    [InlineData("""{ "as": "named" }""")]
    public async Task Somebody_else_and_too_little_find_nothing(string who)
    {
        var data = demo.Copy();
        var (exit, _) = await RunAsync($"propose --data {data} --council 330 --who {await WhoAsync(who)} --out {demo.Beside(Guid.NewGuid().ToString("N"))}");
        Assert.Equal(Exit.Failed, exit);
    }

    [Fact]
    public async Task A_journal_that_was_changed_is_not_taken_for_one()
    {
        var data = demo.Copy();
        var journal = PersonalDataJournal.Open(data);
        foreach (var reason in new[] { "first", "second" })
        {
            journal.Add(new PersonalDataAct { At = DateTimeOffset.UnixEpoch, Kind = PersonalDataActKind.Hold, By = "dpo-1", Reason = reason, Council = "330", Cases = ["330-ABCDEFGHJKMN"] });
        }

        Assert.Equal("second", PersonalDataJournal.Open(data).HoldOf("330-ABCDEFGHJKMN"));
        var path = Path.Combine(data, PersonalDataJournal.Name);
        var lines = await File.ReadAllLinesAsync(path, Stop);
        foreach (var changed in new[] { [lines[0].Replace("first", "other", StringComparison.Ordinal), lines[1]], [lines[1]], new[] { lines[1], lines[0] } })
        {
            await File.WriteAllLinesAsync(path, changed, Stop);
            Assert.Throws<InvalidDataException>(() => PersonalDataJournal.Open(data));
        }
    }

    private async Task<(string Data, string Review)> ProposedAsync(string name, string who)
    {
        var (data, folder) = (demo.Copy(), demo.Beside($"review-{name}"));
        var (exit, _) = await RunAsync($"propose --data {data} --council 330 --who {await WhoAsync(who)} --out {folder}");
        Assert.Equal(Exit.Done, exit);
        Assert.DoesNotContain("Maria", await File.ReadAllTextAsync(Path.Combine(folder, "review.html"), Stop), StringComparison.OrdinalIgnoreCase);
        return (data, Path.Combine(folder, "review.json"));
    }

    private async Task<int> ReleaseAsync(string data, string who, string review, string package) => await SubjectAccessCommand.Make().Parse(
        ["release", "--data", data, "--council", "330", "--who", await WhoAsync(who), "--review", review, "--by", "dpo-1", "--reason", "Asked on 2 June.", "--out", package]).InvokeAsync(null, Stop);

    private static async Task<(int Exit, string Command)> RunAsync(string words) => (await SubjectAccessCommand.Make().Parse(words).InvokeAsync(null, Stop), words);

    private static async Task DecideAsync(string review, Func<ReviewRow, ReviewRow> decide) =>
        await File.WriteAllTextAsync(review, new Review([.. Review.Read(await File.ReadAllTextAsync(review, Stop))!.Rows.Select(decide)]).ToJson(), Stop);

    private async Task<string> WhoAsync(string json)
    {
        var file = demo.Beside($"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, json, Stop);
        return file;
    }

    private static Dictionary<string, string> Read(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry => new StreamReader(entry.Open(), Encoding.UTF8).ReadToEnd(), StringComparer.Ordinal);
    }
}
