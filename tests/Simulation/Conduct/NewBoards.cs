using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;
using LegalAct = IntegrationHub.Orchestrations.StatutoryClock.Act;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// Another ICB becomes responsible (reg 16), by a move between councils or otherwise: the ICB before tells it, in time or late, and it says
/// whether it arranges the provision in section G, or asks the council to assess or to review.
/// </summary>
internal static class NewBoards
{
    // Assumptions: nothing is published on any of it.
    private const double Changes = 0.015;
    private const double ChangesWithMove = 0.35;
    private const double ToldLate = 0.25;
    private const double NeverTold = 0.05;
    private const double Silent = 0.08;
    private const double SaysLate = 0.25;
    private const double ByItself = 0.7;

    private static readonly IcbStatement[] Words = [IcbStatement.Arranges, IcbStatement.Cannot, IcbStatement.AsksToAssess, IcbStatement.AsksToReview];
    private static readonly double[] Shares = [64, 12, 9, 15];

    /// <summary>The new ICB asked for an assessment, and the council has not complied.</summary>
    internal static bool AsksToAssess(VisibleCase s) => s.State.IcbChange is { Said: IcbStatement.AsksToAssess, CarriedOutOn: null };

    /// <summary>The day on which the new ICB asked for a review that the council has not arranged; null where it did not.</summary>
    internal static DateOnly? AsksToReview(VisibleCase s) => s.State.IcbChange is { Said: IcbStatement.AsksToReview, CarriedOutOn: null } asked ? asked.RequestedOn : null;

    /// <summary>A change, some weeks after it happened.</summary>
    internal static IEnumerable<Act> Begun(VisibleCase s, DateOnly since)
    {
        if (s.State.IcbChange is { Said: IcbStatement.AsksToAssess or IcbStatement.AsksToReview, CarriedOutOn: null })
        {
            yield break;
        }

        var draw = s.Draw;
        if (s.State.TakenOver is { Plan.TransferredOn: { } moved } taken && s.State.IcbChange is null && draw.Chance("another board after the move", ChangesWithMove))
        {
            yield return VisibleCase.Office(taken.On.AddDays(draw.Between("another board after the move after", 2, 40)), "icb-move", () =>
            {
                var aware = moved.AddDays(draw.Between("the board before became aware", -35, 20));
                return new RecordIcbChange(Another(s, 0), moved, aware < s.Today ? aware : s.Today);
            });
        }
        else if (Living.Seldom(s, "another board", Changes))
        {
            var year = s.State.Reviews.Count;
            yield return VisibleCase.Office(since.AddDays(Living.Between(s, "another board after", 20, 240)), FormattableString.Invariant($"icb-{year}"), () =>
            {
                var first = s.State.IcbChange?.On ?? s.State.TakenOver?.On ?? since;
                var changed = s.Today.AddDays(-Living.Between(s, "another board since", 0, 40));
                changed = changed > first ? changed : first;
                var aware = changed.AddDays(Living.Between(s, "the board before was aware after", -10, 20));
                return new RecordIcbChange(Another(s, year + 1), changed, aware < s.Today ? aware : s.Today);
            });
        }
    }

    /// <summary>What follows from the last change.</summary>
    internal static IEnumerable<Act> UnderWay(VisibleCase s)
    {
        if (s.State.IcbChange is not { } change)
        {
            yield break;
        }

        var (draw, key, number) = (s.Draw, FormattableString.Invariant($"{change.Now.Id.Code}-{change.On:yyyyMMdd}"), (long)change.On.DayNumber);
        if (!draw.Chance("board never told", NeverTold, number) && !s.State.Acts.Skip(change.ActsBefore).Any(a => a.Act == LegalAct.NewIcbTold && (a.On >= change.On || a.On >= change.AwareOn)))
        {
            var told = draw.Chance("board told late", ToldLate, number) ? draw.Between("board told after", 23, 60, number) : draw.Between("board told after", 1, 17, number);
            yield return VisibleCase.Office(change.AwareOn.AddDays(told), $"done-newicb-{key}", () => new RecordAct(LegalAct.NewIcbTold, Entered(s, change), "It told the new ICB by letter."));
        }

        if (draw.Chance("board silent", Silent, number))
        {
            yield break;
        }

        var aware = change.NewAwareOn ?? Later(change.On, change.AwareOn).AddDays(draw.Between("new board aware after", 0, 12, number));
        if (change.Said is null)
        {
            var says = Words[draw.Among("board says", Shares, number)];
            var after = draw.Chance("board says late", SaysLate, number) ? draw.Between("board says after", 22, 50, number) : draw.Between("board says after", 3, 17, number);
            yield return Word(s, aware, aware.AddDays(after), $"icbsays-{key}", says);
        }
        else if (change is { Said: IcbStatement.Cannot, CannotOn: { } since })
        {
            var says = draw.Chance("board arranges after all", 0.3, number) ? IcbStatement.Arranges : draw.Chance("board asks to assess", 0.4, number) ? IcbStatement.AsksToAssess : IcbStatement.AsksToReview;
            yield return Word(s, aware, since.AddDays(draw.Between("board asks after", 2, 30, number)), $"icbsays-{key}-more", says);
        }
    }

    /// <summary>The council hears of some days later.</summary>
    private static DateOnly Entered(VisibleCase s, IcbChange change) =>
        s.Draw.Chance("board told, entered later", 0.25, change.On.DayNumber) && s.Today.AddDays(-5) is var before && before >= change.AwareOn ? before : s.Today;

    private static Act Word(VisibleCase s, DateOnly aware, DateOnly on, string id, IcbStatement says)
    {
        var icb = s.State.Facts!.Icb;
        return s.Draw.Chance($"{id} by itself", ByItself)
            ? new Act(Later(on, aware), id, Actors.Of(icb), () => new RecordIcbRequest(says, s.Today, aware, "About the therapy in section G."))
            : VisibleCase.Office(Later(on, aware), id, () => new RecordIcbRequest(says, Later(aware, s.Today.AddDays(-2)), aware, "About the therapy in section G, by telephone."));
    }

    private static Agency Another(VisibleCase s, int number)
    {
        var first = s.Draw.Between("which board", 0, England.All.Count - 1, number);
        return Enumerable.Range(first, England.All.Count).Select(n => England.All[n % England.All.Count].Icb).First(icb => icb.Id != s.State.Facts!.Icb.Id);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
