using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Messages.Tests.Bus;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>What happens to messages that agencies send unasked: assessments that they push, and closures.</summary>
public sealed class UnsolicitedTests
{
    private static readonly BusDecision Complete = new(Settlement.Complete);
    private static readonly AdviceContent Advice = SampleMessages.Advice with { Attachments = [] };

    private readonly Receiver hub = new();

    [Fact]
    public async Task A_pushed_assessment_with_one_certain_match_is_attached_as_existing_advice()
    {
        var id = await hub.AskedAsync("a");
        await hub.AskedAsync("b", child => child with { NhsNumber = SampleMessages.Parse<NhsNumber>("9000000009"), GivenName = "Bea" });

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));
        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));

        var existing = Assert.Single((await hub.StateAsync(id)).Existing);
        Assert.Equal("pushed by the agency under its reference S-17, completed on 5 January 2026", existing.Origin);
        Assert.Equal((Receiver.SocialCare, false), (existing.Agency.Id, existing.ReliedOn));
        Assert.Empty(hub.Told);
        Assert.Contains("\"end\":\"attached\"", await RecordAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pushed_assessment_that_is_delivered_twice_at_once_is_attached_once_and_waits_nowhere()
    {
        var id = await hub.AskedAsync("a");
        hub.Meanwhile = async () =>
        {
            // The case moves on, so that the two attempts are not one to its inbox.
            Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Closed(new DateOnly(2026, 6, 12), new DateOnly(2026, 7, 20)), "closed")));
            Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));
        };

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));

        var state = await hub.StateAsync(id);
        Assert.Single(state.Existing);
        Assert.DoesNotContain(state.Attention, attention => attention.Id.StartsWith("pushed-", StringComparison.Ordinal));
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
        Assert.Contains("\"end\":\"attached\"", await RecordAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, AdviceContent> NeverAttachable => new()
    {
        { "$.advice: line-id-twice", Advice with { Views = [new AdviceView("n1", "Likes trains.")] } },
        { "$.advice: unknown-need", Advice with { Outcomes = [new AdviceOutcome("o1", "Reads a page alone.", ["n9"])] } },
        { "$.advice: unknown-outcome", Advice with { Outcomes = [] } },
        { "$.advice: whole-not-there", Advice with { Whole = new string('b', 64) } },
        { "$.advice: advice-too-long", Advice with { Views = [.. Enumerable.Range(0, 500).Select(n => new AdviceView($"v{n}", "Likes trains."))] } },
        { "$.advice.writtenOn", Advice with { WrittenOn = new DateOnly(2026, 6, 11) } },
        { "$.advice.writtenOn", Advice with { WrittenOn = SampleMessages.Child.DateOfBirth.AddDays(-1) } },
    };

    [Theory]
    [MemberData(nameof(NeverAttachable), DisableDiscoveryEnumeration = true)]
    public async Task Advice_that_no_case_could_take_is_refused_before_it_is_held_and_its_sender_hears(string place, AdviceContent advice)
    {
        await hub.AskedAsync("a");
        await hub.AskedAsync("b");

        var verdict = await hub.ReceiveAsync(Receiver.Arrival(Pushed() with { Advice = advice }, "push"));

        Assert.Equal((Settlement.DeadLetter, "RuleNotKept"), (verdict.Settlement, verdict.Reason));
        Assert.Contains(place, verdict.Description, StringComparison.Ordinal);
        Assert.Equal(Receiver.SocialCare, Assert.IsType<MessageRejected>(MessageReader.Read(Assert.Single(hub.Told).Event).Value).Agency);
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_or_doubtful_matches_wait_for_a_person()
    {
        var first = await hub.AskedAsync("a");
        var second = await hub.AskedAsync("b");

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));

        foreach (var id in new[] { first, second })
        {
            var state = await hub.StateAsync(id);
            Assert.Empty(state.Existing);
            Assert.Contains(state.Attention, attention => attention.Id.StartsWith("pushed-", StringComparison.Ordinal));
        }

        Assert.Single(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_birthday_under_the_same_number_is_a_doubt()
    {
        var id = await hub.AskedAsync("a");

        await hub.ReceiveAsync(Receiver.Arrival(Pushed() with { Child = SampleMessages.Child with { DateOfBirth = new DateOnly(2016, 5, 4) } }, "push"));

        var state = await hub.StateAsync(id);
        Assert.Empty(state.Existing);
        Assert.Single(state.Attention, attention => attention.Id.StartsWith("pushed-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_without_a_case_waits_for_the_request_that_may_follow()
    {
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push"));
        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);
        var id = await hub.AskedAsync("later");

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.Single((await hub.StateAsync(id)).Existing);
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_nobody_claims_is_deleted_in_time_and_that_is_on_record()
    {
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push"));
        hub.Time.Advance(TimeSpan.FromDays(28));

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
        var record = await RecordAsync();
        Assert.Contains("\"end\":\"deleted\"", record, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", record, StringComparison.Ordinal);
        var told = Assert.IsType<MessageRejected>(MessageReader.Read(Assert.Single(hub.Told).Event).Value);
        Assert.Equal((Receiver.SocialCare, "push", BusEntities.AssessmentsPushed.Name), (told.Agency, told.MessageId, told.Entity));
        Assert.StartsWith("NotAttached: ", told.Reason, StringComparison.Ordinal);

        // A repeat after that is one, however late.
        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push")));
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_its_sender_cannot_be_told_one_that_nobody_claims_stays()
    {
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push"));
        hub.Time.Advance(TimeSpan.FromDays(28));
        hub.Sending = EffectResult.Transient("the line is down");

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.Single(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
        hub.Sending = EffectResult.Done();
        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(hub.Documents.Names, name => name.StartsWith("held/pushed/", StringComparison.Ordinal));
        Assert.Single(hub.Told.Select(told => told.Event.Id).Distinct());
    }

    [Theory]
    [InlineData("\"notes\":[]", "\"notes\":[],\"added\":1")]
    [InlineData("\"writtenOn\":\"2026-03-02\"", "\"writtenOn\":\"2026-06-11\"")]
    public async Task One_that_an_earlier_hub_held_and_no_case_can_take_is_ended_and_its_sender_hears(string sound, string unsound)
    {
        var id = await hub.AskedAsync("a");
        await hub.AskedAsync("b");
        await hub.ReceiveAsync(Receiver.Arrival(Pushed(), "push"));
        await hub.RewriteHeldAsync(body => body.Replace(sound, unsound, StringComparison.Ordinal));

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain((await hub.StateAsync(id)).Attention, matter => matter.Id.StartsWith("pushed-", StringComparison.Ordinal));
        Assert.StartsWith("NotUsable: ", Assert.IsType<MessageRejected>(MessageReader.Read(Assert.Single(hub.Told).Event).Value).Reason, StringComparison.Ordinal);
        Assert.Contains("\"end\":\"refused\"", await RecordAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closure_that_meets_the_window_is_proposed_and_never_claimed()
    {
        // Asked on 10 June; a closure of four weeks counts when the advice was asked for from one week before it on (reg 10(4)(a), 13(3)(a)).
        var id = await hub.AskedAsync("a");

        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Closed(new DateOnly(2026, 6, 15), new DateOnly(2026, 8, 3)), "long")));
        Assert.Equal(Complete, await hub.ReceiveAsync(Receiver.Arrival(Closed(new DateOnly(2026, 6, 15), new DateOnly(2026, 6, 19)), "short")));

        var state = await hub.StateAsync(id);
        Assert.Empty(state.Exceptions);
        var closure = Assert.Single(state.Attention, attention => attention.Id.StartsWith("closure-", StringComparison.Ordinal));
        Assert.Contains("(building works; the school's reference: C-3)", closure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closure_published_before_the_school_was_asked_reaches_the_assessment_all_the_same()
    {
        await hub.ReceiveAsync(Receiver.Arrival(Closed(new DateOnly(2026, 6, 15), new DateOnly(2026, 8, 3)), "early"));
        var id = await hub.AskedAsync("a");

        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);
        await hub.Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.Single((await hub.StateAsync(id)).Attention, attention => attention.Id.StartsWith("closure-", StringComparison.Ordinal));
    }

    private async Task<string> RecordAsync()
    {
        var name = Assert.Single(hub.Documents.Names, name => name.StartsWith("held/ended/", StringComparison.Ordinal));
        return Encoding.UTF8.GetString((await hub.Documents.ReadAsync(name, TestContext.Current.CancellationToken)).Value!.Bytes);
    }

    internal static AssessmentPushed Pushed() =>
        new() { Agency = Receiver.SocialCare, Reference = "S-17", Kind = AdviceKind.SocialCare, Child = SampleMessages.Child, CompletedOn = new DateOnly(2026, 1, 5), Advice = Advice };

    internal static SchoolClosurePublished Closed(DateOnly from, DateOnly reopens) =>
        new() { School = Receiver.School, Reference = "C-3", ClosedFrom = from, ReopensOn = reopens, Reason = "building works" };
}
