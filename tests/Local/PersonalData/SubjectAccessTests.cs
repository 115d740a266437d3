using System.IO.Compression;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Commands;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;

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

        // Where no package can be written, no release is recorded.
        await File.WriteAllTextAsync(package, "another file", Stop);
        Assert.Equal(Exit.Failed, await ReleaseAsync(data, Child, review, package));
        Assert.Empty(PersonalDataJournal.Open(data).Acts);
        File.Delete(package);

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
        Assert.Equal((PersonalDataActionKind.SubjectAccess, "dpo-1", "Asked on 2 June."), (act.Kind, act.By, act.Reason));
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
    public async Task Mail_of_the_tray_is_held_too_and_a_person_decides_on_each_message()
    {
        var data = demo.Copy();
        var documents = new FolderDocuments(Path.Combine(data, LocalHub.Documents), new KeepingRules(), TimeProvider.System);
        var tray = new TrayStore(documents, new KeepingRules());
        var alex = AssessmentId.TryParse(Path.GetFileName(Directory.GetDirectories(Path.Combine(data, LocalHub.Documents, "330")).Single()), out var id, out _) ? id : default;
        var inCase = await MailIn.TakeAsync(documents, "1", "Seen on Monday with Maria Doyle.");
        await tray.DecideAsync(inCase, new TrayDecision("officer-1", DateTimeOffset.UnixEpoch, alex, "Document"), Stop);
        var waiting = await MailIn.TakeAsync(documents, "2", "NHS number 900 000 0009 has a new address.");
        var foreign = await MailIn.TakeAsync(documents, "3", "NHS number 943 476 5919.");

        var folder = demo.Beside("review-mail");
        Assert.Equal(Exit.Done, (await RunAsync($"propose --data {data} --council 330 --who {await WhoAsync(Child)} --out {folder}")).Exit);
        var review = Path.Combine(folder, "review.json");
        var messages = Review.Read(await File.ReadAllTextAsync(review, Stop))!.Rows.Where(row => row.About.StartsWith("an e-mail", StringComparison.Ordinal)).ToList();
        Assert.Equal([Place(inCase), Place(waiting)], messages.Select(row => row.Places.Single()));
        Assert.All(messages, row => Assert.Null(row.Proposed));

        await DecideAsync(review, row => row.Proposed is null ? row with { Decision = ReviewDecision.Disclose, Reason = "Looked at." } : row);
        var package = demo.Beside("mail.zip");
        Assert.Equal(Exit.Done, await ReleaseAsync(data, Child, review, package));
        var files = Read(package);
        Assert.Contains("Seen on Monday with [left out: mother].", files["data.json"], StringComparison.Ordinal);
        Assert.Contains("has a new address", files["index.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("9434765919", files["data.json"].Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(2, files.Keys.Count(name => name.EndsWith(".pdf", StringComparison.Ordinal)));
        Assert.NotEqual(foreign.Key, waiting.Key);

        static string Place(TrayItem item) => $"message {new TrayName(item.ReceivedOn, item.Key)}";
    }

    [Fact]
    public async Task Mail_about_somebody_who_is_in_no_case_is_named()
    {
        const string Unknown = """{ "as": "child", "givenName": "Brindlewick", "familyName": "Thornquist", "dateOfBirth": "2015-05-05" }""";
        var data = demo.Copy();
        var item = await MailIn.TakeAsync(new FolderDocuments(Path.Combine(data, LocalHub.Documents), new KeepingRules(), TimeProvider.System), "1", "About Brindlewick Thornquist.");
        Assert.Equal(Exit.Failed, (await RunAsync($"propose --data {data} --council 330 --who {await WhoAsync(Unknown)} --out {demo.Beside("review-unknown")}")).Exit);

        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(data, LocalHub.StoreFile) });
        IReadOnlyList<string> named = [];
        await new PersonalDataStores(data, item.Council, store, PersonalDataJournal.Open(data)).WithDraftAsync(async draft =>
        {
            named = await draft.UnfiledMailAsync(DataSubject.Read(Unknown)!, item.Council, Stop);
            return Exit.Done;
        });
        Assert.Equal([new TrayName(item.ReceivedOn, item.Key).ToString()], named);
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
            journal.Add(new PersonalDataAction { At = DateTimeOffset.UnixEpoch, Kind = PersonalDataActionKind.Hold, By = "dpo-1", Reason = reason, Council = "330", Cases = ["330-ABCDEFGHJKMN"] });
        }

        Assert.Equal("second", PersonalDataJournal.Open(data).HoldReason("330-ABCDEFGHJKMN"));
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
