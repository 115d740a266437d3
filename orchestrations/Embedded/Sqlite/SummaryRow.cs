using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Fingerprints of the values in a row of the table <c>summary</c>, so that changes are found without reading the row.</summary>
/// <param name="All">Fingerprint of all values in the row, or 0 if there is no row. Of the three fingerprints, only this one is
/// stored.</param>
/// <param name="Indexed">Fingerprint of the row's indexed values, or 0 if not known.</param>
/// <param name="Agencies">Fingerprint of the agencies in the row, or 0 if not known.</param>
internal readonly record struct SummaryFingerprints(long All, long Indexed = 0, long Agencies = 0);

/// <summary>Writes an assessment's row in the table <c>summary</c>. Most turns do not change the row, and most of the other turns do not
/// change an indexed value.</summary>
internal static class SummaryRow
{
    /// <returns>The row's fingerprints.</returns>
    internal static SummaryFingerprints Write(WriteStatements statements, long key, AssessmentSummary summary, SummaryFingerprints before)
    {
        var now = Print(summary);
        if (now.All == before.All)
        {
            return now;
        }

        if (now.Agencies != before.Agencies)
        {
            WriteAgencies(statements, key, summary);
        }

        var statement = now.Indexed == before.Indexed && now.Agencies == before.Agencies
            ? statements.SummaryWithSameIndexes
            : statements.Summary
                .Bind(9, summary.Id.Value)
                .Bind(10, (long)summary.Stage)
                .Bind(11, summary.Stage.HasEnded() ? 0L : 1L)
                .Bind(12, summary.CaseOfficer)
                .Bind(13, (long?)summary.WaitingDue?.DayNumber)
                .Bind(14, (long)summary.FinalPlanDue.DayNumber)
                .Bind(15, (long)summary.Attention)
                .Bind(16, string.Join(' ', summary.Agencies.Select(a => a.Value)))
                .Bind(17, (long?)summary.Later?.From.DayNumber)
                .Bind(18, (long?)summary.Later?.Due?.DayNumber)
                .Bind(19, (long)summary.ReceivedOn.DayNumber);
        statement
            .Bind(1, key)
            .Bind(2, summary.WaitingFor)
            .Bind(3, (long?)summary.WaitingSince?.DayNumber)
            .Bind(4, summary.Later?.For)
            .Bind(5, (long?)summary.Later?.Since?.DayNumber)
            .Bind(6, summary.RestrictedTo.Count == 0 ? null : $"\n{string.Join('\n', summary.RestrictedTo)}\n")
            .Bind(7, summary.AnswersAwaited)
            .Bind(8, (long?)summary.LastAskedOn?.DayNumber)
            .Run();
        return now;
    }

    private static void WriteAgencies(WriteStatements statements, long key, AssessmentSummary summary)
    {
        string[] before = [];
        if (statements.OldAgencies.Bind(1, key).Step())
        {
            before = statements.OldAgencies.Text(0).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            statements.OldAgencies.Reset();
        }

        var now = summary.Agencies.Select(a => a.Value).ToHashSet();
        foreach (var added in now.Except(before))
        {
            statements.NewAgency.Bind(1, added).Run();
            statements.AgencyAsked.Bind(1, added).Bind(2, summary.Id.Value).Bind(3, key).Run();
        }

        foreach (var gone in before.Except(now))
        {
            statements.AgencyNotAsked.Bind(1, gone).Bind(2, summary.Id.Value).Run();
        }
    }

    private static SummaryFingerprints Print(AssessmentSummary summary)
    {
        var indexed = new Fnv();
        indexed.Number((long)summary.Stage);
        indexed.Words(summary.CaseOfficer);
        indexed.Number(summary.WaitingDue?.DayNumber ?? -1);
        indexed.Number(summary.FinalPlanDue.DayNumber);
        indexed.Number(summary.Attention);
        indexed.Number(summary.Later?.From.DayNumber ?? -1);
        indexed.Number(summary.Later?.Due?.DayNumber ?? -1);

        // No index contains the day of receipt. Including the day here does no harm, because it never changes.
        indexed.Number(summary.ReceivedOn.DayNumber);

        var agencies = new Fnv();
        foreach (var agency in summary.Agencies)
        {
            agencies.Words(agency.Value);
        }

        var all = new Fnv();
        all.Number(indexed.Value);
        all.Number(agencies.Value);
        all.Words(summary.WaitingFor);
        all.Number(summary.WaitingSince?.DayNumber ?? -1);
        all.Words(summary.Later?.For);
        all.Number(summary.Later?.Since?.DayNumber ?? -1);
        all.Number(summary.AnswersAwaited ?? -1);
        all.Number(summary.LastAskedOn?.DayNumber ?? -1);
        foreach (var officer in summary.RestrictedTo)
        {
            all.Words(officer);
        }

        return new SummaryFingerprints(all.Value, indexed.Value, agencies.Value);
    }

    /// <summary>The hash function FNV-1a with 64 bits.</summary>
    private struct Fnv
    {
        private ulong hash = 14695981039346656037;

        public Fnv()
        {
        }

        /// <summary>The hash value, which is never 0, because 0 means "no row" or "not known".</summary>
        internal readonly long Value => hash == 0 ? 1 : (long)hash;

        internal void Number(long value) => hash = (hash ^ (ulong)value) * 1099511628211;

        internal void Words(string? text)
        {
            // The length of each text comes first, so that two different lists of texts never give the same characters. A missing text is
            // encoded differently from an empty text.
            Number(text?.Length ?? -1);
            foreach (var character in text ?? "")
            {
                Number(character);
            }
        }
    }
}
