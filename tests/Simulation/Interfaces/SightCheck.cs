using System.Text.Json;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Interfaces;

/// <summary>
/// Asks through every interface, as everybody who might, what they may see of one case at this instant, and holds each answer to the table of
/// <see cref="SightStory"/>. The child's name and the letters' marks are looked for in the bytes that came out.
/// </summary>
internal sealed class SightCheck(HubInterfaces interfaces, Person person, AssessmentState state, SightStory story, DateOnly today, Verdict verdict)
{
    private const int Ok = 200;
    private const int Nobody = 401;
    private const int Closed = 403;
    private const int None = 404;

    private static readonly LocalAuthorityCode AnotherCouncil = Parse<LocalAuthorityCode>("999");
    private static readonly AgencyId Stranger = Parse<AgencyId>("ods:ZZ9");

    private string Child => person.Facts.Child.FamilyName;

    private string Case => $"/v1/cases/{person.Id}";

    internal async Task AskAsync()
    {
        await CouncilsAsync();
        foreach (var agency in story.Agencies.Append(Stranger).ToList())
        {
            await AgencyAsync(agency);
        }

        await FamilyAsync();
        await LinksAsync();
        await MonitorAsync();
        await FhirAsync();
    }

    private async Task CouncilsAsync()
    {
        var own = new TokenRequest(CallerRole.CouncilOfficer, Council: person.Id.Council);
        var shown = await ExpectAsync("an officer of the council", Case, own, Ok);
        Shows("an officer of the council", shown, child: true, _ => true);
        await ExpectAsync("an officer of the council", $"{Case}/timeline", own, Ok, body => Count(body) == story.Events);
        await ExpectAsync("an officer of the council", $"{Case}/plans", own, Ok, body => Versions(body).SequenceEqual(story.Plans.Select(p => p.Version)));
        var other = new TokenRequest(CallerRole.CouncilOfficer, Council: AnotherCouncil);
        var nobody = new TokenRequest(CallerRole.Family, Assessment: AssessmentId.For(person.Id.Council, "another"));
        foreach (var tail in new[] { "", "/timeline", "/limits", "/plans", "/events", "/effects" })
        {
            await ExpectAsync("an officer of another council", Case + tail, other, None);
            await ExpectAsync("another family", Case + tail, nobody, tail is "/events" or "/effects" ? Closed : None);
            await ExpectAsync("nobody", Case + tail, null, Nobody);
        }

        foreach (var role in new[] { CallerRole.Operator, CallerRole.OperationsReader })
        {
            await OperationsAsync(role, null, Ok);
            await OperationsAsync(role, person.Id.Council, Ok);
            await OperationsAsync(role, AnotherCouncil, None);
        }
    }

    private async Task OperationsAsync(CallerRole role, LocalAuthorityCode? council, int status)
    {
        var who = $"{role} of {council?.Value ?? "all councils"}";
        var caller = new TokenRequest(role, Council: council);
        Shows(who, await ExpectAsync(who, Case, caller, status), child: false, _ => false);
        Shows(who, await ExpectAsync(who, $"{Case}/timeline", caller, status), child: false, _ => false);
        Shows(who, await ExpectAsync(who, $"{Case}/effects", caller, status), child: false, _ => false);
        await ExpectAsync(who, $"{Case}/plans", caller, Closed);
        await ExpectAsync(who, $"{Case}/events", caller, Closed);
    }

    private async Task AgencyAsync(AgencyId agency)
    {
        var caller = new TokenRequest(CallerRole.Agency, Agency: agency);
        var sees = story.MaySee(agency);
        var who = $"{agency}";
        var shown = await ExpectAsync(who, Case, caller, sees ? Ok : None);
        Shows(who, shown, sees && story.MayKnowTheChild(agency), id => sees && ByThem(id, agency));
        await ExpectAsync(who, $"{Case}/timeline", caller, sees ? Ok : None, body => !sees || Sequences(body).All(n => story.About.TryGetValue(n, out var about) && about == agency));
        var requests = story.Told.Requests.Where(r => r.Value.Agency == agency).Select(r => $"advice:{r.Key}").ToHashSet(StringComparer.Ordinal);
        await ExpectAsync(who, $"{Case}/limits", caller, sees ? Ok : None, body => !sees || Keys(body).All(requests.Contains));
        var plans = story.PlansOf(agency).ToList();
        await ExpectAsync(who, $"{Case}/plans", caller, sees || plans.Count > 0 ? Ok : None, body => !(sees || plans.Count > 0) || Versions(body).SequenceEqual(plans));
        await ExpectAsync(who, $"{Case}/events", caller, Closed);
    }

    /// <summary>Advice that the agency gave or must agree, and what it put forward once it may see the case.</summary>
    private bool ByThem(string id, AgencyId agency) =>
        story.MustAgree(agency, id) ||
        (story.Advice.TryGetValue(id, out var given) && given.By == agency) || (story.Existing.TryGetValue(id, out var pushed) && pushed.By == agency && pushed.Accepted);

