using System.Text.RegularExpressions;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Posting;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Slips in letters: when they count as sent, and what their readers find in them. Cases, trails and plans are right.</summary>
internal static class LetterBugs
{
    internal static IEnumerable<(string Name, Invariant By, Func<SimulationOptions, SimulationOptions> Plant)> All =>
    [
        ("a notice counts as sent when its letter is queued", Invariant.NoticesWereSent, Bugs.Turns(SentWhenQueued)),
        ("a posted letter counts as sent, and none was written", Invariant.NoticesWereSent, Written(write => (subject, state, sending) => sending.By == NoticeChannel.Post ? null : write(subject, state, sending))),
        ("the last day to appeal counts from the decision", Invariant.LettersAreRight, Written(write => (subject, state, sending) =>
            write(subject, state, sending) is { } right ? WithDays(right, write(subject, state, sending with { On = state.AssessDecision?.On ?? sending.On })) : null)),
        ("the last day to appeal is another day", Invariant.LettersAreRight, Words("(must have your appeal by )\\w+ \\d+ \\w+ \\d+", "$1Friday 1 January 2100")),
        ("a letter leaves three days after it was written", Invariant.LettersAreRight, Written(write => (subject, state, sending) => write(subject, state, sending with { On = sending.On.AddDays(-3) }))),
        ("the mediation adviser is missing", Invariant.LettersAreRight, Without("Mediation, 0300")),
        ("the advice and support service is missing", Invariant.LettersAreRight, Without("SENDIASS, 0300")),
        ("nobody says that a certificate is needed", Invariant.LettersAreRight, Without("You need a certificate")),
        ("nobody says that the council must be told of the health care that is wanted", Invariant.LettersAreRight, Without("If you want mediation, tell us")),
        ("a refusal gives no reasons", Invariant.LettersAreRight, Without("These are the reasons")),
        ("the letter of another case is sent", Invariant.LettersAreRight, WithAnother((_, other) => other)),
        ("the text of another family's letter is sent under the right address", Invariant.LettersAreRight, WithAnother((own, other) => own with { Blocks = other.Blocks })),
        ("the right letter is sent to another family", Invariant.LettersAreRight, WithAnother((own, other) => own with { Address = other.Address })),
    ];

    private static Func<SimulationOptions, SimulationOptions> Written(Func<WriteLetter, WriteLetter> change) => o => o with { AroundLetters = change };

    private static Func<SimulationOptions, SimulationOptions> Laid(Func<LetterLayout, LetterLayout> change) =>
        Written(write => (subject, state, sending) => write(subject, state, sending) is { } right ? change(right) : null);

    private static Func<SimulationOptions, SimulationOptions> Words(string pattern, string others) =>
        Laid(letter => letter with { Blocks = [.. letter.Blocks.Select(b => b with { Words = Regex.Replace(b.Words, pattern, others) })] });

    private static Func<SimulationOptions, SimulationOptions> Without(string words) =>
        Laid(letter => letter with { Blocks = [.. letter.Blocks.Where(b => !b.Words.Contains(words, StringComparison.Ordinal))] });

    /// <summary>The text of one letter under the day of another.</summary>
    private static LetterLayout? WithDays(LetterLayout right, LetterLayout? text) => text is null ? null : right with { Blocks = text.Blocks };

    /// <summary>The letter written before it, of whatever case, takes part in each.</summary>
    private static Func<SimulationOptions, SimulationOptions> WithAnother(Func<LetterLayout, LetterLayout, LetterLayout> mix) => o =>
    {
        LetterLayout? before = null;
        return Laid(letter => Interlocked.Exchange(ref before, letter) is { } other ? mix(letter, other) : letter)(o);
    };

    /// <summary>The turn that calls for a notice records it as sent too.</summary>
    private static Turn SentWhenQueued(Turn turn)
    {
        var queued = turn.Effects.Select(e => (e.Effect as SendNotice)?.NoticeId).ToHashSet(StringComparer.Ordinal);
        var early = turn.Events.Where(e => e.What is NoticePlanned { Notice: { PlanVersion: null } notice } && queued.Contains(notice.Id))
            .Select((e, n) => e with { Sequence = turn.ExpectedVersion + turn.Events.Count + n + 1, What = Sent(((NoticePlanned)e.What).Notice, e) })
            .ToList();
        return turn with { Events = [.. turn.Events, .. early], State = Assessment.Replay(turn.State, early.Select(e => e.What)) };
    }

    private static NoticeSent Sent(Notice notice, RecordedEvent planned)
    {
        var day = Population.Calendar.Day(planned.At);
        return new NoticeSent(notice.Id, day, day, NoticeChannel.Electronic);
    }
}
