using System.Collections.Concurrent;
using System.Threading.Channels;
using IntegrationHub.Functions.Agencies;

namespace IntegrationHub.EmbeddedBus.Tests.Brokers;

/// <summary>A receiver that answers as a test says, and shows what arrived in the order in which it did.</summary>
internal sealed class ScriptedReceiver(Func<ReceivedBusMessage, Task<BusDecision>>? answer = null, BusDecision? givenUp = null) : IBusReceiver
{
    internal static readonly BusDecision Complete = new(Settlement.Complete);

    private readonly Channel<ReceivedBusMessage> arrivals = Channel.CreateUnbounded<ReceivedBusMessage>();

    internal ConcurrentQueue<ReceivedBusMessage> All { get; } = new();

    internal async Task<ReceivedBusMessage> NextAsync() => await arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken);

    internal async Task<IReadOnlyList<ReceivedBusMessage>> NextAsync(int count)
    {
        var taken = new List<ReceivedBusMessage>();
        while (taken.Count < count)
        {
            taken.Add(await NextAsync());
        }

        return taken;
    }

    public async ValueTask<BusDecision> ReceiveAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default)
    {
        All.Enqueue(arrival);
        arrivals.Writer.TryWrite(arrival);
        return answer is null ? Complete : await answer(arrival).WaitAsync(cancellationToken);
    }

    public ValueTask<BusDecision> GiveUpAsync(ReceivedBusMessage arrival, CancellationToken cancellationToken = default) => new(givenUp ?? new BusDecision(Settlement.Abandon));
}