    private async Task FamilyAsync()
    {
        const string Who = "the family";
        var caller = new TokenRequest(CallerRole.Family, Assessment: person.Id);
        var shown = await ExpectAsync(Who, Case, caller, Ok, body => !body.Contains("A namesake", StringComparison.Ordinal));
        Shows(Who, shown, child: true, id => story.Existing.ContainsKey(id) || story.FamilyMayRead(id));
        await ExpectAsync(Who, $"{Case}/timeline", caller, Ok, body => !body.Contains("\"note\":\"", StringComparison.Ordinal));
        await ExpectAsync(Who, $"{Case}/plans", caller, Ok, body => Versions(body).SequenceEqual(story.FamilysPlans));
        await ExpectAsync(Who, $"{Case}/events", caller, Closed);
    }

    private async Task LinksAsync()
    {
        foreach (var (id, (until, revoked)) in story.Links)
        {
            Is("the link", id, await interfaces.OpenAsync(person.Id, id), revoked || until < today ? None : Ok);
            Is("a forged link", id, await interfaces.OpenForgedAsync(person.Id, id), None);
        }

        Is("a link that was never given", "link-9", await interfaces.OpenAsync(person.Id, "link-9"), None);
    }

    private async Task MonitorAsync()
    {
        var page = $"/monitor/cases/{person.Id}";
        Shows("an operator in the monitor", Is("an operator in the monitor", page, await interfaces.LookAsync(page, mayAct: true, null), Ok), child: false, _ => false);
        Is("a viewer of the council in the monitor", page, await interfaces.LookAsync(page, mayAct: false, person.Id.Council), Ok);
        Is("a viewer of another council in the monitor", page, await interfaces.LookAsync(page, mayAct: false, AnotherCouncil), None);
        var answer = await interfaces.GetAsync(page, null);
        verdict.Holds(Invariant.EachSeesTheirOwn, answer.Status is 302 or Nobody, person.Id, $"nobody asked for {page} and was answered {answer.Status}");
    }

    private async Task FhirAsync()
    {
        var patient = $"/fhir/Patient/{PatientMapping.IdOf(person.Id)}";
        var own = new TokenRequest(CallerRole.CouncilOfficer, Council: person.Id.Council);
        foreach (var request in state.Requests.Where(r => r.Agency is { Id.Scheme: AgencyScheme.Ods }))
        {
            await interfaces.PublishAsync(state, request);
            var task = $"/fhir/Task/{RequestResources.TaskId($"{person.Id}/{request.Id}")}";
            var asked = new TokenRequest(CallerRole.Agency, Agency: request.Agency!.Id);
            await ExpectAsync($"{request.Agency.Id} over FHIR", task, asked, Ok);
            await ExpectAsync($"{request.Agency.Id} over FHIR", patient, asked, story.MayKnowTheChild(request.Agency.Id) ? Ok : None);
            await ExpectAsync("the council over FHIR", task, own, Ok);
            foreach (var (who, other) in new[] { ("another council over FHIR", own with { Council = AnotherCouncil }), ("a stranger over FHIR", asked with { Agency = Stranger }) })
            {
                await ExpectAsync(who, task, other, None);
                await ExpectAsync(who, patient, other, None);
            }
        }
    }

    private async Task<Answer> ExpectAsync(string who, string path, TokenRequest? caller, int status, Func<string, bool>? holds = null)
    {
        var answer = Is(who, path, await interfaces.GetAsync(path, caller), status);
        if (holds is not null && answer.Status == status)
        {
            verdict.Holds(Invariant.EachSeesTheirOwn, holds(answer.Body), person.Id, $"{who} asked for {path} and was told more or less than is theirs");
        }

        return answer;
    }

    private Answer Is(string who, string path, Answer answer, int status)
    {
        verdict.Holds(Invariant.EachSeesTheirOwn, answer.Status == status, person.Id, $"{who} asked for {path} and was answered {answer.Status}, not {status}");
        return answer;
    }

    /// <summary>Whether the child's name and each letter stand in what came out, exactly where they may.</summary>
    private void Shows(string who, Answer answer, bool child, Func<string, bool> may)
    {
        if (answer.Status != Ok)
        {
            return;
        }

        verdict.Holds(Invariant.EachSeesTheirOwn, answer.Body.Contains(Child, StringComparison.Ordinal) == child, person.Id, $"{who} {(child ? "is not shown" : "is shown")} the child");
        foreach (var (mark, letters) in story.Marks.GroupBy(m => m.Value, m => m.Key, StringComparer.Ordinal).Select(g => (g.Key, g)))
        {
            var any = letters.Any(may);
            verdict.Holds(Invariant.EachSeesTheirOwn, answer.Body.Contains(mark, StringComparison.Ordinal) == any, person.Id, $"{who} {(any ? "cannot read" : "can read")} [{mark}]");
        }
    }

    private static int Count(string body) => JsonDocument.Parse(body).RootElement.GetArrayLength();

    private static IEnumerable<long> Sequences(string body) => JsonDocument.Parse(body).RootElement.EnumerateArray().Select(line => line.GetProperty("sequence").GetInt64());

    private static IEnumerable<string> Keys(string body) => JsonDocument.Parse(body).RootElement.EnumerateArray().Select(limit => limit.GetProperty("key").GetString()!);

    private static IEnumerable<int> Versions(string body) => JsonDocument.Parse(body).RootElement.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetInt32());

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new InvalidDataException(problem);
}
