using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Posting;

/// <summary>Writes a letter as the hub does; null where it cannot be written.</summary>
internal delegate LetterLayout? WriteLetter(LetterSubject subject, AssessmentState state, LetterSending sending);

/// <summary>
/// Where letters leave for their readers. The hub's own rules and templates write them, on the day of sending; what a reader finds on the
/// page is all that is known about a letter from then on.
/// </summary>
/// <param name="letters">The hub's letters.</param>
/// <param name="around">For tests that plant a bug: what stands between the letters and those who read them.</param>
/// <param name="time">The clock of the year.</param>
internal sealed class LetterDesk(LetterStore letters, Func<WriteLetter, WriteLetter> around, TimeProvider time)
{
    private readonly WriteLetter write = around((subject, state, sending) => letters.LayOut(subject, state, sending).Layout);

    /// <summary>Sends the letter of a notice. One that has already been sent is not sent again, and one that an officer writes is not sent here.</summary>
    /// <returns>False where the hub cannot write it.</returns>
    internal bool Leaves(CaseLedger ledger, AssessmentState state, string noticeId, NoticeChannel by)
    {
        var notice = state.Notices.First(n => n.Id == noticeId);
        if (!LetterWriting.IsWrittenByHub(notice) || ledger.Letters.ContainsKey(noticeId))
        {
            return true;
        }

        var today = Calendar.Day(time.GetUtcNow());
        if (write(new LetterSubject(LetterWriting.KindOf(notice.Kind), noticeId), state, new LetterSending(today, by)) is not { } layout)
        {
            return false;
        }

        ledger.Letters[noticeId] = new SentLetter(state.Version, today, by == NoticeChannel.Post, ReadLetter.Of(LetterHtml.Render(layout)));
        return true;
    }
}
