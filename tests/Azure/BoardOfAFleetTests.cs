using System.Diagnostics.Metrics;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Monitoring.Telemetry;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.Azure.Tests;

/// <summary>All cases are read, and counted, once a fleet; a host that does not lead reads them only for who asks it for pages.</summary>
public sealed class BoardOfAFleetTests
{
    private readonly Role role = new();
    private readonly MonitorOptions options = new() { RefreshEvery = TimeSpan.FromMilliseconds(50), WarmUp = false };
    private readonly MemoryAssessmentStore store = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_does_not_lead_reads_no_case_until_it_is_asked()
    {
        await OpenAsync();
        var board = new CaseBoard(store, Council.Rules, TimeProvider.System);
        var demand = new BoardUsage(board, options, role);
        using var work = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
        using var keeper = new BoardKeeper(board, new QueueMonitor(null), new WorkMonitor(store, TimeProvider.System), options, demand, work);
        await keeper.StartAsync(Stop);
        await Task.Delay(300, Stop);
        Assert.Null(board.Current.AsOf);

        await demand.AskAsync(Stop);

        // The first page has the cases already, and they are kept from then on.
        Assert.Single(board.Current.Cases);
        var first = board.Current.AsOf;
        while (board.Current.AsOf == first)
        {
            await Task.Delay(10, Stop);
        }

        await keeper.StopAsync(Stop);
    }

    [Fact]
    public async Task The_one_that_leads_reads_them_unasked()
    {
        role.IsLeader = true;
        await OpenAsync();
        var board = new CaseBoard(store, Council.Rules, TimeProvider.System);
        using var work = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
        using var keeper = new BoardKeeper(board, new QueueMonitor(null), new WorkMonitor(store, TimeProvider.System), options, new BoardUsage(board, options, role), work);
        await keeper.StartAsync(Stop);
        while (board.Current.AsOf is null)
        {
            await Task.Delay(10, Stop);
        }

        await keeper.StopAsync(Stop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_one_that_leads_tells_of_the_cases(bool leads)
    {
        role.IsLeader = leads;
        await OpenAsync();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var board = new CaseBoard(store, Council.Rules, TimeProvider.System);
        await board.RefreshAsync(Stop);
        var meter = new BoardMeter(
            board, new QueueMonitor(null), new WorkMonitor(store, TimeProvider.System), new MonitorOptions(), new BoardUsage(board, options, role), TimeProvider.System, meters);

        var told = new HashSet<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => told.Add(instrument.Name));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => told.Add(instrument.Name));
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) => told.Add(instrument.Name));
        listener.Start();
        listener.RecordObservableInstruments();
        GC.KeepAlive(meter);

        Assert.Equal(leads, told.Contains("hub.board.age"));
        Assert.Equal(leads, told.Contains("hub.cases.open"));
        Assert.Contains("hub.clock.stopped", told);
    }

    private async Task OpenAsync() => await new TurnTaker(store, Council.Rules, TimeProvider.System).SubmitAsync(
        Council.Says(Council.Id(1), "open", new OpenAssessment(Council.Facts), Council.Start), Stop);

    private sealed class Role : IFleetRole
    {
        public bool IsLeader { get; set; }
    }
}
