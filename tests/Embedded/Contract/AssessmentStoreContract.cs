using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Contract;

/// <summary>What every store promises. A store is held to it by a class that derives from this one and says how to open it.</summary>
public abstract partial class AssessmentStoreContract : IAsyncDisposable
{
    private static readonly AssessmentId One = Turns.Id(1);
    private static readonly DateTimeOffset Monday = Turns.Monday;

    private readonly Lazy<IAssessmentStore> opened;

    protected AssessmentStoreContract() => opened = new Lazy<IAssessmentStore>(Open);

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected IAssessmentStore Store => opened.Value;

    /// <summary>An empty store.</summary>
    protected abstract IAssessmentStore Open();

    /// <summary>Closes it.</summary>
    protected abstract ValueTask CloseAsync(IAssessmentStore store);

    public async ValueTask DisposeAsync()
    {
        if (opened.IsValueCreated)
        {
            await CloseAsync(opened.Value);
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nothing_is_known_of_an_assessment_that_nobody_spoke_of()
    {
        var loaded = await Store.LoadAsync(One, Cancelled);

        Assert.Equal(0, loaded.State.Version);
        Assert.Equal(One, loaded.State.Id);
        Assert.Empty(loaded.Inbox);
        Assert.Null(loaded.WakeAt);
        Assert.Null(await Store.OutcomeAsync(One, "m1", Cancelled));
        Assert.Empty(await Store.EventsAsync(One, cancellationToken: Cancelled));
        Assert.Empty(await Store.EffectsAsync(One, Cancelled));
        Assert.Null(await Store.NextDueAsync(Cancelled));
        Assert.Empty((await Store.ListAsync(new SummaryQuery(), Cancelled)).Items);
    }

    [Fact]
    public async Task A_message_is_put_once_and_keeps_its_first_content()
    {
        Assert.Equal(new InboxReceipt(true, null), await Store.PutAsync(Turns.Delivery(One, "m1"), Cancelled));
        Assert.Equal(new InboxReceipt(false, null), await Store.PutAsync(Turns.Delivery(One, "m1", Monday.AddDays(1)), Cancelled));

        var waiting = Assert.Single((await Store.LoadAsync(One, Cancelled)).Inbox);
        Assert.Equal(Turns.Delivery(One, "m1"), waiting);
    }

    [Fact]
    public async Task The_same_message_id_of_two_assessments_is_two_messages()
    {
        Assert.True((await Store.PutAsync(Turns.Delivery(One, "m1"), Cancelled)).IsNew);
        Assert.True((await Store.PutAsync(Turns.Delivery(Turns.Id(2), "m1"), Cancelled)).IsNew);
    }

    [Fact]
    public async Task A_repeat_of_a_decided_message_is_answered_as_the_first()
    {
        await Store.PutAsync(Turns.Delivery(One, "m1"), Cancelled);
        var refused = new Outcome(false, new Refusal("draft-not-served", "The draft was not served."), 1, "fingerprint-1");
        var turn = Turns.Of(await Store.LoadAsync(One, Cancelled));
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn with { Decided = [turn.Decided[0] with { Outcome = refused }] }, Cancelled));

        Assert.Equal(new InboxReceipt(false, refused), await Store.PutAsync(Turns.Delivery(One, "m1"), Cancelled));
        Assert.Equal(refused, await Store.OutcomeAsync(One, "m1", Cancelled));
        Assert.Empty((await Store.LoadAsync(One, Cancelled)).Inbox);
    }

    [Fact]
    public async Task The_inbox_keeps_the_order_in_which_messages_were_put()
    {
        string[] order = ["m3", "m1", "m2", "m10"];
        foreach (var (message, n) in order.Select((m, n) => (m, n)))
        {
            await Store.PutAsync(Turns.Delivery(One, message, Monday.AddMinutes(-n)), Cancelled);
        }

        Assert.Equal(order, (await Store.LoadAsync(One, Cancelled)).Inbox.Select(d => d.MessageId));
    }

