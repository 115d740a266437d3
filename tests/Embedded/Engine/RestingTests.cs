using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Engine;

/// <summary>What the engine tries again and again is told of, for a person to look at.</summary>
public sealed class RestingTests
{
    [Fact]
    public async Task An_assessment_that_can_never_be_decided_is_told_of_for_a_person()
    {
        var (clock, store) = (new FakeTimeProvider(Council.Start), new MemoryAssessmentStore());
        await using var engine = new EmbeddedEngine(store, Council.Rules, [new Outside()], clock);
        var foreign = Contract.Turns.Id(1, "999");
        await store.PutAsync(Council.Says(foreign, "open", new OpenAssessment(Council.Facts), clock.GetUtcNow()), TestContext.Current.CancellationToken);
        await engine.StartAsync(TestContext.Current.CancellationToken);
        Assert.Empty(engine.BackoffAfter(5));

        while (engine.BackoffAfter(5).Count == 0)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        var rest = Assert.Single(engine.BackoffAfter(5));
        Assert.Equal(("taking a turn", foreign.Value), (rest.During, rest.Item));
        Assert.False(engine.Ended.IsCompleted);
    }
}
