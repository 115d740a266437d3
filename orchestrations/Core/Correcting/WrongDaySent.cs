namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Asks an officer to tell everybody the true day who was sent, or may have been given, the wrong day. A letter that was sent is
/// never changed.</summary>
internal static class WrongDaySent
{
    /// <summary>The id of the task. There is one for each kind of record, so a second correction replaces the task of the first.</summary>
    internal static string TaskOf(MistakenRecord record) => record == MistakenRecord.Detention ? Attention.WrongDayOfDetention : $"wrong-day-{record.ToString().ToLowerInvariant()}";

    internal static void Ask(Deciding d, CorrectRecord input, IReadOnlyList<Notice> letters)
    {
        var id = TaskOf(input.Record);
        if (d.State.Attention.Any(a => a.Id == id))
        {
            d.Happened(new AttentionResolved(id, "The day was corrected again."));
        }

        var sent = letters.Where(n => n.SentOn is not null).ToList();
        var unsent = letters.Where(n => n.SentOn is null).ToList();
        string[] sentences =
        [
            $"A record was corrected: {RecordCorrections.Of(input.Record, input.Which)} was on {Words.Day(input.On!.Value, true)}, not on {Words.Day(input.WasOn, true)}.",
            sent.Count == 0 ? "No letter that the hub sent gives this day." : $"The letters to {Recipients(sent)} were sent with the wrong day. Write to each of them and give the true day; to the family with write-to-family.",
            unsent.Count == 0 ? "" : $"The letters to {Recipients(unsent)} are not on record as sent. Do not post copies that were printed before today.",
            Advice(input),
        ];
        d.AskAttention(id, string.Join(" ", sentences.Where(sentence => sentence.Length > 0)));
    }

    private static string Advice(CorrectRecord input) => input.Record switch
    {
        MistakenRecord.Move => "If the other council was told the wrong day or was sent the plan, tell it the true day. Tell the family too, if it was told the wrong day.",
        MistakenRecord.Ceasing when input.On > input.WasOn =>
            "The plan had to be maintained until the day before the true day: check that nothing in it was stopped earlier. Tell the family, the institution and the ICB if they were told the wrong day.",
        MistakenRecord.Ceasing => "Tell the family, the institution and the ICB if they were told the wrong day.",
        _ => "Tell everybody else who was told the wrong day.",
    };

    /// <summary>The recipients of letters, each once.</summary>
    internal static string Recipients(IEnumerable<Notice> letters) => string.Join(", ", letters.OrderBy(n => n.To).Select(n => n.Agency?.Name ?? Words.Of(n.To)).Distinct());
}