    [Fact]
    public async Task A_turn_changes_everything_at_once()
    {
        await Store.PutAsync(Turns.Delivery(One, "m1"), Cancelled);
        var turn = Turns.Of(await Store.LoadAsync(One, Cancelled), wakeAt: Monday.AddDays(7), effects: 2);

        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn, Cancelled));

        var loaded = await Store.LoadAsync(One, Cancelled);
        Assert.Equal((1L, "m1"), (loaded.State.Version, loaded.State.CaseOfficer));
        Assert.Empty(loaded.Inbox);
        Assert.Equal(Monday.AddDays(7), loaded.WakeAt);
        Assert.Equal(turn.Events, await Store.EventsAsync(One, cancellationToken: Cancelled));
        Assert.Equal(turn.Decided[0].Outcome, await Store.OutcomeAsync(One, "m1", Cancelled));
        Assert.Equal(turn.Effects, (await Store.DueEffectsAsync(Monday, 10, Cancelled)).Select(e => e.Effect));
        Assert.Equal(1, Assert.Single((await Store.ListAsync(new SummaryQuery(), Cancelled)).Items).Version);
    }

    [Fact]
    public async Task A_message_that_was_never_put_may_be_decided_in_one_commit()
    {
        var delivery = Turns.Delivery(One, "m1");
        var turn = Turns.Of(await Store.LoadAsync(One, Cancelled), more: delivery);

        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn, Cancelled));

        Assert.Equal(new InboxReceipt(false, turn.Decided[0].Outcome), await Store.PutAsync(delivery, Cancelled));
    }

    [Fact]
    public async Task A_turn_on_an_old_version_changes_nothing()
    {
        var old = await Store.LoadAsync(One, Cancelled);
        var first = Turns.Of(old, wakeAt: Monday.AddDays(1), more: Turns.Delivery(One, "m1"));
        await Store.CommitAsync(first, Cancelled);

        var second = Turns.Of(old, wakeAt: Monday.AddDays(2), effects: 3, more: Turns.Delivery(One, "m2"));
        Assert.Equal(CommitResult.Conflict, await Store.CommitAsync(second, Cancelled));

        var loaded = await Store.LoadAsync(One, Cancelled);
        Assert.Equal((1L, "m1", (DateTimeOffset?)Monday.AddDays(1)), (loaded.State.Version, loaded.State.CaseOfficer, loaded.WakeAt));
        Assert.Equal(first.Events, await Store.EventsAsync(One, cancellationToken: Cancelled));
        Assert.Empty(await Store.EffectsAsync(One, Cancelled));
        Assert.Null(await Store.OutcomeAsync(One, "m2", Cancelled));
    }

    [Fact]
    public async Task A_message_is_decided_once_even_by_turns_without_events()
    {
        // Two turns that refuse change no version: only the outcome tells the second that it came too late.
        var state = (await Store.LoadAsync(One, Cancelled)).State;
        var refusal = Turns.Of(state, []) with
        {
            Decided = [new DecidedDelivery(Turns.Delivery(One, "m1"), new Outcome(false, new Refusal("no", "No."), 0))],
        };

        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(refusal, Cancelled));
        Assert.Equal(CommitResult.Conflict, await Store.CommitAsync(refusal with { WakeAt = Monday }, Cancelled));

        Assert.Null((await Store.LoadAsync(One, Cancelled)).WakeAt);
        Assert.False((await Store.OutcomeAsync(One, "m1", Cancelled))!.Accepted);
        Assert.Empty((await Store.ListAsync(new SummaryQuery(), Cancelled)).Items);
    }

    [Fact]
    public async Task A_delivery_that_came_after_the_load_stays_in_the_inbox()
    {
        await Store.PutAsync(Turns.Delivery(One, "m1"), Cancelled);
        var loaded = await Store.LoadAsync(One, Cancelled);
        await Store.PutAsync(Turns.Delivery(One, "m2"), Cancelled);

        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(Turns.Of(loaded), Cancelled));

        Assert.Equal("m2", Assert.Single((await Store.LoadAsync(One, Cancelled)).Inbox).MessageId);
        Assert.Equal([One], await Store.DueAsync(Monday.AddYears(-1), 10, Cancelled));
    }

    [Fact]
    public async Task A_turn_that_contradicts_itself_is_refused_and_harms_no_other()
    {
        var turn = Turns.Of((await Store.LoadAsync(One, Cancelled)).State, ["m1"]);

        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CommitAsync(turn with { ExpectedVersion = 1 }, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CommitAsync(turn with { Events = [turn.Events[0] with { Sequence = 2 }] }, Cancelled));
        Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn, Cancelled));
    }

    [Fact]
    public async Task Events_are_read_from_any_place()
    {
        var state = AssessmentState.None(One);
        for (var n = 0; n < 5; n++)
        {
            var turn = Turns.Of(state, [$"a{n}", $"b{n}"]);
            Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn, Cancelled));
            state = turn.State;
        }

        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L], (await Store.EventsAsync(One, cancellationToken: Cancelled)).Select(e => e.Sequence));
        Assert.Equal([4L, 5L, 6L], (await Store.EventsAsync(One, 3, 3, Cancelled)).Select(e => e.Sequence));
        Assert.Equal([10L], (await Store.EventsAsync(One, 9, 3, Cancelled)).Select(e => e.Sequence));
        Assert.Empty(await Store.EventsAsync(One, 10, 3, Cancelled));
    }

    /// <summary>Events of one assessment, each of a turn of its own: more than a store reads at once, unless a variant of a store says less.</summary>
    protected virtual int Many => 2000;

    [Fact]
    public async Task An_assessment_with_very_many_events_is_read_whole()
    {
        var state = AssessmentState.None(One);
        for (var n = 1; n <= Many; n++)
        {
            var turn = Turns.Of(state, [$"officer {n}"]) with { Decided = [new DecidedDelivery(Turns.Delivery(One, $"m{n}"), new Outcome(true, null, n))] };
            Assert.Equal(CommitResult.Committed, await Store.CommitAsync(turn, Cancelled));
            state = turn.State;
        }

        var store = await ReopenedAsync();
        var loaded = await store.LoadAsync(One, Cancelled);
        Assert.Equal((Many, $"officer {Many}"), (loaded.State.Version, loaded.State.CaseOfficer));
        Assert.Equal(Enumerable.Range(1, Many).Select(n => (long)n), (await store.EventsAsync(One, cancellationToken: Cancelled)).Select(e => e.Sequence));
        Assert.Equal(1, (await store.OutcomeAsync(One, "m1", Cancelled))!.Version);
        Assert.Equal(Many - 1, (await store.OutcomeAsync(One, $"m{Many - 1}", Cancelled))!.Version);
    }

    /// <summary>The same store, closed and opened again where that means something.</summary>
    protected virtual ValueTask<IAssessmentStore> ReopenedAsync() => new(Store);
}
