using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// Reads the lists of assessments from the table <c>summary</c>. Each query names the index that it uses and reads it in order of id, so
/// that the cost of the query is known and does not depend on statistics. In the worst case, a query reads all open assessments in a
/// covering index.
/// </summary>
internal sealed class SummaryReader(Connection connection)
{
    private readonly Dictionary<string, Statement> prepared = [];

    internal SummaryPage List(SummaryQuery query)
    {
        var conditions = new List<string>();
        var values = new List<object?>();
        var from = Source(query, conditions, values);
        Where("id > ", Start(query));
        if (query.Council is { } council)
        {
            // The ids of a council's assessments begin with the council's code and '-'. '.' is the character after '-', so it ends the
            // range.
            Where("id < ", council.Value + ".");
        }

        if (query.Stage is { } stage)
        {
            Where("stage = ", (long)stage);
        }

        if (query.Open is { } open)
        {
            conditions.Add(open ? "s.open = 1" : "s.open = 0");
        }

        if (query.CaseOfficer is { } officer)
        {
            Where("case_officer = ", officer);
        }

        if (query.VisibleTo is { } reader)
        {
            values.Add($"\n{reader}\n");
            conditions.Add(FormattableString.Invariant($"(s.restricted_to IS NULL OR instr(s.restricted_to, ?{values.Count}))"));
        }

        if (query.WaitingDueBefore is { } waiting)
        {
            Due(waiting.DayNumber, query.OnDay?.DayNumber);
        }

        if (query.FinalPlanDueBefore is { } final)
        {
            Where("final_due < ", (long)final.DayNumber);
        }

        if (query.AnswerableSince is { } since)
        {
            values.Add((long)since.DayNumber);
            conditions.Add(FormattableString.Invariant($"(s.answers_awaited IS NULL OR s.answers_awaited > 0 OR s.last_asked >= ?{values.Count})"));
        }

        if (query.NeedsAttention is { } attention)
        {
            conditions.Add(attention ? "s.attention > 0" : "s.attention = 0");
        }

        values.Add((long)query.Limit + 1);
        var order = query.Agency is null ? "s.id" : "g.id";
        return Page(
            FormattableString.Invariant(
                $"""
                SELECT s.id, a.version, s.stage, s.received_on, s.case_officer, s.waiting_for, s.waiting_since, s.waiting_due, s.final_due, s.agencies, s.attention,
                    s.later_from, s.later_for, s.later_since, s.later_due, s.restricted_to, s.answers_awaited, s.last_asked
                FROM {from} CROSS JOIN assessment a ON a.key = s.assessment
                WHERE {string.Join(" AND ", conditions)} ORDER BY {order} LIMIT ?{values.Count}
                """),
            values,
            query.Limit);

        // By the day of the query, the assessment may be waiting for something other than what it was waiting for when the row was written.
        void Due(long before, long? day)
        {
            values.Add(before);
            var due = "s.waiting_due";
            if (day is { } on)
            {
                values.Add(on);
                due = FormattableString.Invariant($"CASE WHEN s.later_from <= ?{values.Count} THEN s.later_due ELSE s.waiting_due END");
            }

            conditions.Add(FormattableString.Invariant($"{due} < ?{values.Count - (day is null ? 0 : 1)}"));
        }

        void Where(string condition, object value)
        {
            values.Add(value);
            var table = query.Agency is not null && condition.StartsWith("id ", StringComparison.Ordinal) ? "g" : "s";
            conditions.Add(FormattableString.Invariant($"{table}.{condition}?{values.Count}"));
        }
    }

    /// <summary>The index in which the query has the fewest rows to read.</summary>
    private static string Source(SummaryQuery query, List<string> conditions, List<object?> values)
    {
        if (query.Agency is { } agency)
        {
            values.Add(agency.Value);
            conditions.Add("g.agency = (SELECT no FROM agency WHERE agency.id = ?1)");
            return "agency_assessment g CROSS JOIN summary s ON s.assessment = g.assessment";
        }

        if (query.CaseOfficer is not null)
        {
            return "summary s INDEXED BY summary_officer";
        }

        if (query.NeedsAttention == true)
        {
            return "summary s INDEXED BY summary_attention";
        }

        if (query.Open == true || (query.Open is null && query.Stage is { } stage && !stage.HasEnded()))
        {
            // The query must repeat this condition, because the index contains only open assessments.
            conditions.Add("s.open = 1");
            return "summary s INDEXED BY summary_open";
        }

        return "summary s INDEXED BY sqlite_autoindex_summary_1";
    }

    private static string Start(SummaryQuery query)
    {
        var council = query.Council is { } code ? code.Value + "-" : "";
        var after = query.After?.Value ?? "";
        return string.CompareOrdinal(after, council) > 0 ? after : council;
    }

    private SummaryPage Page(string sql, List<object?> values, int limit)
    {
        if (!prepared.TryGetValue(sql, out var statement))
        {
            prepared[sql] = statement = connection.Prepare(sql);
        }

        for (var n = 0; n < values.Count; n++)
        {
            _ = values[n] is long number ? statement.Bind(n + 1, number) : statement.Bind(n + 1, (string?)values[n]);
        }

        var items = new List<AssessmentSummary>();
        while (statement.Step())
        {
            items.Add(Summary(statement));
        }

        if (items.Count <= limit)
        {
            return new SummaryPage(items, null);
        }

        items.RemoveAt(limit);
        return new SummaryPage(items, items[^1].Id);
    }

    private static AssessmentSummary Summary(Statement row) => new()
    {
        Id = Encoding.Id(row.Text(0)),
        Version = row.Int64(1),
        Stage = (Stage)row.Int64(2),
        ReceivedOn = DateOnly.FromDayNumber((int)row.Int64(3)),
        CaseOfficer = row.TextOrNull(4),
        WaitingFor = row.Text(5),
        WaitingSince = Encoding.Day(row.Int64OrNull(6)),
        WaitingDue = Encoding.Day(row.Int64OrNull(7)),
        FinalPlanDue = DateOnly.FromDayNumber((int)row.Int64(8)),
        Agencies = [.. row.Text(9).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.Agency)],
        Attention = (int)row.Int64(10),
        AnswersAwaited = (int?)row.Int64OrNull(16),
        LastAskedOn = Encoding.Day(row.Int64OrNull(17)),
        RestrictedTo = row.TextOrNull(15)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Later = Encoding.Day(row.Int64OrNull(11)) is { } from ? new FutureWait(from, row.Text(12), Encoding.Day(row.Int64OrNull(13)), Encoding.Day(row.Int64OrNull(14))) : null,
    };
}
