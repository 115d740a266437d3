using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Keeps the row that the lists show. Most turns change nothing in it; a fingerprint shows this without reading it.</summary>
internal static class SummaryRow
{
    /// <returns>The row's fingerprint.</returns>
    internal static long Write(WriteStatements statements, long key, AssessmentSummary summary, long before)
    {
        var fingerprint = Fingerprint(summary);
        if (fingerprint == before)
        {
            return before;
        }

        WriteAgencies(statements, key, summary);
        statements.Summary
            .Bind(1, key)
            .Bind(2, summary.Id.Value)
            .Bind(3, (long)summary.Stage)
            .Bind(4, summary.Stage.HasEnded() ? 0L : 1L)
            .Bind(5, (long)summary.ReceivedOn.DayNumber)
            .Bind(6, summary.CaseOfficer)
            .Bind(7, summary.WaitingFor)
            .Bind(8, (long?)summary.WaitingSince?.DayNumber)
            .Bind(9, (long?)summary.WaitingDue?.DayNumber)
            .Bind(10, (long)summary.FinalPlanDue.DayNumber)
            .Bind(11, (long)summary.Attention)
            .Bind(12, string.Join(' ', summary.Agencies.Select(a => a.Value)))
            .Bind(13, (long?)summary.Later?.From.DayNumber)
            .Bind(14, summary.Later?.For)
            .Bind(15, (long?)summary.Later?.Since?.DayNumber)
            .Bind(16, (long?)summary.Later?.Due?.DayNumber)
            .Bind(17, summary.RestrictedTo.Count == 0 ? null : $"\n{string.Join('\n', summary.RestrictedTo)}\n")
            .Bind(18, summary.AnswersAwaited)
            .Bind(19, (long?)summary.LastAskedOn?.DayNumber)
            .Run();
        return fingerprint;
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

    /// <summary>FNV-1a over everything shown, 64 bits. Never 0, which stands for "no row yet".</summary>
    private static long Fingerprint(AssessmentSummary summary)
    {
        var hash = 14695981039346656037;
        Number((long)summary.Stage);
        Number(summary.ReceivedOn.DayNumber);
        Words(summary.CaseOfficer);
        Words(summary.WaitingFor);
        Number(summary.WaitingSince?.DayNumber ?? -1);
        Number(summary.WaitingDue?.DayNumber ?? -1);
        Number(summary.FinalPlanDue.DayNumber);
        if (summary.Later is { } later)
        {
            Number(later.From.DayNumber);
            Words(later.For);
            Number(later.Since?.DayNumber ?? -1);
            Number(later.Due?.DayNumber ?? -1);
        }

        Number(summary.Attention);
        Number(summary.AnswersAwaited ?? -1);
        Number(summary.LastAskedOn?.DayNumber ?? -1);
        foreach (var officer in summary.RestrictedTo)
        {
            Words(officer);
        }

        foreach (var agency in summary.Agencies)
        {
            Words(agency.Value);
        }

        return hash == 0 ? 1 : (long)hash;

        void Number(long value) => hash = (hash ^ (ulong)value) * 1099511628211;

        void Words(string? text)
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
