using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.PersonalData.Retention;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Commands;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Keeping;
using IntegrationHub.Local.PersonalData;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Moving;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>
/// A person is erased from a council's data: every byte of every file is then searched for them, the others are as they were and their chains verify, and
/// what is left proves which case it was. A store that is left out is found.
/// </summary>
public sealed class ErasureTests(GrownCouncil council) : IClassFixture<GrownCouncil>
{
    private const string Rules = """
        { "version": 1, "councils": [ { "council": "330", "rules": [
          { "key": "withdrawn", "cases": "withoutPlan", "yearsAfterEnd": 0 }, { "key": "plan", "cases": "withPlan", "birthday": 25, "yearsAfterBirthday": 6 } ] } ] }
        """;

    private static readonly string[] OfAlex = ["Alex Doyle", "Maria Doyle", "9000000009", "B801200005001", "family@example.org"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rules_erase_the_withdrawn_requests_and_nothing_else_changes()
    {
        var data = await WithRulesAsync();
        var before = await DigestsAsync(data);
        string[] words = [.. Enumerable.Range(0, 6).SelectMany(WordsOf)];

        // The search finds them in each store before, or it would prove nothing.
        var found = new ByteSearch(words).FilesIn(data);
        Assert.Superset(new HashSet<string>(["assessments.db", "fhir.db", "bus/bus.db"]), found.ToHashSet());
        Assert.Contains(found, file => file.StartsWith("documents/letters/", StringComparison.Ordinal));
        Assert.Contains(found, file => file.StartsWith("documents/330/sen2/", StringComparison.Ordinal) && file.EndsWith("tables.zip", StringComparison.Ordinal));
        Assert.Contains(found, file => file.Contains("k1", StringComparison.Ordinal));
        Assert.Equal(2, found.Where(file => file.StartsWith("documents/intake/330/items/", StringComparison.Ordinal)).Select(file => file.Split('/')[4]).Distinct().Count());

        var work = Work(data);
        var list = await work.ListAsync(null, Stop);
        Assert.Equal(council.Others.Take(6).Order(Comparer<AssessmentId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))), list.Erasable.Select(row => row.Case));
        Assert.Equal([], await work.EraseAsync(list, "records-1", "Quarterly list.", Enum.GetValues<ErasedStore>(), Stop));

        Assert.Equal([], new ByteSearch(words).FilesIn(data));
        Assert.Equal(["access-log.db", PersonalDataJournal.Name], new ByteSearch(council.Others.Take(6).Select(id => id.Value)).FilesIn(data));
        await OthersAreAsTheyWereAsync(data, before, council.Others.Take(6));

