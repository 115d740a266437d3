using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Interfaces;

/// <summary>
/// Every list and count over the cases of one council, by every filter and pair of filters, for everybody who may ask, held to what the
/// trails of these cases say.
/// </summary>
internal sealed class ListCheck(HubInterfaces interfaces, LocalAuthorityCode council, IReadOnlyList<(AssessmentId Id, SightStory Story)> cases, DateOnly today, Verdict verdict)
{
    private const int Weeks20 = 140;
    private readonly AssessmentId about = cases[0].Id;

    internal async Task AskAsync(Orchestrations.Assessments.CouncilProfile profile, AgencyId trust)
    {
        await ListsAsync("an officer", new TokenRequest(CallerRole.CouncilOfficer, Council: council), _ => true, "caseOfficer", "needsAttention");
        await ListsAsync("an operator of the council", new TokenRequest(CallerRole.Operator, Council: council), _ => true, "needsAttention");
        await ListsAsync("a reader of the council", new TokenRequest(CallerRole.OperationsReader, Council: council), _ => true, "needsAttention");
        await ListsAsync("an officer of another council", new TokenRequest(CallerRole.CouncilOfficer, Council: Another), _ => false, "caseOfficer", "needsAttention");
        foreach (var agency in new[] { profile.SocialCare.Id, trust, cases[0].Story.Agencies.First() })
        {
            await ListsAsync($"{agency}", new TokenRequest(CallerRole.Agency, Agency: agency), one => one.Story.MaySee(agency));
        }

        await ListsAsync("a family", new TokenRequest(CallerRole.Family, Assessment: about), one => one.Id == about, "needsAttention");
        await MonitorAsync();
    }

    private static LocalAuthorityCode Another { get; } = LocalAuthorityCode.TryParse("998", out var code, out var problem) ? code : throw new InvalidDataException(problem);

    private async Task ListsAsync(string who, TokenRequest caller, Func<(AssessmentId Id, SightStory Story), bool> sees, params string[] may)
    {
        var whole = await FindAsync("", caller);
        var due = whole.Where(i => i.Due is not null).ToDictionary(i => i.Id, i => i.Due!, StringComparer.Ordinal);
        var filters = Filters(due).ToList();
        foreach (var first in filters)
        {
            foreach (var second in filters.Where(f => string.CompareOrdinal(f.Name, first.Name) >= 0 && (f.Name != first.Name || f == first)))
            {
                var query = first == second ? first.Query : $"{first.Query}&{second.Query}";
                var forbidden = new[] { first.Name, second.Name }.Any(name => name is "caseOfficer" or "needsAttention" && !may.Contains(name, StringComparer.Ordinal));
                var found = forbidden ? [] : (await FindAsync(query, caller)).Select(i => i.Id).ToList();
                var refused = forbidden && (await interfaces.GetAsync($"/v1/cases?{query}", caller)).Status == 400;
                var expected = cases.Where(one => sees(one) && first.Fits(one) && second.Fits(one)).Select(one => one.Id.Value).Order(StringComparer.Ordinal).ToList();
                verdict.Holds(
                    Invariant.ListsAreRight,
                    forbidden ? refused : Own(found).SequenceEqual(expected) && (caller.Role == CallerRole.Agency || found.Count == expected.Count),
                    about,
                    $"{who} asked for {query} and was shown {found.Count} cases; it is {expected.Count}");
            }
        }
    }

    /// <summary>Of an agency's list only what is this council's: others may have asked the agency too.</summary>
    private IEnumerable<string> Own(IEnumerable<string> found) => found.Where(id => id.StartsWith($"{council.Value}-", StringComparison.Ordinal));

