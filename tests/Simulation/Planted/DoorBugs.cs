using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Doors;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Slips at the doors, one at a time: each sits between a sender and the case.</summary>
internal static class DoorBugs
{
    private static readonly BusDecision Settled = new(Settlement.Complete);

    /// <summary>A year in which half of the cases goes through every door.</summary>
    internal static SimulationOptions Year { get; } = new() { Requests = 90, Seed = 5, Faults = FaultLevel.Some, Store = StoreKind.Memory, LookedAt = 0, ThroughDoors = 45 };

    internal static readonly IReadOnlyDictionary<string, (Invariant By, Func<Ways> Plant)> All = new Dictionary<string, (Invariant By, Func<Ways> Plant)>(StringComparer.Ordinal)
    {
        // The bus.
        ["the bus door loses advice after it acknowledged it"] = (Invariant.WhatIsGivenIsThere, () => new Ways { Bus = inner => new Receiver((a, next) => OneIn(4, a.MessageId!) ? new(Settled) : next(a), inner) }),
        ["the bus door acknowledges what it refuses"] = (Invariant.WhatIsGivenIsThere, () => new Ways { Bus = inner => new Receiver(AcknowledgedAsync, inner) }),
        ["the bus door acknowledges a message before it is stored"] = (Invariant.ReceiptsAreTrue, () => new Ways { Bus = inner => new Receiver(new Late<ReceivedBusMessage, BusDecision>(Settled).NextAsync, inner) }),
        ["each delivery of the bus is a message of its own"] = (Invariant.MessagesTakeEffectOnce, EachAlone),
        ["a refusal is not told over the bus"] = (Invariant.ReceiptsAreTrue, () => new Ways { Bus = inner => new Receiver((a, next) => a.MessageId!.Contains("wrong", StringComparison.Ordinal) ? new(new BusDecision(Settlement.DeadLetter, "Refused")) : next(a), inner) }),

        // FHIR.
        ["the FHIR door finds the child by the given name alone"] = (Invariant.NoWordStrays, () => new Ways { Fhir = inner => new Namesakes(inner) }),
        ["the FHIR door leaves out the notes"] = (Invariant.NoWordIsLost, () => new Ways { Fhir = inner => new Exchange(change => change.Advice is { } advice ? change with { Advice = advice with { Notes = [] } } : change, inner) }),
        ["the FHIR door forgets advice that it has answered for"] = (Invariant.WhatIsGivenIsThere, () => new Ways { Fhir = inner => new Exchange(change => change.Advice is null ? change : null, inner) }),

        // The pages.
        ["the pages lose the last part of the form"] = (Invariant.NoWordIsLost, () => new Ways { Web = (asked, ask) => ask(WithoutMore(asked)) }),
        ["the pages give a receipt before the advice is stored"] = (Invariant.ReceiptsAreTrue, () => new Ways { Web = new EarlyReceipt().AnswerAsync }),
        ["the pages date advice on the day before"] = (Invariant.NoWordIsLost, () => new Ways { Take = take => (d, at, cancellationToken) => take(FromPages(d) ? d with { Input = Dated(d.Input, -1) } : d, at, cancellationToken) }),
        ["the pages send a draft to the case twice"] = (Invariant.MessagesTakeEffectOnce, () => new Ways { Take = take => async (d, at, cancellationToken) => FromPages(d) ? await TwiceAsync(take, d, at, cancellationToken) : await take(d, at, cancellationToken) }),
    };

    private static bool FromPages(Delivery delivery) => delivery.MessageId.StartsWith("contribute/", StringComparison.Ordinal) && delivery.Input is SubmitAdvice;

    private static AssessmentInput Dated(AssessmentInput input, int days) =>
        input is SubmitAdvice advice ? advice with { Content = advice.Content with { WrittenOn = advice.Content.WrittenOn.AddDays(days) } } : input;

    private static async Task<Submission> TwiceAsync(TakeInput take, Delivery delivery, IReadOnlyCollection<long>? onlyAt, CancellationToken cancellationToken)
    {
        await take(delivery with { MessageId = $"{delivery.MessageId}/first" }, onlyAt, cancellationToken);
        return await take(delivery, onlyAt, cancellationToken);
    }

    private static bool OneIn(int share, string id) => id.Contains("advice", StringComparison.Ordinal) && id.Sum(c => c) % share == 0;

    private static async ValueTask<BusDecision> AcknowledgedAsync(ReceivedBusMessage arrival, Func<ReceivedBusMessage, ValueTask<BusDecision>> next) =>
        await next(arrival) is { Settlement: not Settlement.DeadLetter } verdict ? verdict : Settled;

