using System.Runtime.CompilerServices;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// Reads every letter that left for somebody, as its reader has it, and holds it against the trail, the family and the council: whose it
/// is, its last days by the words of the law, and what regs 5(3), 10(3), 14(2) and 32 say that it must tell the family. Shares nothing
/// with the rules and templates by which the hub writes letters.
/// </summary>
internal sealed class LetterCheck(CaseLedger ledger, Verdict verdict)
{
    /// <summary>Reg 32: all of it, in each notice of a decision that can be appealed.</summary>
    private const LetterSays Rights =
        LetterSays.RightToAppeal | LetterSays.Tribunal | LetterSays.RightToMediation | LetterSays.Certificate | LetterSays.TellTheCouncil | LetterSays.TellOfHealthCare;

    private readonly Dictionary<string, (Notice Notice, string? Reasons)> planned = new(StringComparer.Ordinal);
    private readonly Dictionary<NoticeKind, string> reasons = [];

    private Person Person => ledger.Person;

    internal void Hear(RecordedEvent recorded)
    {
        switch (recorded.What)
        {
            case AssessmentRefused e: reasons[NoticeKind.WillNotAssess] = e.Reasons; break;
            case PlanRefused e: reasons[NoticeKind.NoPlan] = e.Reasons; break;
            case ReassessmentRefused e: reasons[NoticeKind.WillNotReassess] = e.Reasons; break;
            case DecidedOnPlan { Amend: false } e: reasons[NoticeKind.NoChange] = e.Reasons; break;
            case NoticePlanned e: planned[e.Notice.Id] = (e.Notice, reasons.GetValueOrDefault(e.Notice.Kind)); break;
            case NoticePlanSet e: planned[e.NoticeId] = (planned[e.NoticeId].Notice with { PlanVersion = e.Version }, planned[e.NoticeId].Reasons); break;
            case NoticeSent e when planned[e.NoticeId].Notice is not { Kind: NoticeKind.AmendedPlan, PlanVersion: null }:
                var left = ledger.Letters.GetValueOrDefault(e.NoticeId);
                verdict.Holds(Invariant.NoticesWereSent, left is not null, Person.Id, $"{e.NoticeId} counts as sent, and no letter of it ever left");
                verdict.Holds(Invariant.NoticesWereSent, left is null || left.After < recorded.Sequence, Person.Id, $"{e.NoticeId} was recorded as sent before its letter left");
                break;
        }
    }

    /// <summary>Reads the letters.</summary>
    internal void Compare()
    {
        foreach (var (id, letter) in ledger.Letters)
        {
            var (notice, why) = planned.GetValueOrDefault(id);
            if (!Holds(notice is not null, id, $"gives a notice that was never called for"))
            {
                continue;
            }

            Own(id, notice!, letter);
            if (notice!.To != RecipientRole.Family)
            {
                continue;
            }

            if (CanBeAppealed(notice.Kind))
            {
                Appealable(id, letter);
                Holds(why is null || letter.Read.Reasons == why, id, $"does not give the reasons for the decision");
            }

            if (notice is { Kind: NoticeKind.PreferenceAsked, Day: { } by })
            {
                Holds(letter.Read.SayBy == by, id, $"asks for the preference by {letter.Read.SayBy:O}");
            }

            if (notice.Kind == NoticeKind.DraftPlan)
            {
                var served = letter.ByPost ? Calendar.WorkingDaysAfter(letter.On, 2) : letter.On;
                Holds(letter.Read.SayBy == served.AddDays(14), id, $"gives the family until {letter.Read.SayBy:O} for the draft");
            }
        }
    }

    private static bool CanBeAppealed(NoticeKind kind) => kind is NoticeKind.WillNotAssess or NoticeKind.NoPlan or NoticeKind.FinalPlan or NoticeKind.NoChange
        or NoticeKind.AmendedPlan or NoticeKind.PlanKeptAfterReview or NoticeKind.PlanCeases or NoticeKind.NotAmendedAfterAll or NoticeKind.WillNotReassess;

    private void Own(string id, Notice notice, SentLetter letter)
    {
        var read = letter.Read;
        var family = Person.Facts.Child.FamilyName;
        Holds(read.Reference == Person.Id.Value, id, $"bears the reference {read.Reference}");
        Holds(read.Names == family, id, $"names another family, or does not name its own");
        Holds(read.Dated == letter.On, id, $"is dated {read.Dated:O} and left on {letter.On:O}");
        Holds(notice.Agency is { } agency ? read.Reader == agency.Name : read.Reader.EndsWith($" {family}", StringComparison.Ordinal), id, $"is addressed to [{read.Reader}]");
    }

    private void Appealable(string id, SentLetter letter)
    {
        var (read, council) = (letter.Read, Person.Council.Profile);
        var last = Calendar.LastToAppeal(letter.On);
        Holds(read.AppealBy == last, id, $"says that the last day to appeal is {read.AppealBy:O}, which is {last:O}");
        Holds(read.AdviserBy == letter.On.AddMonths(2), id, $"says that the last day for the mediation adviser is {read.AdviserBy:O}");
        Holds(read.Says.HasFlag(Rights), id, $"says of the family's rights only {read.Says}");
        foreach (var contact in new[] { council.MediationAdviser, council.MediationContact, council.DisagreementResolution, council.InformationAndAdvice })
        {
            Holds(read.Contacts.Split('\n').Contains(contact, StringComparer.Ordinal), id, $"does not say how to reach {contact}");
        }
    }

    private bool Holds(bool holds, string id, [InterpolatedStringHandlerArgument(nameof(holds))] ref Found otherwise) =>
        verdict.Holds(Invariant.LettersAreRight, holds, Person.Id, $"the letter of {id} {otherwise.Say()}");
}
