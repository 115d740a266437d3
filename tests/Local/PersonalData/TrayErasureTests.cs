using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.PersonalData;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>What an erasure does to the tray of mail: a message goes as a whole, with the case into which it went.</summary>
public sealed class TrayErasureTests(DemoData demo) : IClassFixture<DemoData>
{
    private static readonly string[] Numbers = ["9000000009"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_went_into_the_case_goes_and_what_went_into_another_stays()
    {
        var data = demo.Copy();
        var documents = new FolderDocuments(Path.Combine(data, LocalHub.Documents), new KeepingRules(), TimeProvider.System);
        var (tray, readings) = (new TrayStore(documents, new KeepingRules()), new TrayAccessLog(documents));
        var (own, other) = (Case(1), Case(2));
        var items = new List<TrayItem>();
        foreach (var (n, into) in new[] { (1, own), (2, other), (3, (Contracts.Identifiers.AssessmentId?)null), (4, null) })
        {
            items.Add(await MailIn.TakeAsync(documents, $"{n}", n == 4 ? "An offer of paper." : "NHS number 900 000 0009."));
            await readings.RecordAsync(Cast.CouncilCode, items[^1].Key, new TrayAccess("officer-1", "case-officer", DateTimeOffset.UnixEpoch, "the message"), Stop);
            await tray.DecideAsync(items[^1], new TrayDecision("officer-1", DateTimeOffset.UnixEpoch, into, into is null ? null : "Document", into is null ? "Not for us" : null), Stop);
        }

        var waiting = await MailIn.TakeAsync(documents, "5", "NHS number 900 000 0009.");
        await new TrayErasure(Path.Combine(data, LocalHub.Documents), Cast.CouncilCode, readingsToo: false).RunAsync(new HashSet<string> { own.Value }, bytes => new ByteSearch(Numbers).IsIn(bytes), Numbers.ToHashSet(), Stop);

        Assert.Equal([items[1].Key, items[3].Key], (await tray.DecidedAsync(Cast.CouncilCode, Stop)).Select(name => name.Key).OrderBy(key => items.FindIndex(item => item.Key == key)));
        Assert.Equal([waiting.Key], (await tray.WaitingAsync(Cast.CouncilCode, Stop)).Select(name => name.Key));
        Assert.All(items, item => Assert.Equal(item == items[1] || item == items[3], Directory.Exists(Path.Combine(data, LocalHub.Documents, TrayStore.FolderOf(item.Council, item.Key)))));
        Assert.Single(await readings.OfAsync(Cast.CouncilCode, items[0].Key, 10, Stop));
    }

    [Fact]
    public async Task A_message_that_waits_holds_the_case_whose_child_it_names()
    {
        var data = demo.Copy();
        var documents = new FolderDocuments(Path.Combine(data, LocalHub.Documents), new KeepingRules(), TimeProvider.System);
        var work = new RetentionWork(data, Cast.CouncilCode, new DateOnly(2026, 6, 1), false);
        var child = new DataSubject { As = SubjectCapacity.Child, GivenName = "Alex", FamilyName = "Doyle", DateOfBirth = new DateOnly(2011, 11, 3) };
        var before = Assert.Single((await work.ListAsync(child, Stop)).Rows).HeldBy;
        var item = await MailIn.TakeAsync(documents, "1", "NHS number 900 000 0009.");
        await MailIn.TakeAsync(documents, "2", "NHS number 943 476 5919.");

        Assert.Equal([.. before, $"message {new TrayName(item.ReceivedOn, item.Key)} waits in the incoming mail"], Assert.Single((await work.ListAsync(child, Stop)).Rows).HeldBy);
        await new TrayStore(documents, new KeepingRules()).DecideAsync(item, new TrayDecision("officer-1", DateTimeOffset.UnixEpoch, Reason: "Not for us"), Stop);
        Assert.Equal(before, Assert.Single((await work.ListAsync(child, Stop)).Rows).HeldBy);
    }

    private static Contracts.Identifiers.AssessmentId Case(int n) => Contracts.Identifiers.AssessmentId.For(Cast.CouncilCode, $"{n}");
}
