using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>What a row of the lists shows, as fingerprints: what changed is seen without reading the row.</summary>
/// <param name="All">Of everything shown; 0 where there is no row. It alone is stored.</param>
/// <param name="Indexed">Of what the row's indexes contain; 0 where it is not known.</param>
/// <param name="Agencies">Of its agencies; 0 where it is not known.</param>
internal readonly record struct SummaryPrint(long All, long Indexed = 0, long Agencies = 0);

/// <summary>Keeps the row that the lists show. Most turns change nothing in it, and most of the others nothing that an index contains.</summary>
internal static class SummaryRow
{
    /// <returns>The row's fingerprints.</returns>
    internal static SummaryPrint Write(WriteStatements statements, long key, AssessmentSummary summary, SummaryPrint before)
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

    private static SummaryPrint Print(AssessmentSummary summary)
    {
        var indexed = new Fnv();
        indexed.Number((long)summary.Stage);
        indexed.Words(summary.CaseOfficer);
        indexed.Number(summary.WaitingDue?.DayNumber ?? -1);
        indexed.Number(summary.FinalPlanDue.DayNumber);
        indexed.Number(summary.Attention);
        indexed.Number(summary.Later?.From.DayNumber ?? -1);
        indexed.Number(summary.Later?.Due?.DayNumber ?? -1);

        // No index contains this day, but it never changes either.
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

        return new SummaryPrint(all.Value, indexed.Value, agencies.Value);
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    private struct Fnv
    {
        private ulong hash = 14695981039346656037;

        public Fnv()
        {
        }

        /// <summary>Never 0, which stands for "no row" and "not known".</summary>
        internal readonly long Value => hash == 0 ? 1 : (long)hash;

        internal void Number(long value) => hash = (hash ^ (ulong)value) * 1099511628211;

        internal void Words(string? text)
        {
            // The length comes first, so that no two lists of texts give the same characters; absent differs from empty.
            Number(text?.Length ?? -1);
            foreach (var character in text ?? "")
            {
                Number(character);
            }
        }
    }
}
