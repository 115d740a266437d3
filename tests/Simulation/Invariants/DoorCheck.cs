using System.Globalization;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// What those outside gave at the hub's doors, by their own accounts: every letter that a door took is in its case, once, and no other is; a
/// receipt says no more than what is stored; and nobody's words stand in another child's case. A letter is known by its words, whatever the
/// hub calls it.
/// </summary>
internal static partial class DoorCheck
{
    internal static void Compare(CaseFile file, Verdict verdict)
    {
        var (id, number) = (file.Loaded.State.Id, file.Ledger.Person.Number);
        var found = new List<(string Mark, RecordedEvent Event)>();
        foreach (var recorded in file.Events)
        {
            if (ContentOf(recorded.What) is not { } content)
            {
                continue;
            }

            foreach (var text in ToldAdvice.Words(content).Where(t => Mark().IsMatch(t)))
            {
                var whose = Mark().Match(text).Groups[1].Value;
                verdict.Holds(Invariant.NoWordStrays, whose == number.ToString(CultureInfo.InvariantCulture), id, $"the case holds words about the child of case {whose}");
            }

            if (recorded.What is AdviceReceived && ToldAdvice.Words(content).Select(t => Mark().Match(t)).FirstOrDefault(m => m.Success) is { } mark)
            {
                found.Add((mark.Value, recorded));
            }
        }

        foreach (var letter in file.Ledger.Messages.Values.Where(m => m is { Letter: not null, Request: not null, Said: IdentityMatch.Advised }).GroupBy(m => Letters.MarkOf(file.Ledger.Person, m.Request!, m.Letter!.Value)))
        {
            Given(file, verdict, [.. letter], [.. found.Where(f => f.Mark == letter.Key).Select(f => f.Event)]);
        }

        var events = file.Events.ToLookup(e => e.MessageId ?? "", StringComparer.Ordinal);
        foreach (var message in file.Ledger.Messages.Values.Where(m => m.Door != Door.Inbox))
        {
            Answered(verdict, id, message, events[message.Under ?? "-"]);
        }
    }

    private static void Given(CaseFile file, Verdict verdict, List<Message> sent, List<RecordedEvent> there)
    {
        var id = file.Loaded.State.Id;
        var taken = sent.Where(m => WasTaken(file, m)).ToList();
        var one = taken.FirstOrDefault() ?? sent[0];
        verdict.Holds(
            Invariant.WhatIsGivenIsThere,
            there.Count <= taken.Count && there.Count >= Math.Max(taken.Count(m => !m.MaySayNothing), Math.Min(taken.Count, 1)),
            id,
            $"the words of {one.Id} were taken {taken.Count} times ({one.Door}), and are in the case {there.Count} times");
        foreach (var message in taken.Where(m => m.Door != Door.Inbox))
        {
            verdict.Holds(
                Invariant.ReceiptsAreTrue,
                message.ReceiptAt is not { } at || (there.Count > 0 && there[0].At <= at),
                id,
                $"{message.Id} was acknowledged at {message.ReceiptAt:yyyy-MM-dd HH:mm} ({message.Door}), and its words were not in the case then");
            verdict.Holds(
                Invariant.ReceiptsAreTrue,
                message.ReceiptFor is not { } reference || there.Exists(e => e.What is AdviceReceived received && reference == $"{id}, {received.Advice.Id}"),
                id,
                $"the receipt for {message.Id} bears the reference of something else: {message.ReceiptFor}");
        }
    }

    private static void Answered(Verdict verdict, AssessmentId id, Message message, IEnumerable<RecordedEvent> events)
    {
        verdict.Holds(
            Invariant.ReceiptsAreTrue,
            message.RefusedAtDoor || message.Accepted == false ? message.RefusalTold : message.ReceiptAt is not null,
            id,
            $"the sender of {message.Id} heard neither that it was taken nor why not ({message.Door})");
        verdict.Holds(
            Invariant.ReceiptsAreTrue,
            message.ReceiptAt is not { } at || events.All(e => e.At <= at),
            id,
            $"{message.Id} was acknowledged at {message.ReceiptAt:yyyy-MM-dd HH:mm} ({message.Door}), before it was stored");
    }

    /// <summary>By the answer that its sender got; only what came straight into the inbox has no answer but the case's.</summary>
    private static bool WasTaken(CaseFile file, Message message) => message.Door == Door.Inbox
        ? file.Outcomes.GetValueOrDefault(message.Id)?.Accepted == true
        : !message.RefusedAtDoor && message.Accepted != false;

    private static AdviceContent? ContentOf(AssessmentEvent what) => what switch
    {
        AdviceReceived e => e.Advice.Content,
        ExistingAdviceProposed e => e.Advice.Content,
        _ => null,
    };

    [GeneratedRegex(@"Case ([0-9]+), \S+, edition [0-9]+\.")]
    private static partial Regex Mark();
}