    private static Ways EachAlone()
    {
        var deliveries = 0;
        return new Ways
        {
            Take = take => (d, at, cancellationToken) => take(d.MessageId.StartsWith("bus ", StringComparison.Ordinal) ? d with { MessageId = FormattableString.Invariant($"{d.MessageId}#{Interlocked.Increment(ref deliveries)}") } : d, at, cancellationToken),
        };
    }

    private static RuleInput WithoutMore(RuleInput asked) => asked.Fields is not { } fields ? asked
        : asked with { Fields = fields.Where(f => !f.Key.StartsWith("content.views", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value) };

    /// <summary>A receiver through which one bug works.</summary>
    private sealed class Receiver(Func<ReceivedBusMessage, Func<ReceivedBusMessage, ValueTask<BusDecision>>, ValueTask<BusDecision>> receive, IBusReceiver inner) : IBusReceiver
    {
        public ValueTask<BusDecision> ReceiveAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default) => receive(arrival, a => inner.ReceiveAsync(a, cancellationToken));
    }

    /// <summary>Answers at once and passes each thing on when the next comes.</summary>
    private sealed class Late<TIn, TOut>(TOut answer)
    {
        private readonly ConcurrentQueue<TIn> waiting = [];

        internal async ValueTask<TOut> NextAsync(TIn one, Func<TIn, ValueTask<TOut>> next)
        {
            if (waiting.TryDequeue(out var before))
            {
                await next(before);
            }

            waiting.Enqueue(one);
            return answer;
        }
    }

    /// <summary>The way to the cases through which one bug works; null: the change is forgotten.</summary>
    private sealed class Exchange(Func<TaskChange, TaskChange?> deliver, INhsExchange inner) : INhsExchange
    {
        public ValueTask<ExchangeCheck> CheckAsync(TaskChange change, CancellationToken cancellationToken) => inner.CheckAsync(change, cancellationToken);

        public ValueTask DeliverAsync(TaskChange change, CancellationToken cancellationToken) => deliver(change) is { } changed ? inner.DeliverAsync(changed, cancellationToken) : default;

        public ValueTask NotAcceptedAsync(AnswerNotAccepted what, CancellationToken cancellationToken) => inner.NotAcceptedAsync(what, cancellationToken);
    }

    /// <summary>Every child here is called Robin: advice goes to another of them, where one is waiting for it.</summary>
    private sealed class Namesakes(INhsExchange inner) : INhsExchange
    {
        private readonly ConcurrentDictionary<AssessmentId, bool> known = [];

        public ValueTask<ExchangeCheck> CheckAsync(TaskChange change, CancellationToken cancellationToken) => inner.CheckAsync(change, cancellationToken);

        public async ValueTask DeliverAsync(TaskChange change, CancellationToken cancellationToken)
        {
            known.TryAdd(change.Assessment, true);
            foreach (var other in known.Keys.Where(k => change.Advice is not null && k != change.Assessment))
            {
                if ((await inner.CheckAsync(change with { Assessment = other }, cancellationToken)).Refusal is null)
                {
                    change = change with { Assessment = other };
                    break;
                }
            }

            await inner.DeliverAsync(change, cancellationToken);
        }

        public ValueTask NotAcceptedAsync(AnswerNotAccepted what, CancellationToken cancellationToken) => inner.NotAcceptedAsync(what, cancellationToken);
    }

    /// <summary>Shows the receipt at once and passes what was sent on when somebody asks for something else.</summary>
    private sealed class EarlyReceipt
    {
        private readonly ConcurrentDictionary<string, RuleInput> waiting = new(StringComparer.Ordinal);

        internal async Task<Answered> AnswerAsync(RuleInput asked, Func<RuleInput, Task<Answered>> ask)
        {
            var page = asked.Path[..Math.Max(asked.Path.LastIndexOf('/'), 0)];
            if (asked is { Method: "POST", Fields: not null } && asked.Path.EndsWith("/check", StringComparison.Ordinal))
            {
                waiting[page] = asked;
                return new Answered(302, "", $"{page}/sent", []);
            }

            if (asked.Path.EndsWith("/sent", StringComparison.Ordinal) && waiting.ContainsKey(page))
            {
                return new Answered(200, $"Your advice was received under the reference <strong>{page.Split('/')[2]}, educational-1.1</strong>", "", []);
            }

            foreach (var (key, before) in waiting.Where(w => w.Key != page))
            {
                waiting.TryRemove(key, out _);
                await ask(before);
            }

            return await ask(asked);
        }
    }
}
