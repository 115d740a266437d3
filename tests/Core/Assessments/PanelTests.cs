using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>What is on record of panels that considered a case.</summary>
public sealed class PanelTests
{
    [Fact]
    public void A_panel_is_on_record_once_for_each_day_with_those_who_were_there()
    {
        var life = Life.Opened();
        life.Do(new RecordPanel(life.Today, ["J. Farrow, chair", "M. Okafor"]));
        life.Do(new RecordPanel(life.Today, ["J. Farrow, chair"], "Put off."));

        var met = Assert.Single(life.State.Panels);
        Assert.Equal(("Put off.", Cases.Officer.Id), (met.Advice, met.By));
        Assert.Equal(["J. Farrow, chair"], met.Present);
        life.On(life.Today.AddDays(7));
        life.Do(new RecordPanel(life.Today, ["M. Okafor"]));
        Assert.Equal(2, life.State.Panels.Count);

        // It decides nothing.
        Assert.Equal((Stage.Considering, null), (life.State.Stage, life.State.AssessDecision));
    }

    [Fact]
    public void A_panel_of_nobody_or_with_a_nameless_member_is_refused()
    {
        var life = Life.Opened();
        life.Refused("nobody-present", new RecordPanel(life.Today, []));
        life.Refused("text-missing", new RecordPanel(life.Today, ["J. Farrow", " "]));
        life.Refused("too-many-present", new RecordPanel(life.Today, [.. Enumerable.Repeat("J. Farrow", 61)]));
        life.Refused("text-missing", new RecordPanel(life.Today, ["J. Farrow"], " "));
    }
}