        // What is left says which: the digest of what a copy from before still shows.
        foreach (var act in PersonalDataJournal.Open(data).Acts)
        {
            Assert.Equal((PersonalDataActionKind.Erased, "records-1", "withdrawn", list.Fingerprint), (act.Kind, act.By, act.Rule, act.List));
            Assert.Equal(before[act.Cases.Single()], act.Erased!.Digest);
        }
    }

    [Fact]
    public async Task The_child_of_the_demonstration_is_erased_on_request_with_plan_and_chain()
    {
        var data = council.Copy();
        var before = await DigestsAsync(data);
        var head = (await Plans(data).ListAsync(council.Alex, Stop)).Value!.Head;
        Assert.True(new ByteSearch(OfAlex).FilesIn(data).Count > 30, "plans, letters and stores have them");
        var work = Work(data);
        var list = await work.ListAsync(Alex, Stop);

        Assert.Equal([], await work.EraseAsync(list, "records-1", "Agreed on request.", Enum.GetValues<ErasedStore>(), Stop));

        Assert.Equal([], new ByteSearch(OfAlex).FilesIn(data));
        await OthersAreAsTheyWereAsync(data, before, [council.Alex]);
        var act = Assert.Single(PersonalDataJournal.Open(data).Acts);
        Assert.Equal((RetentionList.OnRequest, head, before[council.Alex.Value]), (act.Rule, act.Erased!.PlanHead, act.Erased.Digest));
        Assert.NotEmpty(head);
    }

    [Theory]
    [InlineData(ErasedStore.Fhir)]
    [InlineData(ErasedStore.Bus)]
    [InlineData(ErasedStore.Tray)]
    [InlineData(ErasedStore.Documents)]
    [InlineData(ErasedStore.Returns)]
    [InlineData(ErasedStore.Cases)]
    public async Task A_store_that_is_left_out_is_found(object store)
    {
        var data = await WithRulesAsync();
        var work = Work(data);
        var left = await work.EraseAsync(await work.ListAsync(null, Stop), "records-1", "Quarterly list.", [.. Enum.GetValues<ErasedStore>().Where(one => !one.Equals(store))], Stop);
        Assert.NotEmpty(left);
    }

    [Fact]
    public async Task Of_a_list_with_a_case_that_has_changed_nothing_is_erased_and_nothing_is_on_record()
    {
        var data = await WithRulesAsync();
        var before = await DigestsAsync(data);
        var work = Work(data);
        var list = await work.ListAsync(null, Stop);
        var stale = list with { Rows = [.. list.Rows.Select(row => row.Case == list.Erasable[^1].Case ? row with { Version = row.Version - 1 } : row)] };

        await Assert.ThrowsAsync<IOException>(() => work.EraseAsync(stale, "records-1", "Quarterly list.", Enum.GetValues<ErasedStore>(), Stop));

        Assert.Empty(PersonalDataJournal.Open(data).Acts);
        Assert.Equal(before, await DigestsAsync(data));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task An_erasure_that_was_broken_off_is_finished(int stores)
    {
        var data = await WithRulesAsync();
        var work = Work(data);
        Assert.NotEmpty(await work.EraseAsync(await work.ListAsync(null, Stop), "records-1", "Quarterly list.", [.. Enum.GetValues<ErasedStore>().Take(stores)], Stop));
        Assert.NotEmpty(await ProblemsAsync(data));

        var (again, left) = await work.RepeatAsync(Stop);
        Assert.Equal((6, 0), (again, left.Count));
        Assert.Equal([], new ByteSearch(Enumerable.Range(0, 6).SelectMany(WordsOf)).FilesIn(data));
        Assert.Equal([], await ProblemsAsync(data));
    }

    [Fact]
    public async Task Notices_that_are_left_out_and_readings_that_are_to_go_are_found_by_the_number_of_the_case()
    {
        var data = await WithRulesAsync(Rules.Replace("\"rules\"", "\"readingsOfErasedCases\": \"erase\", \"rules\"", StringComparison.Ordinal));
        var numbers = new ByteSearch(council.Others.Take(6).Select(id => id.Value));
        Assert.Contains("access-log.db", numbers.FilesIn(data));
        var work = Work(data);
        await work.EraseAsync(await work.ListAsync(null, Stop), "records-1", "Quarterly list.", [.. Enum.GetValues<ErasedStore>().Where(one => one != ErasedStore.Notices)], Stop);
        Assert.Contains(numbers.FilesIn(data), file => file.StartsWith("notices/", StringComparison.Ordinal));
        Assert.DoesNotContain("access-log.db", numbers.FilesIn(data));

        await work.RepeatAsync(Stop);
        Assert.Equal([PersonalDataJournal.Name], numbers.FilesIn(data));
    }

    [Fact]
    public async Task A_backup_that_is_restored_brings_nobody_back()
    {
        var (data, restored) = (await WithRulesAsync(), await WithRulesAsync());
        var work = Work(data);
        await work.EraseAsync(await work.ListAsync(null, Stop), "records-1", "Quarterly list.", Enum.GetValues<ErasedStore>(), Stop);

        PersonalDataJournal.Open(restored).ContinueWith(Path.Combine(data, PersonalDataJournal.Name));
        var problems = new List<string>();
        await DataCheck.RunAsync(restored, problems.Add, Stop);
        Assert.Equal(6, problems.Count(problem => problem.Contains("retention repeat", StringComparison.Ordinal)));

        var (again, left) = await Work(restored).RepeatAsync(Stop);
        Assert.Equal((6, 0), (again, left.Count));
        Assert.Equal([], new ByteSearch(Enumerable.Range(0, 6).SelectMany(WordsOf)).FilesIn(restored));
        Assert.Equal([], await ProblemsAsync(restored));
    }

    [Fact]
    public async Task The_council_s_other_systems_are_told_which_cases_to_erase_and_nothing_else_of_them()
    {
        var data = await WithRulesAsync();
        var erased = council.Others.Take(6).Select(id => id.Value).ToHashSet();
        var before = await FeedOf.ReadAsync(data, Stop);
        Assert.Superset(erased, before.Select(one => one.Case).ToHashSet());

        var work = Work(data);
        Assert.Equal([], await work.EraseAsync(await work.ListAsync(null, Stop), "records-1", "Quarterly list.", Enum.GetValues<ErasedStore>(), Stop));

        var after = await FeedOf.ReadAsync(data, Stop);
        Assert.Equal(before.Where(one => !erased.Contains(one.Case)), after.Where(one => !erased.Contains(one.Case)));
        Assert.Equal(erased.Select(one => ($"{one}/erased", one, "caseErased")).ToHashSet(), after.Where(one => erased.Contains(one.Case)).ToHashSet());
        Assert.Equal([], await ProblemsAsync(data));
    }

    [Fact]
    public async Task Nothing_is_erased_but_by_exactly_the_list_that_was_confirmed()
    {
        var data = await WithRulesAsync();
        var list = await Work(data).ListAsync(null, Stop);
        var held = list.Erasable[2].Case.Value;
        var before = await DigestsAsync(data);

        Assert.Equal(Exit.Done, await RunAsync($"hold --data {data} --council 330 --case {held} --by records-1 --reason Complaint"));
        Assert.Equal(Exit.Failed, await RunAsync($"erase --data {data} --council 330 --list {list.Fingerprint} --by records-1 --reason Quarterly"));
        Assert.Equal(before, await DigestsAsync(data));
        var second = await Work(data).ListAsync(null, Stop);
        Assert.Equal(5, second.Erasable.Count);
        Assert.Equal(["on hold (Complaint)"], second.Rows.Single(row => row.Case.Value == held).HeldBy);

        Assert.Equal(Exit.Done, await RunAsync($"lift --data {data} --council 330 --case {held} --by records-1 --reason Answered"));
        Assert.Equal(Exit.Done, await RunAsync($"erase --data {data} --council 330 --list {list.Fingerprint} --by records-1 --reason Quarterly"));
        Assert.Equal(Exit.Failed, await RunAsync($"erase --data {data} --council 330 --list {list.Fingerprint} --by records-1 --reason Quarterly"));
    }

    [Fact]
    public async Task What_is_open_or_held_by_the_setting_stays()
    {
        var data = council.Copy();
        var (given, family, _) = GrownCouncil.NameOf(10);
        var open = new DataSubject { As = SubjectCapacity.Child, GivenName = given, FamilyName = family, DateOfBirth = new DateOnly(2012, 1, 1).AddDays(400) };

        var list = await Work(data).ListAsync(open, Stop);
        Assert.Equal(["the case is open"], Assert.Single(list.Rows).HeldBy);
        Assert.Empty((await (Work(data) with { AllHeld = true }).ListAsync(Alex, Stop)).Erasable);

        // Without rules nothing is listed; with them a plan stays until the end of the 31st year.
        Assert.Empty((await Work(data).ListAsync(null, Stop)).Rows);
        await File.WriteAllTextAsync(Path.Combine(data, RetentionRules.Name), Rules, Stop);
        Assert.DoesNotContain((await (Work(data) with { Today = new DateOnly(2042, 11, 3) }).ListAsync(null, Stop)).Erasable, row => row.Case == council.Alex);
        Assert.Contains((await (Work(data) with { Today = new DateOnly(2042, 11, 4) }).ListAsync(null, Stop)).Erasable, row => row.Case == council.Alex);
    }

    private static DataSubject Alex => new() { As = SubjectCapacity.Child, GivenName = "Alex", FamilyName = "Doyle", DateOfBirth = new DateOnly(2011, 11, 3) };

    private static IEnumerable<string> WordsOf(int n)
    {
        var (given, family, mother) = GrownCouncil.NameOf(n);
        return [given, family, mother, GrownCouncil.NhsOf(n)];
    }

    private static RetentionWork Work(string data) => new(data, Cast.CouncilCode, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), false);

    private static PlanStore Plans(string data) => new(new FolderDocuments(Path.Combine(data, LocalHub.Documents), new KeepingRules(), TimeProvider.System), TimeProvider.System);

    private async Task<string> WithRulesAsync(string rules = Rules)
    {
        var data = council.Copy();
        await File.WriteAllTextAsync(Path.Combine(data, RetentionRules.Name), rules, Stop);
        return data;
    }

    private static Task<int> RunAsync(string words) => RetentionCommand.Make().Parse(words).InvokeAsync(null, Stop);

    private static async Task<Dictionary<string, string>> DigestsAsync(string data)
    {
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(data, LocalHub.StoreFile) });
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in await AssessmentMover.AllAsync(store, Stop))
        {
            digests[id.Value] = (await AssessmentMover.ReadAsync(store, id, Stop)).Digest();
        }

        return digests;
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(string data)
    {
        var problems = new List<string>();
        await DataCheck.RunAsync(data, problems.Add, Stop);
        return problems;
    }

    private static async Task OthersAreAsTheyWereAsync(string data, Dictionary<string, string> before, IEnumerable<AssessmentId> erased)
    {
        var left = await DigestsAsync(data);
        foreach (var id in erased)
        {
            Assert.True(before.ContainsKey(id.Value), string.Create(CultureInfo.InvariantCulture, $"{id} was there"));
            Assert.False(left.ContainsKey(id.Value));
        }

        Assert.Equal(GrownCouncil.Children + 1 - erased.Count(), left.Count);
        Assert.All(left, one => Assert.Equal(before[one.Key], one.Value));
        Assert.Equal([], await ProblemsAsync(data));
    }
}