    private IEnumerable<(string Name, string Query, Func<(AssessmentId Id, SightStory Story), bool> Fits)> Filters(Dictionary<string, string> due)
    {
        foreach (var stage in new[] { Stage.Considering, Stage.Assessing, Stage.Consulting, Stage.PlanIssued, Stage.RefusedToAssess })
        {
            yield return ("stage", $"stage={stage}", one => one.Story.Told.Stage == stage);
        }

        yield return ("open", "open=true", one => !one.Story.Told.Ended);
        yield return ("open", "open=false", one => one.Story.Told.Ended);
        yield return ("needsAttention", "needsAttention=true", one => one.Story.Attention.Count > 0);
        yield return ("needsAttention", "needsAttention=false", one => one.Story.Attention.Count == 0);
        yield return ("caseOfficer", "caseOfficer=officer-2", one => one.Story.Officer == "officer-2");
        var day = Iso(today.AddDays(30));
        yield return ("finalPlanDueBefore", $"finalPlanDueBefore={day}", one => FinalPlanDue(one.Story.Told) < today.AddDays(30));
        // What a case waits for is for other questions; here the filter is held to what the list itself says.
        yield return ("waitingDueBefore", $"waitingDueBefore={Iso(today)}", one => due.TryGetValue(one.Id.Value, out var by) && string.CompareOrdinal(by, Iso(today)) < 0);
    }

    /// <summary>The first limit in force for a final plan; after a refusal that stands, the first twenty weeks.</summary>
    private static DateOnly FinalPlanDue(Retelling story) => LimitsByHand.Of(story)
        .Where(l => l.ReplacedOn is null && (l.Key.EndsWith("inalPlan", StringComparison.Ordinal) || l.Key.EndsWith("MadePlan", StringComparison.Ordinal)))
        .Select(l => l.Due).DefaultIfEmpty(story.Received.AddDays(Weeks20)).Min();

    private async Task MonitorAsync()
    {
        await interfaces.Board.RefreshAsync();
        (string Query, Func<SightStory, bool> Fits)[] filters =
        [
            ("", s => !s.Told.Ended), ("?ended=yes", _ => true), ("?attention=yes", s => !s.Told.Ended && s.Attention.Count > 0), ("?attention=yes&ended=yes", s => s.Attention.Count > 0),
            .. Enum.GetValues<Stage>().Select(stage => ($"?stage={stage}", new Func<SightStory, bool>(s => s.Told.Stage == stage))),
            .. cases[0].Story.Agencies.Take(4).Select(a => ($"?agency={Uri.EscapeDataString(a.Value)}", new Func<SightStory, bool>(s => !s.Told.Ended && s.MaySee(a)))),
        ];
        foreach (var (query, fits) in filters)
        {
            var expected = cases.Where(one => fits(one.Story)).Select(one => one.Id.Value).Order(StringComparer.Ordinal).ToList();
            foreach (var all in new[] { false, true })
            {
                var body = (await interfaces.LookAsync($"/monitor/cases.csv{query}", mayAct: true, all ? null : council)).Body;
                var found = body.Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[0].Trim('"')).ToList();
                verdict.Holds(
                    Invariant.ListsAreRight,
                    Own(found).Order(StringComparer.Ordinal).SequenceEqual(expected) && (all || found.Count == expected.Count),
                    about,
                    $"the monitor for {(all ? "all councils" : "one council")} lists {found.Count} cases for [{query}]; of the council it is {expected.Count}");
            }
        }

        foreach (var (stage, counted) in interfaces.Board.Current.OverviewOf(council).Stages)
        {
            verdict.Holds(Invariant.ListsAreRight, counted == cases.Count(one => one.Story.Told.Stage == stage), about, $"the overview counts {counted} cases at {stage}");
        }
    }

    private async Task<List<(string Id, string? Due)>> FindAsync(string query, TokenRequest caller)
    {
        var found = new List<(string, string?)>();
        var path = $"/v1/cases?limit=500{(query.Length > 0 ? "&" : "")}{query}";
        while (path is not null)
        {
            var answer = await interfaces.GetAsync(path, caller);
            if (answer.Status != 200)
            {
                verdict.Holds(Invariant.ListsAreRight, false, about, $"{path} was answered {answer.Status}");
                return found;
            }

            using var page = JsonDocument.Parse(answer.Body);
            found.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("id").GetString()!, i.TryGetProperty("waitingDue", out var day) ? day.GetString() : null)));
            path = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        return found;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
