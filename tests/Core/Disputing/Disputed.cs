using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Disputing;

/// <summary>Cases whose decision the family disputes.</summary>
internal static class Disputed
{
    internal static readonly OpeningFacts ByPost = Cases.Facts with { Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = null } };

    /// <summary>The council refused to assess on the tenth day.</summary>
    internal static Life Refused(OpeningFacts? facts = null)
    {
        var life = Life.Opened(facts).On(Cases.Received.AddDays(10));
        life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(false, "Not necessary."));
        return Sent(life);
    }

    /// <summary>The council decided on the thirtieth day that no plan is necessary.</summary>
    internal static Life NoPlan(OpeningFacts? facts = null)
    {
        var life = Sent(Life.Assessing(facts));
        life.On(Cases.Received.AddDays(30)).AnswerAll();
        return Sent(life.Do(new DecideWhetherToIssuePlan(false, "Not necessary.")));
    }

    /// <summary>The final plan names a special school.</summary>
    internal static Life Issued(OpeningFacts? facts = null, Rules? rules = null)
    {
        var life = Sent(Life.Consulting(facts, rules));
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        return Sent(life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One")));
    }

    /// <summary>A case in which this remedy can be ordered, agreed or conceded.</summary>
    internal static Life For(Remedy remedy, OpeningFacts? facts = null) => remedy switch
    {
        Remedy.Assess or Remedy.Reconsider => Refused(facts),
        Remedy.MakePlan => NoPlan(facts),
        _ => Issued(facts),
    };

    /// <summary>The remedy comes a fortnight after the appeal, or the wish for mediation.</summary>
    internal static Life Obliged(Life life, StartEvent by, Remedy remedy)
    {
        life.On(life.Today.AddDays(20));
        life.Do(by == StartEvent.AgreementReached ? new NoteMediation(MediationStep.Wanted, life.Today) : new NoteAppeal(AppealStep.Registered, life.Today));
        life.On(life.Today.AddDays(14));
        return life.Do(by switch
        {
            StartEvent.AgreementReached => new NoteMediation(MediationStep.Agreed, life.Today, remedy),
            StartEvent.AppealConceded => new NoteAppeal(AppealStep.Conceded, life.Today, remedy),
            _ => new NoteAppeal(AppealStep.Ordered, life.Today, remedy),
        });
    }

    /// <summary>Every notice that waits for a person is handed over today.</summary>
    internal static Life Sent(Life life) => life.HandOverAll();

    internal static LimitProgress Limit(Life life, string key) => Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == key);

    /// <summary>The limits of the remedy.</summary>
    internal static IReadOnlyList<LimitProgress> LimitsOf(Life life, StartEvent by, Remedy remedy) =>
        [.. Limits.Of(life.State, life.Today, life.Rules).Where(l => l.Limit.Rule.Starts == by && l.Limit.Rule.Remedy == remedy)];
}
