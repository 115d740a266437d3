using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// Changes of ICB from the words of reg 16, as a council's guidance gives them: after a move between councils the ICB before tells the new one on the day
/// of the move, or within 15 working days beginning with the day on which it became aware where it had not known 15 working days before; after any other
/// change within these 15; and a new ICB that cannot arrange the provision asks for an assessment or a review within 15 working days of becoming aware.
/// </summary>
internal static class BoardsByHand
{
    internal static IEnumerable<HandLimit> Of(Retelling story)
    {
        if (story.Later.Boards is not [.., var last])
        {
            yield break;
        }

        var (on, aware) = (last.Change.On, last.Change.AwareOn);
        yield return last.ByMove
            ? new HandLimit("icbChange", FifteenFrom(aware) is var within && within > on ? within : on, "") { From = on }
            : new HandLimit("icbChangeWithoutMove", FifteenFrom(aware), "") { From = aware };
        if (last is { CannotOn: not null, AwareOn: { } knew })
        {
            yield return new HandLimit("icbCannot", FifteenFrom(knew), "") { From = knew };
        }
    }

    /// <summary>Whether somebody has still to meet a limit, and when it was met; null for one of another kind.</summary>
    internal static (bool Open, DateOnly? MetOn)? Standing(HandLimit limit, Retelling story)
    {
        if (limit.Key is not ("icbChange" or "icbChangeWithoutMove" or "icbCannot") || story.Later.Boards is not [.., var last])
        {
            return null;
        }

        var met = limit.Key == "icbCannot" ? last.RequestedOn : last.ToldOn;
        return (met is null && story.Life.CeasedOn is null && !(limit.Key == "icbCannot" && last.ArrangesOn is not null), met);
    }

    /// <summary>Each change is there; the new ICB has its letter and every one that follows; what it asked for was done, and not before it was.</summary>
    internal static void Check(CaseFile file, Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var (state, boards) = (file.Loaded.State, story.Later.Boards);
        var kept = state.IcbChange;
        holds(
            Invariant.TrailIsWhole,
            boards is [.., var last]
                ? (kept?.Now.Id, kept?.On, kept?.AwareOn, kept?.ByMove, kept?.Said, kept?.NewAwareOn, kept?.CannotOn, kept?.RequestedOn, kept?.ArrangesOn, kept?.CarriedOutOn)
                    == (last.Change.Icb.Id, last.Change.On, last.Change.AwareOn, last.ByMove, last.Said, last.AwareOn, last.CannotOn, last.RequestedOn, last.ArrangesOn, last.CarriedOutOn)
                    && state.Facts!.Icb.Id == last.Change.Icb.Id
                : kept is null,
            "the trail and the state differ in the change of ICB");
        var accepted = file.Ledger.Messages.Values.Count(m => m is { Accepted: true } && m.Id.StartsWith("icb-", StringComparison.Ordinal));
        holds(Invariant.TheNewBoardIsServed, boards.Count == accepted, FormattableString.Invariant($"{accepted} changes of ICB were recorded, the trail has {boards.Count}"));
        holds(Invariant.TheNewBoardIsServed, story.Later.ToAnotherBoard.Count == 0, $"an ICB that is not responsible was told: {string.Join(' ', story.Later.ToAnotherBoard)}");
        var letters = story.Notices.Values.Where(n => n is { Kind: NoticeKind.IcbChanged, To: RecipientRole.Icb }).ToList();
        for (var n = 0; n < boards.Count; n++)
        {
            var (change, number) = (boards[n], n + 1);
            holds(
                Invariant.TheNewBoardIsServed,
                letters.Exists(l => l.Occasion == number && l.SentOn >= change.Change.On && l.PlanVersion is not null) || (number < boards.Count && story.IsNoLongerDue(NoticeKind.IcbChanged, number)),
                FormattableString.Invariant($"ICB {number} was not sent the plan"));
            holds(
                Invariant.TheNewBoardIsServed,
                change.RequestedOn is null || change.CarriedOutOn >= change.RequestedOn || story.Life.CeasedOn is not null || story.Life.HandedOn is not null || story.Life.CeaseDecidedOn is not null,
                FormattableString.Invariant($"what ICB {number} asked for was never done"));
            holds(Invariant.TheNewBoardIsServed, change.CarriedOutOn is null || change.ReallyCarriedOut, FormattableString.Invariant($"what ICB {number} asked for counts as done, and it is not"));
        }
    }

    /// <summary>The last of 15 working days that begin with a day.</summary>
    private static DateOnly FifteenFrom(DateOnly day) => Calendar.WorkingDaysAfter(day, Calendar.IsWorkingDay(day) ? 14 : 15);
}
