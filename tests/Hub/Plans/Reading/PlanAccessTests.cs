using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Plans.Reading;

/// <summary>Which versions of the plan an ICB reads when another becomes responsible (reg 16).</summary>
public sealed class PlanAccessTests
{
    private static readonly Agency New = new() { Id = Cases.Parse<AgencyId>("ods:QXX"), Name = "Southbridge ICB" };
    private static readonly AgencyId Stranger = Cases.Parse<AgencyId>("ods:QYY");

    [Fact]
    public void The_icb_that_becomes_responsible_reads_the_plan_at_once_and_what_it_is_sent_later()
    {
        var life = Disputed.Issued();
        Assert.Equal([2], Versions(life.State, Cases.Icb.Id));
        Assert.Empty(Versions(life.State, New.Id));

        Changed(life, New);
        Assert.Equal([2], Versions(life.State, New.Id));
        Assert.Equal([2], Versions(Unsent(life.State), New.Id));
        Assert.True(PlanAccess.MayAsk(Of(New.Id), Unsent(life.State)));

        Amended.Finalised(Amended.Proposed(life));
        Assert.Equal([2, 3], Versions(life.State, New.Id));
        Assert.DoesNotContain(life.State.Plans, plan => plan.Kind == PlanKind.Draft && Versions(life.State, New.Id).Contains(plan.Version));
    }

    [Fact]
    public void The_icb_before_reads_what_it_was_sent_while_it_was_responsible_and_nothing_newer()
    {
        var life = Changed(Disputed.Issued(), New);
        Amended.Finalised(Amended.Proposed(life));
        Assert.Equal([2], Versions(life.State, Cases.Icb.Id));

        // A letter to it that was planned before the change and went out on its day or later gives it nothing.
        var change = life.State.IcbChange!.On;
        Assert.Equal([2], Versions(Sent(life.State, Cases.Icb, change), Cases.Icb.Id));
        Assert.Equal([2], Versions(Sent(life.State, Cases.Icb, change.AddDays(5)), Cases.Icb.Id));
        Assert.Equal([2, 3], Versions(Sent(life.State, Cases.Icb, change.AddDays(-1)), Cases.Icb.Id));
    }

    [Fact]
    public void Nobody_else_reads_it_because_of_the_change()
    {
        var life = Changed(Disputed.Issued(), New);
        Assert.Empty(Versions(life.State, Stranger));
        Assert.False(PlanAccess.MayAsk(Of(Stranger), life.State));
        Assert.Empty(PlanAccess.Versions(Of(New.Id) with { Role = CallerRole.OperationsReader }, life.State));
        Assert.Empty(PlanAccess.Versions(Of(New.Id) with { Role = CallerRole.EventsReader }, life.State));

        // It moves on before the letter went out: the one in between was never sent the plan, and is not responsible any more.
        var back = Unsent(life.State);
        Assert.Equal([2], Versions(back, New.Id));
        back = new IcbChanged(New, Cases.Icb, life.Today, life.Today, false).Apply(back);
        Assert.Empty(Versions(back, New.Id));
        Assert.Equal([2], Versions(back, Cases.Icb.Id));

        // The case itself names another one since.
        Assert.Empty(Versions(Unsent(life.State) with { Facts = life.State.Facts! with { Icb = Cases.Icb } }, New.Id));
    }

    private static Life Changed(Life life, Agency icb)
    {
        life.On(life.Today.AddDays(10));
        return life.Do(new RecordIcbChange(icb, life.Today, life.Today));
    }

    private static AssessmentState Unsent(AssessmentState state) =>
        state with { Notices = [.. state.Notices.Select(n => n.Kind == NoticeKind.IcbChanged ? n with { SentOn = null } : n)] };

    private static AssessmentState Sent(AssessmentState state, Agency to, DateOnly on) => state with
    {
        Notices = [.. state.Notices, new Notice { Id = "late", Kind = NoticeKind.AmendedPlan, To = RecipientRole.Icb, Agency = to, PlanVersion = 3, PlannedOn = on, SentOn = on }],
    };

    private static Caller Of(AgencyId agency) => new() { Role = CallerRole.Agency, Subject = "icb", Agency = agency };

    private static List<int> Versions(AssessmentState state, AgencyId agency) => [.. PlanAccess.Versions(Of(agency), state).Select(plan => plan.Version)];
}
