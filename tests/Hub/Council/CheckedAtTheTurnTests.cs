using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>What was looked at before a step is still so when its turn is taken, whatever is committed in between.</summary>
public sealed class CheckedAtTheTurnTests
{
    private static readonly AssignKeyWorker Step = new("Key Worker", "SENDIASS");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_that_moves_on_after_the_look_is_looked_at_again()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("first");
        var turns = new TurnTaker(hub.Store, hub.Part<RuleBook>(), hub.Time);
        var looks = 0;
        using var inputs = Inputs(hub, turns.SubmitAsync, new Look(async delivery =>
        {
            if (++looks > 1)
            {
                return new Refusal("found", "An edit came in between.");
            }

            await hub.SubmitAsync(delivery.Assessment, new AssignCaseOfficer("Another"));
            return null;
        }));

        var taken = await inputs.TakeAsync(Delivery(hub, id, "step", Step), null, Stop);

        Assert.Equal(("found", 2), (taken.Outcome?.Refusal?.Code, looks));
        Assert.Null((await hub.Store.LoadAsync(id, Stop)).State.KeyWorker);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_asked_for_one_version_alone_is_told_that_it_has_passed(bool passesAfterTheLook)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("first");
        var turns = new TurnTaker(hub.Store, hub.Part<RuleBook>(), hub.Time);
        var version = (await hub.Store.LoadAsync(id, Stop)).State.Version;
        using var inputs = Inputs(hub, turns.SubmitAsync, new Look(async delivery =>
        {
            await hub.SubmitAsync(delivery.Assessment, new AssignCaseOfficer("Another"));
            return null;
        }));
        if (!passesAfterTheLook)
        {
            await hub.SubmitAsync(id, new AssignCaseOfficer("Somebody"));
        }

        var taken = await inputs.TakeAsync(Delivery(hub, id, "step", Step), [version], Stop);

        Assert.Null(taken.Outcome);
        Assert.Null((await hub.Store.LoadAsync(id, Stop)).State.KeyWorker);
    }

    [Fact]
    public async Task No_case_is_opened_between_the_look_and_the_turn()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("first");
        var turns = new TurnTaker(hub.Store, hub.Part<RuleBook>(), hub.Time);
        var order = new List<string>();
        var (atTheTurn, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var inputs = Inputs(
            hub,
            async (delivery, at, cancellationToken) =>
            {
                if (delivery.Input is AssignKeyWorker)
                {
                    atTheTurn.SetResult();
                    await goOn.Task.WaitAsync(cancellationToken);
                }

                order.Add(delivery.MessageId);
                return await turns.SubmitAsync(delivery, at, cancellationToken);
            },
            new Look(_ => new((Refusal?)null)));

        var step = inputs.TakeAsync(Delivery(hub, id, "step", Step), null, Stop).AsTask();
        await atTheTurn.Task.WaitAsync(Stop);
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, System.Text.Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        var opening = inputs.TakeAsync(Delivery(hub, id, "opening", open!), null, Stop).AsTask();
        goOn.SetResult();
        await Task.WhenAll(step, opening);

        Assert.Equal("step", order[0]);
    }

    private static CheckedInputs Inputs(HubUnderTest hub, TakeInput take, IInputCheck check) =>
        new(take, hub.Store, new EarlierCases(new KnownChildren(hub.Store)), [check], hub.Time);

    private static Delivery Delivery(HubUnderTest hub, Contracts.Identifiers.AssessmentId id, string message, AssessmentInput input) => new()
    {
        Assessment = id,
        MessageId = message,
        By = new Actor { Role = ActorRole.CouncilOfficer, Id = "x" },
        ReceivedAt = hub.Time.GetUtcNow(),
        Input = input,
    };

    private sealed class Look(Func<Delivery, ValueTask<Refusal?>> look) : IInputCheck
    {
        public bool MustHoldDuringTurn(Delivery delivery) => delivery.Input is AssignKeyWorker;

        public ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken) => delivery.Input is AssignKeyWorker ? look(delivery) : new((Refusal?)null);
    }
}
