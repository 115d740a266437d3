using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Contract;

public abstract partial class AssessmentStoreContract
{
    /// <summary>Turns that each of two hosts takes on one assessment; a thousand together, unless a variant of a store says less.</summary>
    protected virtual int Each => 500;

    [Fact]
    public async Task Two_turn_takers_on_one_assessment_lose_and_double_nothing()
    {
        await Task.WhenAll(TakeAsync("a"), TakeAsync("b"));

        var events = await Store.EventsAsync(One, cancellationToken: Cancelled);
        Assert.Equal(Enumerable.Range(1, 2 * Each).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Equal(2 * Each, events.Select(e => e.MessageId).Distinct().Count());
        Assert.Equal(2 * Each, (await Store.LoadAsync(One, Cancelled)).State.Version);

        Task TakeAsync(string name) => Task.Run(
            async () =>
            {
                for (var n = 0; n < Each; n++)
                {
                    Turn turn;
                    do
                    {
                        turn = Turns.Of(await Store.LoadAsync(One, Cancelled), more: Turns.Delivery(One, $"{name}{n}"));
                    }
                    while (await Store.CommitAsync(turn, Cancelled) == CommitResult.Conflict);
                }
            },
            Cancelled);
    }

    [Fact]
    public async Task Commits_of_many_assessments_at_once_each_stand_for_themselves()
    {
        // Every third is a conflict: it must neither be taken nor take its neighbours with it.
        var turns = Enumerable.Range(0, 300).Select(n => Turns.Of(AssessmentState.None(Turns.Id(n)), [$"officer {n}"], effects: 1)).ToList();
        foreach (var turn in turns.Where((_, n) => n % 3 == 0))
        {
            await Store.CommitAsync(turn, Cancelled);
        }

        var results = await Task.WhenAll(turns.Select(t => Store.CommitAsync(t, Cancelled).AsTask()));

        Assert.Equal(turns.Select((_, n) => n % 3 == 0 ? CommitResult.Conflict : CommitResult.Committed), results);
        foreach (var turn in turns)
        {
            Assert.Equal(turn.State.CaseOfficer, (await Store.LoadAsync(turn.Assessment, Cancelled)).State.CaseOfficer);
            Assert.Single(await Store.EffectsAsync(turn.Assessment, Cancelled));
        }
    }

    [Fact]
    public async Task Of_many_who_put_the_same_message_at_once_one_is_told_that_it_was_new()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Store.PutAsync(Turns.Delivery(One, "m1"), Cancelled).AsTask(), Cancelled)));

        Assert.Single(receipts, r => r.IsNew);
        Assert.Single((await Store.LoadAsync(One, Cancelled)).Inbox);
    }
}
