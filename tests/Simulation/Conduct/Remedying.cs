using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using LegalAct = IntegrationHub.Orchestrations.StatutoryClock.Act;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>Which remedy is ordered, conceded or agreed. That each comes up is what matters; their shares are an assumption.</summary>
internal static class Remedies
{
    private static readonly Remedy[] OfPlan = [Remedy.AmendContents, Remedy.NameInstitution, Remedy.Reassess, Remedy.ContinuePlan, Remedy.ContinueAndAmend];
    private static readonly double[] Shares = [45, 22, 11, 11, 11];

    // A plan that is lived with comes to each decision of its own: what its final version says is amended (reg 43(2)(f) and (g)).
    private static readonly double[] OfContents = [45, 22, 0, 0, 0];

    internal static Remedy Conceded(Dispute x) => x.Notice.Kind switch
    {
        NoticeKind.WillNotAssess => Remedy.Assess,
        NoticeKind.NoPlan => Remedy.MakePlan,
        NoticeKind.WillNotReassess => Remedy.Reassess,
        NoticeKind.PlanCeases => x.Chance("goes on otherwise", 0.4) ? Remedy.ContinueAndAmend : Remedy.ContinuePlan,
        _ => OfPlan[x.S.Draw.Among($"remedy {x.Key}", x.S.Person.Years > 0 ? OfContents : Shares)],
    };

    /// <summary>The tribunal may also send a decision back, once, or dismiss an appeal against ceasing.</summary>
    internal static Remedy Ordered(Dispute x) => x.Notice.Occasion is null && (x.IsRefusal || x.Notice.Kind == NoticeKind.FinalPlan) && x.Chance("referred back", 0.15) ? Remedy.Reconsider
        : (x.Notice.Kind == NoticeKind.PlanCeases || (x.IsOfPlan && x.S.Person.Years == 0)) && x.Chance("ceases", x.S.Person.Years == 0 ? 0.08 : 0.3) ? Remedy.CeasePlan
        : Conceded(x);

    /// <summary>What cannot be appealed can be agreed as well.</summary>
    internal static Remedy Agreed(Dispute x) => x.Chance("not appealable", 0.12) ? Remedy.NotAppealable
        : x.IsOfPlan && x.Chance("the board alone", 0.1) ? Remedy.BoardOnly
        : Conceded(x);
}

/// <summary>What an order, a concession or an agreement obliges to is done, some of it late.</summary>
internal static class Remedying
{
    /// <summary>Among orders and concessions: exceptional personal circumstances are claimed. An assumption.</summary>
    private const double WithException = 0.1;

    internal static IEnumerable<Act> Acts(VisibleCase s)
    {
        var obliged = s.State.Appeal.Where(a => a.Remedy is not null).Select(a => (Remedy: a.Remedy!.Value, a.On, ByTribunal: true))
            .Concat(s.State.Mediation.Where(m => m.Remedy is not null).Select(m => (Remedy: m.Remedy!.Value, m.On, ByTribunal: false)));
        return [.. obliged.SelectMany(o => CarryOut(s, o.Remedy, o.On, o.ByTribunal)), .. ByHand(s), .. Recommended(s)];
    }

    private static IEnumerable<Act> CarryOut(VisibleCase s, Remedy remedy, DateOnly on, bool byTribunal)
    {
        var draw = s.Draw;
        var key = FormattableString.Invariant($"{remedy}-{on:yyyyMMdd}");
        if (byTribunal && draw.Chance($"exception after {key}", WithException))
        {
            yield return VisibleCase.Office(on.AddDays(12), $"except-{key}", () => new ClaimException($"after-{key}", Ground.OrderExceptionalCircumstances, on.AddDays(2), on.AddDays(9), "A letter.", "Nobody could be met."));
        }

        switch (remedy)
        {
            case Remedy.NotAppealable when draw.Chance($"said in mediation {key}", 0.5):
                yield return VisibleCase.Office(on.AddDays(draw.Between($"carried out {key}", 2, 25)), $"mediation-carried-{key}", () => new NoteMediation(MediationStep.CarriedOut, s.Today));
                break;
            case Remedy.ContinuePlan or Remedy.ContinueAndAmend or Remedy.CeasePlan or Remedy.BoardOnly or Remedy.NotAppealable:
                yield return VisibleCase.Office(on.AddDays(draw.Between($"carried out {key}", 0, 12)), $"done-{key}", () => new RecordAct(LegalAct.RemedyCarriedOut, s.Today, "It was done, and the family told.", remedy));
                break;
            case Remedy.Reassess or Remedy.Reconsider when s.State.Stage == Stage.PlanIssued && !(s.State.AmendDecision?.On >= on):
                var (from, to) = remedy == Remedy.Reassess ? (40, 105) : (4, 20);
                yield return PlanMaking.Again(s, on.AddDays(draw.Between($"decided after {key}", from, to)), $"replan-{key}", () => new DecideOnPlan(draw.Chance($"amends {key}", 0.7), "On the new advice.", AskingAgain.NotWaitedFor(s)));
                break;
        }
    }

    /// <summary>Letters that the hub does not write: those of amended plans that people put together elsewhere.</summary>
    private static IEnumerable<Act> ByHand(VisibleCase s) =>
        from notice in s.State.Notices
        where notice is { SentOn: null, PlannedOn: not null, Kind: NoticeKind.AmendedPlan, PlanVersion: null }
            && (notice.To != RecipientRole.Family || s.State.Facts!.Family.ElectronicServiceAgreedOn is not null)
        let written = notice.PlannedOn!.Value.AddDays(s.Draw.Between($"written {notice.Kind} {notice.Occasion}", 2, 45))
        select VisibleCase.Office(written, $"post-{notice.Id}", () => new RecordNoticeSent(notice.Id, s.Today, NoticeChannel.Post));

    private static IEnumerable<Act> Recommended(VisibleCase s) =>
        from made in s.State.Recommendations
        where !s.State.Acts.Any(a => a.Act == LegalAct.RecommendationAnswered && a.On >= made.ReceivedOn)
        select VisibleCase.Office(made.ReceivedOn.AddDays(s.Draw.Between("recommendation answered", 12, 48)), FormattableString.Invariant($"done-recommendation-{made.ReceivedOn:yyyyMMdd}"), () => new RecordAct(LegalAct.RecommendationAnswered, s.Today, "The therapy is arranged."));
}
