using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// The phase transfer (reg 18): recorded from the summer of the year before with the family's preference, or the family is asked for it by letter; three institutions consulted in one act on the
/// amendments, their answers, and the place named from the first day of the new phase.
/// </summary>
internal static class Transferring
{
    // Assumptions: nothing is published on how late transfers are taken up, or how institutions answer.
    internal const double DecidedInTime = 0.8;
    internal const double LateFinal = 0.1;
    private const double TakenUpLate = 0.15;
    private const int FirstMonth = 6;
    private const double Staying = 0.1;
    private const double ChangesCollege = 0.2;
    private const double Wishes = 0.6;
    private const double AskedByLetter = 0.5;
    private const double Answers = 0.85;
    private const double AnswersLate = 0.25;
    private const double AnswersAgain = 0.12;
    private const double ByLetterOrTelephone = 0.6;
    private const double Silent = 0.08;
    private const double Late = 0.25;
    private const double Refuses = 0.2;

    /// <summary>Institutions that are consulted in one act.</summary>
    internal const int Consulted = 3;

    /// <summary>Transfers by the age that a child has reached when the school year begins.</summary>
    private static readonly (int Age, TransferOfPhase Transfer)[] Phases =
        [(4, TransferOfPhase.EarlyYearsToSchool), (11, TransferOfPhase.PrimaryToSecondary), (16, TransferOfPhase.SecondaryToPost16), (19, TransferOfPhase.BetweenPost16)];

    /// <summary>The transfer that waits for a plan that names its place; null where there is none.</summary>
    internal static PhaseTransfer? Pending(VisibleCase s) =>
        s.State.PhaseTransfers is [.., { Transfer: not TransferOfPhase.Stays, Version: null } last] && (s.State.Placement?.From?.Year != last.On.Year || s.State.Amendments is [.., { Outcome: null }]) ? last : null;

    /// <summary>The transfer of the school year that comes is recorded, or that the child stays where it is.</summary>
    internal static IEnumerable<Act> Recorded(VisibleCase s)
    {
        // Who came here with a place of the next phase was placed by the council before.
        var year = s.Today.Month >= FirstMonth ? s.Today.Year + 1 : s.Today.Year;
        if (Coming(s, year) is not { } transfer || s.State.PhaseTransfers.Any(one => one.On.Year == year) || s.State.Placement?.From?.Year == year)
        {
            yield break;
        }

        var draw = s.Draw;
        var asked = TakenUp(s, year);
        if (draw.Chance("stays", Staying, year))
        {
            yield return VisibleCase.Office(asked, FormattableString.Invariant($"transfer-{year}"), () => new RecordPhaseTransfer(TransferOfPhase.Stays, First(year), Reasons: "The school teaches the next phase too."));
            yield break;
        }

        yield return VisibleCase.Office(asked, FormattableString.Invariant($"transfer-{year}"), () => draw.Chance("preference asked by letter", AskedByLetter, year)
            ? new RecordPhaseTransfer(transfer, First(year))
            : new RecordPhaseTransfer(transfer, First(year), s.Today, "A school near home."));
    }

    /// <summary>The day on which the family was asked which institution it prefers: as recorded, or by the letter; null until then.</summary>
    internal static DateOnly? AskedOn(VisibleCase s, PhaseTransfer transfer) => transfer.PreferenceAskedOn ?? Asking(s, transfer)?.SentOn;

    /// <summary>The family is asked by letter, and answers: in time or late, by itself or through an officer, some of them twice.</summary>
    internal static IEnumerable<Act> Preferences(VisibleCase s)
    {
        if (Pending(s) is not { PreferenceAskedOn: null } transfer)
        {
            yield break;
        }

        var (draw, year) = (s.Draw, transfer.On.Year);
        if (transfer.Letter is null)
        {
            yield return PlanMaking.Again(s, TakenUp(s, year).AddDays(draw.Between("preference asked after", 0, 12, year)), FormattableString.Invariant($"askpref-{year}"),
                () => new AskTransferPreference(s.Today.AddDays(draw.Between("preference asked by", 14, 28, year))));
            yield break;
        }

        if (Asking(s, transfer) is not { SentOn: { } sent, Day: { } by } || !draw.Chance("answers on the preference", Answers, year))
        {
            yield break;
        }

        var inTime = Math.Max(1, by.DayNumber - sent.DayNumber);
        var on = draw.Chance("answers on the preference late", AnswersLate, year) ? by.AddDays(draw.Between("answers late after", 1, 25, year)) : sent.AddDays(draw.Between("answers after", 1, inTime, year));
        yield return Answer(s, sent, on, FormattableString.Invariant($"prefer-{year}"), FormattableString.Invariant($"The school by the river, for {year}"));
        if (draw.Chance("answers again", AnswersAgain, year))
        {
            yield return Answer(s, sent, on.AddDays(draw.Between("answers again after", 2, 20, year)), FormattableString.Invariant($"prefer-{year}-again"), FormattableString.Invariant($"The school on the hill after all, for {year}"));
        }
    }

    private static Act Answer(VisibleCase s, DateOnly sent, DateOnly on, string id, string place) => s.Draw.Chance($"{id} by itself", ByLetterOrTelephone)
        ? new Act(on, id, Actors.Family, () => new AnswerTransferPreference(s.Today, place))
        : VisibleCase.Office(on.AddDays(s.Draw.Between($"{id} entered after", 0, 4)), id, () => new AnswerTransferPreference(on > s.Today ? s.Today : on < sent ? sent : on, place, Text: "By telephone."));

