using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Disputing;

/// <summary>Each remedy, by order, concession and agreement: its limits run, are met by the acts that they ask for, and in a twin case are missed and chased.</summary>
public class RemedyTests
{
    private static readonly StartEvent[] Ways = [StartEvent.TribunalOrder, StartEvent.AppealConceded, StartEvent.AgreementReached];

    public static TheoryData<StartEvent, Remedy> Accepted
    {
        get
        {
            var data = new TheoryData<StartEvent, Remedy>();
            foreach (var (way, remedy) in Pairs(known: true))
            {
                data.Add(way, remedy);
            }

            return data;
        }
    }

    public static TheoryData<StartEvent, Remedy> Unknown
    {
        get
        {
            var data = new TheoryData<StartEvent, Remedy>();
            foreach (var (way, remedy) in Pairs(known: false))
            {
                data.Add(way, remedy);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Its_limits_run_and_are_met_by_the_acts_that_they_ask_for(StartEvent by, Remedy remedy)
    {
        var met = new HashSet<string>();
        foreach (var otherwise in new[] { false, true })
        {
            var life = Disputed.Obliged(Disputed.For(remedy), by, remedy);
            var on = life.Today;
            Assert.NotEmpty(Disputed.LimitsOf(life, by, remedy));
            Assert.All(Disputed.LimitsOf(life, by, remedy), l => Assert.Equal(on, l.Limit.From));
            Assert.DoesNotContain(Disputed.LimitsOf(life, by, remedy), l => l.Standing is LimitStatus.Missed or LimitStatus.Runs);

            CarryOut(life, remedy, otherwise);

            Assert.All(
                Disputed.LimitsOf(life, by, remedy),
                l => Assert.True(l.Standing is LimitStatus.Met or LimitStatus.Fallen, $"{l.Limit.Key} due {l.Limit.Due:yyyy-MM-dd} is {l.Standing} on {life.Today:yyyy-MM-dd}"));
            met.UnionWith(Disputed.LimitsOf(life, by, remedy).Where(l => l.Standing == LimitStatus.Met).Select(l => l.Limit.Key));
            life.On(life.Today.AddDays(200));
            Assert.DoesNotContain(life.State.MissedLimits, missed => Disputed.LimitsOf(life, by, remedy).Any(l => missed.StartsWith(l.Limit.Key + "@", StringComparison.Ordinal)));
        }

        Assert.Equal(Rules(by, remedy), met.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void In_a_twin_case_they_are_missed_recorded_and_chased_to_the_officer_and_the_head_of_service(StartEvent by, Remedy remedy)
    {
        var life = Disputed.Obliged(Disputed.For(remedy, Disputed.ByPost), by, remedy);
        Assert.Contains(Forecasts.Of(life.State, life.Today, life.Rules), f => Rules(by, remedy).Contains(f.Limit) && f.Outlook is not (Outlook.Met or Outlook.NotNeeded));

        life.On(life.Today.AddDays(150));

        var limits = Disputed.LimitsOf(life, by, remedy);
        Assert.Equal(Rules(by, remedy), limits.Select(l => l.Limit.Key).Order(StringComparer.Ordinal));
        foreach (var limit in limits)
        {
            var name = $"{limit.Limit.Key}@{limit.Limit.Due:yyyy-MM-dd}";
            Assert.Equal(LimitStatus.Missed, limit.Standing);
            Assert.Contains(name, life.State.MissedLimits);
            var chased = life.Events.OfType<DutyChased>().Where(e => e.Limit == name).ToList();
            Assert.Contains(chased, e => e is { Step: "duty-remind-3-days-before", ToRole: "case officer" });
            Assert.Contains(chased, e => e is { Step: "duty-overdue-officer", ToRole: "case officer", Told: true });
            Assert.Contains(chased, e => e is { Step: "duty-overdue-head-of-service", ToRole: "head of service", Told: true });
            Assert.Equal(chased.Where(e => e.Told).Select(e => e.Step), life.Effects.OfType<RemindOfDuty>().Where(e => e.Limit == name).Select(e => e.Step));
        }
    }

    [Theory]
    [MemberData(nameof(Unknown))]
    public void A_remedy_without_a_limit_is_not_accepted(StartEvent by, Remedy remedy)
    {
        var life = Disputed.For(remedy);
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today)).Do(new NoteMediation(MediationStep.Wanted, life.Today));

        life.Refused("no-such-remedy", by switch
        {
            StartEvent.AgreementReached => new NoteMediation(MediationStep.Agreed, life.Today, remedy),
            StartEvent.AppealConceded => new NoteAppeal(AppealStep.Conceded, life.Today, remedy),
            _ => new NoteAppeal(AppealStep.Ordered, life.Today, remedy),
        });
    }

    [Theory]
    [InlineData(Remedy.Assess)]
    [InlineData(Remedy.MakePlan)]
    public void The_first_limits_end_as_superseded_and_are_never_missed(Remedy remedy)
    {
        foreach (var by in Ways)
        {
            var life = Disputed.Obliged(Disputed.For(remedy), by, remedy).On(Cases.Received.AddDays(200));

            string[] first = remedy == Remedy.Assess ? ["notifyNoPlan", "draftBy", "finalPlan"] : ["draftBy", "finalPlan"];
            Assert.All(first, key => Assert.Equal(LimitStatus.Superseded, Disputed.Limit(life, key).Standing));
            Assert.DoesNotContain(life.State.MissedLimits, missed => first.Contains(missed.Split('@')[0]));
            Assert.Equal(LimitStatus.Met, Disputed.Limit(life, "decideWhetherToAssess").Standing);
        }
    }

    [Fact]
    public void An_order_takes_the_place_of_the_concession_that_it_follows()
    {
        var life = Disputed.Obliged(Disputed.Issued(), StartEvent.AppealConceded, Remedy.AmendContents);
        life.On(life.Today.AddDays(10)).Do(new NoteAppeal(AppealStep.Ordered, life.Today, Remedy.AmendContents));

        Assert.Equal((LimitStatus.Superseded, LimitStatus.Open), (Disputed.Limit(life, "concessionAmendedPlan").Standing, Disputed.Limit(life, "orderAmendedPlan").Standing));
    }

    [Fact]
    public void An_order_that_is_recorded_late_has_taken_the_place_of_the_concession_all_the_same()
    {
        var life = Disputed.Obliged(Disputed.Issued(Disputed.ByPost), StartEvent.AppealConceded, Remedy.AmendContents);
        var ordered = life.Today.AddDays(10);
        life.On(life.Today.AddDays(50));
        Assert.Equal(LimitStatus.Missed, Disputed.Limit(life, "concessionAmendedPlan").Standing);

        life.Do(new NoteAppeal(AppealStep.Ordered, ordered, Remedy.AmendContents));

        Assert.Equal(LimitStatus.Superseded, Disputed.Limit(life, "concessionAmendedPlan").Standing);
    }

    [Theory]
    [InlineData(Remedy.MakePlan)]
    [InlineData(Remedy.AmendContents)]
    public void A_remedy_fits_the_decision_that_is_disputed(Remedy remedy)
    {
        var life = Disputed.Refused();
        life.On(life.Today.AddDays(20)).Do(new NoteAppeal(AppealStep.Registered, life.Today));

        life.Refused("remedy-does-not-fit", new NoteAppeal(AppealStep.Ordered, life.Today, remedy));
    }

    [Fact]
    public void The_lists_say_what_an_ended_case_waits_for()
    {
        var life = Disputed.Obliged(Disputed.Issued(), StartEvent.TribunalOrder, Remedy.AmendContents);

        Assert.Equal($"Waiting: the amended plan, day 0 of 35, due {Words.Day(life.Today.AddDays(35))}", StatusLine.Of(life.State, life.Today, life.Rules));
    }

    internal static void CarryOut(Life life, Remedy remedy, bool otherwise)
    {
        switch (remedy)
        {
            case Remedy.Assess:
                life.On(life.Today.AddDays(10)).AnswerAll();
                life.Do(new DecideWhetherToIssuePlan(!otherwise, "On the advice."));
                if (!otherwise)
                {
                    Finish(life);
                }

                break;
            case Remedy.MakePlan:
                Finish(life);
                break;
            case Remedy.Reassess:
                Disputed.Sent(life);
                life.Do(new DecideOnPlan(!otherwise, "On the new advice.", "Not waited for."));
                break;
            case Remedy.Reconsider:
                life.Do(new DecideWhetherToAssess(otherwise, "Looked at again."));
                break;
            case Remedy.AmendContents or Remedy.NameInstitution:
                break;
            default:
                life.Do(new RecordAct(Act.RemedyCarriedOut, life.Today, "Done.", remedy));
                break;
        }

        Disputed.Sent(life);
    }

    private static void Finish(Life life)
    {
        Disputed.Sent(life.Do(new PrepareDraft()));
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One"));
    }

    private static IEnumerable<string> Rules(StartEvent by, Remedy remedy) =>
        RuleSet.England2014.Rules.Where(rule => rule.Starts == by && rule.Remedy == remedy).Select(rule => rule.Key).Order(StringComparer.Ordinal);

    private static IEnumerable<(StartEvent, Remedy)> Pairs(bool known) =>
        from way in Ways from remedy in Enum.GetValues<Remedy>() where RuleSet.England2014.HasLimitFor(way, remedy) == known select (way, remedy);
}
