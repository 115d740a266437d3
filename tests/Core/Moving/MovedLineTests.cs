using System.Text.Json;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Moving;

namespace IntegrationHub.Core.Tests.Moving;

/// <summary>What is written of a case is read again, also where a member that may be null is absent.</summary>
public class MovedLineTests
{
    [Fact]
    public void A_case_whose_amendment_adds_a_line_to_the_plan_is_read_as_it_was_written()
    {
        var life = Amended.Finalised(Amended.Proposed(Amended.WithHealth(Disputed.Issued()), 30), 16, icb: true);
        var change = Assert.Single(life.State.Amendments[^1].Changes, change => change.Section == PlanSectionLetter.G);
        Assert.Null(change.Before);
        var events = life.Events.Select((what, n) => new RecordedEvent { Sequence = n + 1, At = DateTimeOffset.UnixEpoch, By = Cases.Officer, What = what });
        var moved = new MovedAssessment { Assessment = life.State.Id, Events = [.. events], Messages = [], Inbox = [], Effects = [] };

        var line = JsonSerializer.Deserialize(JsonSerializer.Serialize(new MovedLine(moved, moved.Digest()), MovingJson.Default.MovedLine), MovingJson.ToRead)!;

        Assert.Equal((moved.Digest(), moved.Events.Count), (line.Moved.Digest(), line.Moved.Events.Count));
    }
}
