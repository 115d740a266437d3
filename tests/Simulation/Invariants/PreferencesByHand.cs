using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// What families answer on the institution that they prefer after a phase transfer (CFA 2014 s38): each letter was called for and sent, each answer is
/// kept in its sender's words beside the one before, and one that came after the day asked for says so.
/// </summary>
internal static class PreferencesByHand
{
    internal static void Check(CaseFile file, Retelling story, Func<Invariant, bool, string, bool> holds)
    {
        var (state, transfers) = (file.Loaded.State, story.Life.Transfers);
        var asked = Accepted(file, "askpref-");
        var letters = story.Notices.Values.Where(n => n is { Kind: NoticeKind.PreferenceAsked, To: RecipientRole.Family }).ToList();
        holds(
            Invariant.PreferencesAreHeard,
            story.Later.PreferencesAsked == asked && letters.Count == asked && (letters.TrueForAll(n => n.SentOn is not null) || story.Life.HandedOn is not null)
                && letters.TrueForAll(letter => letter.Day is not null && transfers.Exists(t => t.AnswerBy == letter.Day)),
            FormattableString.Invariant($"{asked} families were to be asked for a preference, {story.Later.PreferencesAsked} were, by {letters.Count(n => n.SentOn is not null)} letters that were sent and give the day that was meant"));
        var answers = transfers.SelectMany(t => t.Answers).ToList();
        var accepted = Accepted(file, "prefer-");
        holds(Invariant.PreferencesAreHeard, answers.Count == accepted, FormattableString.Invariant($"{accepted} answers on a preference were recorded, the trail has {answers.Count}"));
        for (var n = 0; n < transfers.Count && n < state.PhaseTransfers.Count; n++)
        {
            var (told, kept) = (transfers[n], state.PhaseTransfers[n].Answers ?? []);
            holds(
                Invariant.PreferencesAreHeard,
                kept.Count == told.Answers.Count && told.Answers.Zip(kept).All(both => (both.First.Said.On, both.First.Said.Place, both.First.Said.Text) == (both.Second.On, both.Second.Place, both.Second.Text)
                    && both.Second.LateAfter == (both.Second.On > both.First.By ? both.First.By : null)),
                FormattableString.Invariant($"the answers on the transfer of {told.On.Year} are not kept as they came, in time or late"));
            holds(
                Invariant.PreferencesAreHeard,
                told.Answers.TrueForAll(answer => answer.Said.Place?.EndsWith(FormattableString.Invariant($" {told.On.Year}"), StringComparison.Ordinal) == true),
                FormattableString.Invariant($"an answer stands with the transfer of {told.On.Year} that was given on another"));
        }
    }

    private static int Accepted(CaseFile file, string id) => file.Ledger.Messages.Values.Count(m => m.Accepted == true && m.Id.StartsWith(id, StringComparison.Ordinal));
}
