using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;
using LegalAct = IntegrationHub.Orchestrations.StatutoryClock.Act;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>The family moves to the area of another council (reg 15): recorded, handed on in time or late, and taken up by the officers there.</summary>
internal static class Relocating
{
    // Assumptions: nothing is published on how early a council hears of a move, or how late plans are handed on.
    private const double HandedOnLate = 0.2;
    private const double HeardBefore = 0.4;
    private const double ToldLate = 0.15;
    private const double ByLetter = 0.7;
    private const double MovesAgain = 0.3;

    /// <summary>No plan moves in the first statutory year.</summary>
    private static readonly DateOnly Earliest = new(2027, 3, 1);

    /// <summary>Whether the plan was handed on: nobody works on it here any more.</summary>
    internal static bool HandedOn(VisibleCase s) => s.State.Acts.Any(act => act.Act == LegalAct.PlanHandedOn);

    /// <summary>For a plan that was taken over: the day from which its first year here runs, so that the review comes in time; null for any other.</summary>
    internal static DateOnly? Since(VisibleCase s) => s.State.TakenOver is not { } taken ? null
        : (taken.Plan.LastReviewedOn ?? taken.Plan.IssuedOn) is var last && last > taken.On.AddDays(-UsualDays) ? last : taken.On.AddDays(-UsualDays);

    internal static IEnumerable<Act> Acts(VisibleCase s, DateOnly issued) => [.. Arrived(s), .. Leaves(s, issued)];

    /// <summary>The family has an address here, and is told what happens to its plan.</summary>
    private static IEnumerable<Act> Arrived(VisibleCase s)
    {
        if (s.State.TakenOver is not { } taken)
        {
            yield break;
        }

        var draw = s.Draw;
        if (draw.Chance("electronic here", 0.6))
        {
            yield return VisibleCase.Office(taken.On.AddDays(draw.Between("address after", 1, 9)), "address", () => new CorrectFacts(
                "The family's letter.", Family: s.State.Facts!.Family with { ElectronicServiceAgreedOn = taken.On, PostalAddress = ["2 New Road", "Newtown", "NE1 1AA"] }));
        }

        var told = draw.Chance("told late", ToldLate) ? draw.Between("told after", 43, 80) : draw.Between("told after", 4, 40);
        yield return VisibleCase.Office(taken.On.AddDays(told), "toldmove", () => draw.Chance("told by the hub's letter", ByLetter)
            ? new NotifyOfTransfer(false, ReviewBy(taken.On, s.Today))
            : new RecordAct(LegalAct.FamilyToldOfTransfer, s.Today, "By letter: the plan was transferred, and when it is reviewed."));
    }

    /// <summary>Within three months of the transfer, which reg 15(5) leaves for the review of any plan.</summary>
    private static DateOnly ReviewBy(DateOnly transferred, DateOnly today) => new[] { transferred.AddDays(80), today.AddDays(5) }.Max();

    private static IEnumerable<Act> Leaves(VisibleCase s, DateOnly issued)
    {
        var (draw, from) = (s.Draw, s.State.TakenOver?.On ?? issued);
        if (!s.Person.Moves || (s.Person.From is not null && !draw.Chance("moves again", MovesAgain)) || s.State.NewestPlan is null)
        {
            yield break;
        }

        var known = from.AddDays(draw.Between("moves after", 120, 365 * s.Person.Years));
        known = known < Earliest ? Earliest.AddDays(draw.Between("moves at the earliest", 0, 60)) : known;
        if (known > issued.AddYears(s.Person.Years))
        {
            yield break;
        }

        var to = s.Ledger.Leaves ??= new HandOver(s.Person.Id, England.Elsewhere(s.Person.Council, draw.Between("moves to", 0, 75)), s.Person.From);
        var on = known.AddDays(draw.Chance("heard before", HeardBefore) ? draw.Between("moves later", 5, 40) : -draw.Between("moved earlier", 0, 25));
        yield return VisibleCase.Office(known, "leaving", () => new MoveToAnotherCouncil(to.To.Profile.Code, on > from ? on : s.Today, s.Today));
        if (s.State.MovingTo is not { } move)
        {
            yield break;
        }

        // The package holds every version: one that is not on its shelf yet is waited for.
        var due = move.On > move.AwareOn ? move.On : move.AwareOn;
        var after = draw.Chance("handed on late", HandedOnLate) ? draw.Between("handed on after", 24, 60) : draw.Between("handed on after", 0, 14);
        if (s.Ledger.Leaves is { Problem: null or "" } && s.State.Plans.All(version => version.KeptAt is not null))
        {
            yield return VisibleCase.Office(due.AddDays(after), "handed", () => new RecordAct(LegalAct.PlanHandedOn, s.Today, "The signed package was handed over, and its key compared over the telephone."));
        }
    }

    private const int UsualDays = 240;
}
