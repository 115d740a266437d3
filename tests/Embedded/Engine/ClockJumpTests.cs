using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Engine;

/// <summary>A leap of the clock stops what time alone decides until a person confirms the clock; what people say goes on.</summary>
public sealed class ClockJumpTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 7, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public void A_leap_while_running_stops_and_a_return_does_not_go_on_by_itself(int days)
    {
        var clock = new TornClock(Start);
        var record = new Kept();
        var watch = new ClockMonitor(clock, new ClockOptions(), record);
        clock.Pass(TimeSpan.FromDays(3));
        Assert.True(watch.IsTrusted);

        clock.Leap(TimeSpan.FromDays(days));
        Assert.False(watch.IsTrusted);
        Assert.Equal(TimeSpan.FromDays(days), watch.Jump!.By);
        clock.Leap(-TimeSpan.FromDays(days));
        Assert.False(watch.IsTrusted);

        // Over a restart too.
        watch = new ClockMonitor(clock, new ClockOptions(), record);
        Assert.False(watch.IsTrusted);
        watch.Confirm("operator-1", "Compared with the time server.");
        Assert.True(watch.IsTrusted);
        Assert.Contains("operator-1", record.State!.Confirmed, StringComparison.Ordinal);
        Assert.True(new ClockMonitor(clock, new ClockOptions(), record).IsTrusted);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(31, true)]
    [InlineData(44, true)]
    [InlineData(60, false)]
    [InlineData(-1, false)]
    public void A_start_after_a_weekend_or_a_month_goes_on_and_after_a_leap_asks(int daysOff, bool goesOn)
    {
        var clock = new TornClock(Start);
        var record = new Kept();
        new ClockMonitor(clock, new ClockOptions(), record).RecordTime();
        clock.Leap(TimeSpan.FromDays(daysOff));

        Assert.Equal(goesOn, new ClockMonitor(clock, new ClockOptions(), record).IsTrusted);
        Assert.Equal(goesOn, new ClockMonitor(clock, new ClockOptions(), new Kept(), lastCommit: Start).IsTrusted);
        Assert.True(new ClockMonitor(clock, new ClockOptions(), new Kept()).IsTrusted);
    }

    [Fact]
    public void Corrections_of_seconds_and_the_clock_changes_are_no_leap()
    {
        var clock = new TornClock(Start);
        var watch = new ClockMonitor(clock, new ClockOptions(), new Kept());
        for (var n = 0; n < 200; n++)
        {
            clock.Pass(TimeSpan.FromHours(6));
            clock.Leap(TimeSpan.FromSeconds(n % 2 == 0 ? 20 : -20));
            Assert.True(watch.IsTrusted);
        }
    }

    [Fact]
    public async Task A_clock_sixty_days_ahead_chases_nobody_and_misses_nothing_while_people_go_on()
    {
        var stop = TestContext.Current.CancellationToken;
        var clock = new TornClock(Start);
        var record = new Kept();
        var watch = new ClockMonitor(clock, new ClockOptions(), record);
        var store = new MemoryAssessmentStore();
        var taker = new TurnTaker(store, Council.Rules, clock, watch);
        var id = Council.Id(61);
        await SayAsync("open", new OpenAssessment(Council.Facts));
        await SayAsync("consulted", new RecordConsultation(Day(), "Wants one."));
        await SayAsync("decided", new DecideWhetherToAssess(true, "May be necessary."));
        Assert.True(await store.NextDueAsync(stop) is not null);

        clock.Leap(TimeSpan.FromDays(60));
        Assert.Null(await taker.TakeAsync(id, stop));
        await SayAsync("officer", new AssignCaseOfficer("Officer One"));
        await SayAsync("key-worker", new AssignKeyWorker("Key Worker"));
        var events = await store.EventsAsync(id, cancellationToken: stop);
        Assert.DoesNotContain(events, e => e.What is ChaseStepTaken or LimitMissed);
        Assert.Equal("Officer One", (await store.LoadAsync(id, stop)).State.CaseOfficer);

        // The clock is put right and confirmed: the case is looked at at once, and nothing false is on record.
        clock.Leap(-TimeSpan.FromDays(60));
        watch.Confirm("operator-1", "The machine follows its time server again.");
        Assert.Contains(id, await store.DueAsync(clock.GetUtcNow(), 10, stop));
        await taker.TakeAsync(id, stop);
        Assert.DoesNotContain(await store.EventsAsync(id, cancellationToken: stop), e => e.What is ChaseStepTaken or LimitMissed);

        // Time that truly passes decides again.
        clock.Pass(TimeSpan.FromDays(60));
        await taker.TakeAsync(id, stop);
        Assert.Contains(await store.EventsAsync(id, cancellationToken: stop), e => e.What is ChaseStepTaken);

        DateOnly Day() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

        async Task SayAsync(string message, AssessmentInput input)
        {
            var outcome = await taker.SubmitAsync(new Delivery { Assessment = id, MessageId = message, By = Council.Officer, ReceivedAt = clock.GetUtcNow(), Input = input }, stop);
            Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
        }
    }

    [Fact]
    public async Task A_live_engine_takes_in_what_waits_and_decides_nothing_by_time()
    {
        var stop = TestContext.Current.CancellationToken;
        var clock = new TornClock(Start);
        var watch = new ClockMonitor(clock, new ClockOptions(), new Kept());
        var store = new MemoryAssessmentStore();
        await using var engine = new EmbeddedEngine(store, Council.Rules, [], clock, clock: watch);
        var id = Council.Id(62);
        await PutAsync("open", new OpenAssessment(Council.Facts));
        await PutAsync("consulted", new RecordConsultation(DateOnly.FromDateTime(Start.UtcDateTime), "Wants one."));
        await PutAsync("decided", new DecideWhetherToAssess(true, "May be necessary."));
        clock.Leap(TimeSpan.FromDays(60));
        await engine.StartAsync(stop);
        engine.Wake(id);
        while (await store.OutcomeAsync(id, "decided", stop) is null)
        {
            await Task.Delay(10, stop);
        }

        await engine.StopAsync(stop);
        Assert.DoesNotContain(await store.EventsAsync(id, cancellationToken: stop), e => e.What is ChaseStepTaken or LimitMissed);

        async Task PutAsync(string message, AssessmentInput input) =>
            await store.PutAsync(new Delivery { Assessment = id, MessageId = message, By = Council.Officer, ReceivedAt = Start, Input = input }, stop);
    }

    /// <summary>A machine whose wall clock can be set while time passes as it does.</summary>
    private sealed class TornClock(DateTimeOffset start) : TimeProvider
    {
        private DateTimeOffset wall = start;
        private long passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => wall;

        public override long GetTimestamp() => passed;

        internal void Pass(TimeSpan time) => (wall, passed) = (wall + time, passed + time.Ticks);

        internal void Leap(TimeSpan by) => wall += by;
    }

    private sealed class Kept : IClockRecord
    {
        internal ClockState? State { get; private set; }

        public ClockState? Read() => State;

        public void Write(ClockState state) => State = state;
    }
}
