using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Hub.Tests.Council;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Moving;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>The plans of a generated return are taken over: once, whole, however often it is killed, and each says where it came from.</summary>
public sealed class TakeoverRunTests
{
    private const int Persons = 160;
    private static readonly DateOnly Today = new(2026, 1, 20);
    private static readonly Agency Icb = new() { Id = AgencyId.Of(Parse<OdsCode>("QHL")), Name = "Example ICB" };
    private static readonly RuleBook Rules = new([HubUnderTest.Profile(HubUnderTest.Own)], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 20, 10, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_plan_in_force_without_error_becomes_a_case_with_its_own_days_and_nothing_is_sent()
    {
        var store = new MemoryAssessmentStore();
        var plans = Plans(1);
        var results = await RunAsync(store, plans);

        Assert.Equal(plans.Select(p => p.Place), results.Select(r => r.Place));
        Assert.All(plans.Zip(results), one => Assert.Equal(one.First.Step is null ? TakeoverOutcome.NotTaken : TakeoverOutcome.Taken, one.Second.End));
        Assert.True(results.Count(r => r.End == TakeoverOutcome.Taken) > Persons / 4, "too few plans");
        foreach (var plan in plans.Where(p => p.Step is not null))
        {
            var state = (await store.LoadAsync(plan.Case, Stop)).State;
            Assert.Equal((Stage.PlanIssued, plan.Step!.Facts.TakenOver, Today), (state.Stage, state.TakenOver!.Plan, state.TakenOver.On));
            Assert.Empty(state.Notices);
            Assert.Empty(await store.EffectsAsync(plan.Case, Stop));
            Assert.Contains("the text of the plan", Assert.Single(state.Attention).Text, StringComparison.Ordinal);
            var events = await store.EventsAsync(plan.Case, cancellationToken: Stop);
            Assert.Contains($"return.xml, SHA-256 00, {plan.Place}", events.Select(e => e.What).OfType<PlanTakenOver>().Single().Note(), StringComparison.Ordinal);
            Assert.All(events.Where(e => e.MessageId is not null), e => Assert.Equal(("officer-7", time.GetUtcNow()), (e.By.Id, e.At)));
        }
    }

    [Fact]
    public async Task Whom_the_table_of_contacts_names_is_known_nothing_is_sent_to_them_and_a_second_run_changes_nothing()
    {
        var store = new MemoryAssessmentStore();
        var plans = Plans(1, contacts: true);
        await RunAsync(store, plans);
        var named = plans.Where(p => p.Step?.Facts.Family.Name == ContactTable.Name).ToList();
        Assert.True(named.Count > Persons / 4, "too few contacts");
        foreach (var plan in named)
        {
            var state = (await store.LoadAsync(plan.Case, Stop)).State;
            Assert.Equal((ContactTable.Name, "12 Example Street, ZZ99 3WZ"), (state.Facts!.Family.Name, string.Join(", ", state.Facts.Family.PostalAddress!)));
            Assert.DoesNotContain("who speaks for the child", Assert.Single(state.Attention).Text, StringComparison.Ordinal);
            Assert.Empty(state.Notices);
            Assert.Empty(await store.EffectsAsync(plan.Case, Stop));
        }

        var before = await DigestsAsync(store);
        await RunAsync(store, plans);
        Assert.Equal(before, await DigestsAsync(store));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var store = new MemoryAssessmentStore();
        var plans = Plans(1);
        await RunAsync(store, plans);
        var before = await DigestsAsync(store);
        time.Advance(TimeSpan.FromDays(3));

        var again = await RunAsync(store, plans);
        Assert.DoesNotContain(again, r => r.End is TakeoverOutcome.Taken or TakeoverOutcome.NeedsOfficer);
        Assert.Equal(before, await DigestsAsync(store));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_at_twenty_random_moments_and_continued_the_end_is_the_same(int seed)
    {
        var plans = Plans(seed, 2 * Persons, contacts: seed == 2);
        var whole = new MemoryAssessmentStore();
        await RunAsync(whole, plans);

        var random = new Random(seed);
        var broken = new MemoryAssessmentStore();
        for (var kill = 0; kill < 20; kill++)
        {
            var dying = new DyingStore(broken, random.Next(1, 5), random.Next(2) == 0);
            await Assert.ThrowsAsync<DyingStore.DeathException>(() => RunAsync(dying, plans));
        }

        Assert.NotEqual(await DigestsAsync(whole), await DigestsAsync(broken));
        await RunAsync(broken, plans);
        Assert.Equal(await DigestsAsync(whole), await DigestsAsync(broken));
    }

    [Fact]
    public async Task A_child_who_has_a_case_already_is_left_to_a_person()
    {
        var store = new MemoryAssessmentStore();
        var plan = Plans(1).First(p => p.Step?.Facts.Child.Upn is not null);
        var own = AssessmentId.For(HubUnderTest.Own, "earlier");
        var outcome = await new TurnTaker(store, Rules, time).SubmitAsync(
            new Delivery
            {
                Assessment = own,
                MessageId = "m",
                By = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-7" },
                ReceivedAt = time.GetUtcNow(),
                Input = new OpenAssessment(plan.Step!.Facts with { TakenOver = null, Route = RequestRoute.BecameResponsible, Family = new FamilyContact { Name = "Sam Example", Relationship = "mother" } }),
            },
            Stop);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);

        var result = Assert.Single(await RunAsync(store, [plan]));
        Assert.Equal(TakeoverOutcome.NeedsOfficer, result.End);
        Assert.Contains(own.Value, result.Words, StringComparison.Ordinal);
        Assert.Equal(0, (await store.LoadAsync(plan.Case, Stop)).State.Version);
    }

    [Fact]
    public void What_is_no_plan_in_force_or_has_errors_says_why_it_is_not_taken()
    {
        var (file, _) = new Sen2Generator(1).Make(Persons);
        var rows = Takeover.Of(file, Today, RuleSet.England2014, CountingPractice.AfterTheDay, Sen2Generator.Schools).Rows;
        foreach (var (row, plan) in rows.Zip(Plans(1)))
        {
            Assert.Equal(row.IsTaken && row.Kind == TakeoverKind.PlanInForce, plan.Step is not null);
            Assert.Equal(plan.Step is null, plan.Why.Length > 0);
        }
    }

    [Fact]
    public async Task The_children_it_took_over_are_kept_so_that_the_hub_reads_none_of_them_when_it_starts()
    {
        await using var store = new CountedKeeper(Rules, time);
        var taken = (await RunAsync(store, Plans(1))).Count(one => one.End == TakeoverOutcome.Taken);

        Assert.Equal(taken, (await store.Inner.ExtractsAsync(KeptChildren.Kind, 0, Persons * 2, Stop)).Items.Count);
        var through = await store.KeptThroughAsync(KeptChildren.Kind, Stop);
        Assert.Empty((await store.ChangesAsync(through!.Value, Stop)).Changed);
    }

    private static List<PlanToImport> Plans(int seed, int persons = Persons, bool contacts = false)
    {
        var (file, _) = new Sen2Generator(seed).Make(persons);
        var rows = Takeover.Of(file, Today, RuleSet.England2014, CountingPractice.AfterTheDay, Sen2Generator.Schools).Rows;
        return [.. PlanToImport.Of(file, rows, new TakeoverSource(HubUnderTest.Own, Icb, "return.xml, SHA-256 00", Contacts: contacts ? ContactTable.Of(file, Today) : null))];
    }

    private async Task<List<TakeoverResult>> RunAsync(IAssessmentStore store, IReadOnlyList<PlanToImport> plans)
    {
        using var run = new TakeoverRun(store, Rules, time);
        var results = new List<TakeoverResult>();
        await foreach (var result in run.RunAsync(plans, "officer-7", Stop))
        {
            results.Add(result);
        }

        return results;
    }

    private static async Task<List<string>> DigestsAsync(MemoryAssessmentStore store)
    {
        var digests = new List<string>();
        foreach (var id in await AssessmentMover.AllAsync(store, Stop))
        {
            var loaded = await store.LoadAsync(id, Stop);
            digests.Add(new MovedAssessment { Assessment = id, Events = await store.EventsAsync(id, 0, cancellationToken: Stop), Messages = [], Inbox = loaded.Inbox, Effects = [], WakeAt = loaded.WakeAt }.Digest());
        }

        return digests;
    }

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem);
}