    private static Notice? Asking(VisibleCase s, PhaseTransfer transfer) => transfer.Letter is { } letter
        ? s.State.Notices.FirstOrDefault(n => n is { Kind: NoticeKind.PreferenceAsked, To: RecipientRole.Family } && n.Occasion == letter)
        : null;

    private static DateOnly TakenUp(VisibleCase s, int year) => new DateOnly(year - 1, FirstMonth, 15).AddDays(
        s.Draw.Chance("transfer taken up late", TakenUpLate, year) ? s.Draw.Between("transfer taken up", 150, 230, year) : s.Draw.Between("transfer taken up", 0, 90, year));

    /// <summary>On the amendments that are with the family: the institutions are consulted, answer, and one of them is named.</summary>
    internal static IEnumerable<Act> OnAmendments(VisibleCase s, PlanAmendment open, PhaseTransfer transfer)
    {
        var (draw, year) = (s.Draw, transfer.On.Year);
        var places = Places(s, transfer);
        var asked = s.State.Institutions.Where(i => places.Exists(p => p.Id == i.Institution.Id) && i.On >= (transfer.PreferenceAskedOn ?? new DateOnly(year - 1, FirstMonth, 1))).ToList();
        var consult = FormattableString.Invariant($"consultall-{places[0].Id.Code}-{year}");
        if (!s.Ledger.IsAnswered(consult))
        {
            yield return VisibleCase.Office(open.ProposedOn.AddDays(draw.Between("places consulted after", 1, 6, year)), consult, () => new ConsultInstitution(places[0], s.Today, [.. places.Skip(1)]));
            yield break;
        }

        if (asked.Count == 0)
        {
            yield break;
        }

        foreach (var one in asked.Where(one => one.AnsweredOn is null && !draw.Chance($"silent {one.Institution.Id}", Silent, year)))
        {
            var days = draw.Chance($"late {one.Institution.Id}", Late, year) ? draw.Between($"answers {one.Institution.Id}", 16, 24, year) : draw.Between($"answers {one.Institution.Id}", 2, 14, year);
            var refuses = one.Institution.Id != places[^1].Id && draw.Chance($"refuses {one.Institution.Id}", Refuses, year);
            yield return new Act(one.On.AddDays(days), FormattableString.Invariant($"place-{one.Institution.Id.Code}-{year}"), Actors.Of(one.Institution), () => new RecordInstitutionAnswer(
                one.Institution.Id, s.Today, !refuses, "See our letter.", refuses ? [PlacementObjection.Unsuitable] : null, refuses ? null : "One place from September.", refuses ? null : 14_200));
        }

        if (s.State.Placement?.From?.Year != year)
        {
            var all = asked.TrueForAll(one => one.AnsweredOn is not null) ? asked.Max(one => one.AnsweredOn)!.Value : asked.Max(one => one.On).AddDays(22);
            yield return VisibleCase.Office(all.AddDays(draw.Between("placed after", 0, 5, year)), FormattableString.Invariant($"name-{year}-{open.Number}"), () => Named(s, transfer, asked));
        }
    }

    /// <summary>The institution for which the family asks with its representations.</summary>
    internal static Agency? Wish(VisibleCase s) => Pending(s) is { } transfer && s.Draw.Chance("wishes", Wishes, transfer.On.Year) ? Places(s, transfer)[s.Draw.Between("wishes which", 0, Consulted - 1, transfer.On.Year)] : null;

    private static NamePlacement Named(VisibleCase s, PhaseTransfer transfer, List<ConsultedInstitution> asked)
    {
        var places = Places(s, transfer);
        var wanted = s.State.Representations.LastOrDefault(r => r.RequestedInstitution is not null && r.Version == s.State.Amendments[^1].Version)?.RequestedInstitution;
        var can = asked.Where(one => one.CanMeetNeeds != false).Select(one => one.Institution).ToList();
        var named = can.Find(one => one.Id == wanted?.Id) ?? places.Find(one => can.Exists(i => i.Id == one.Id)) ?? places[^1];
        return new NamePlacement("A place of the next phase", named, wanted is null || wanted.Id == named.Id ? null : "It is unsuitable for the needs of the child.", transfer.On);
    }

    private static TransferOfPhase? Coming(VisibleCase s, int year)
    {
        var born = s.State.Facts!.Child.DateOfBirth;
        var age = year - born.Year - (born.Month >= 9 ? 1 : 0);
        foreach (var (at, transfer) in Phases)
        {
            if (at == age && (transfer != TransferOfPhase.BetweenPost16 || s.Draw.Chance("changes college", ChangesCollege)))
            {
                return transfer;
            }
        }

        return null;
    }

    private static DateOnly First(int year) => Calendar.OnWorkingDay(new DateOnly(year, 9, 1));

    private static List<Agency> Places(VisibleCase s, PhaseTransfer transfer)
    {
        var (council, first) = (s.Person.Council, s.Draw.Between("place of the next phase", 0, 40, transfer.On.Year));
        return transfer.Transfer is TransferOfPhase.SecondaryToPost16 or TransferOfPhase.BetweenPost16
            ? [England.College(council), England.School(council, first), England.SpecialSchool(council, first)]
            : [England.School(council, first), England.School(council, first + 1), England.SpecialSchool(council, first)];
    }
}
