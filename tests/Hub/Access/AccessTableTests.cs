using System.Globalization;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>
/// Who may do what, as one table: every endpoint by every kind of caller, with the status that is answered. An endpoint that is not in the
/// table fails the test, and so does a line that no endpoint answers to.
/// </summary>
public sealed class AccessTableTests
{
    /// <summary>
    /// The columns. The assessment is council 330's; ods:RX1 was asked for medical advice in it, ods:RY9 for nothing. Where a caller may
    /// speak but not about the example's subject (a request made to somebody else, say), the answer is still 403 or 404. The family's evidence
    /// of the example names a document that nobody uploaded: 409.
    /// </summary>
    private const string Columns =
        "                                     anonymous officer officer-331 agency-asked agency-not-asked family family-other reader operator operator-331";

    private static readonly string[] Table =
    [
        Columns,
        "GET  /health/live                          200     200     200         200          200              200    200          200    200      200",
        "GET  /health/ready                         200     200     200         200          200              200    200          200    200      200",
        "GET  /health/background                    401     403     403         403          403              403    403          200    200      200",
        "GET  /openapi/v1.json                      200     200     200         200          200              200    200          200    200      200",
        "GET  /openapi/v1-operations.json           200     200     200         200          200              200    200          200    200      200",
        "GET  /v1/cases                             401     200     200         200          200              200    200          200    200      200",
        "GET  /v1/cases/{id}                        401     200     404         200          404              200    404          200    200      404",
        "GET  /v1/cases/{id}/timeline               401     200     404         200          404              200    404          200    200      404",
        "GET  /v1/cases/{id}/limits                 401     200     404         200          404              200    404          200    200      404",
        "GET  /v1/cases/{id}/events                 401     200     404         403          403              403    403          403    403      403",
        "GET  /v1/cases/{id}/effects                401     200     404         403          403              403    403          200    200      404",
        "GET  /v1/cases/{id}/plans                  401     200     404         200          404              200    404          403    403      403",
        "GET  /v1/cases/{id}/plans/{version:int}    401     404     404         404          404              404    404          403    403      403",
        "GET  /v1/cases/{id}/plans/{from:int}/diff/{to:int} 401 404 404      404          404              404    404          403    403      403",
        "GET  /v1/cases/{id}/plans/verify           401     200     404         403          403              403    403          200    200      404",
        "GET  /v1/cases/{id}/plans/findings         401     200     404         403          403              403    403          403    403      403",
        "GET  /v1/cases/{id}/letters                401     200     404         200          404              200    404          403    403      403",
        "GET  /v1/cases/{id}/letters/{letter}       401     404     404         404          404              404    404          403    403      403",
        "GET  /v1/cases/{id}/letters/{letter}/preview 401 404    404         403          403              403    403          403    403      403",
        "GET  /v1/events                            401     403     403         403          403              403    403          403    403      403",
        "GET  /v1/print-run                         401     200     200         403          403              403    403          403    403      403",
        "POST /v1/print-run/posted                  401     400     400         403          403              403    403          403    403      403",
        "POST /v1/cases/{id}/attachments            401     400     404         400          404              400    404          403    403      403",
        "GET  /v1/cases/{id}/attachments/{sha256}   401    404     404         404          404              404    404          403    403      403",
        "GET  /v1/pushed-assessments                401     200     200         403          403              403    403          200    200      200",
        "GET  /v1/pushed-assessments/{push}         401     404     404         403          403              403    403          404    404      404",
        "POST /v1/pushed-assessments/{push}/attach  401     415     415         403          403              403    403          403    415      415",
        "POST /v1/pushed-assessments/{push}/dismiss 401     415     415         403          403              403    403          403    415      415",
        "POST /v1/pushed-assessments/documents      401     403     403         403          403              403    403          403    403      403",
        "POST /v1/cases                             401     201     201         403          403              403    403          403    403      403",
        "POST /v1/take-over-assessment              401     201     201         403          403              403    403          403    403      403",
        "POST record-consultation                   401     409     404         403          403              403    403          403    403      403",
        "POST record-notice-sent                    401     200     404         403          403              403    403          403    403      403",
        "POST record-notice-outcome                401     409     404         403          403              403    403          403    403      403",
        "POST assign-case-officer                   401     200     404         403          403              403    403          403    403      403",
        "POST assign-key-worker                     401     200     404         403          403              403    403          403    403      403",
        "POST correct-facts                         401     200     404         403          403              403    403          403    403      403",
        "POST name-adviser                          401     200     404         403          403              403    403          403    403      403",
        "POST decide-whether-to-assess              401     409     404         403          403              403    403          403    403      403",
        "POST request-advice                        401     200     404         403          403              403    403          403    403      403",
        "POST ask-person-for-advice                 401     200     404         403          403              403    403          403    403      403",
        "POST ask-for-adviser                       401     200     404         403          403              200    404          403    403      403",
        "POST answer-adviser-wish                   401     409     404         403          403              403    403          403    403      403",
                "POST record-family-evidence                401     409     404         403          403              409    404          403    403      403",
        "POST record-request-sent                   401     200     404         403          403              403    403          403    403      403",
        "POST acknowledge-advice-request            401     200     404         200          404              403    403          403    403      403",
        "POST accept-advice-request                 401     200     404         200          404              403    403          403    403      403",
        "POST decline-advice-request                401     200     404         200          404              403    403          403    403      403",
        "POST submit-advice                         401     200     404         200          404              404    404          403    403      403",
        "POST report-on-advice-request              401     200     404         200          404              404    404          403    403      403",
        "POST retract-advice                        401     409     404         409          404              404    404          403    403      403",
        "POST return-advice                         401     409     404         403          403              403    403          403    403      403",
        "POST withdraw-advice-request               401     200     404         403          403              403    403          403    403      403",
        "POST propose-existing-advice               401     200     404         403          404              200    404          403    403      403",
        "POST agree-existing-advice                 401     409     404         404          404              403    404          403    403      403",
        "POST record-missed-appointment             401     409     404         409          404              403    403          403    403      403",
        "POST claim-exception                       401     409     404         403          403              403    403          403    403      403",
        "POST end-exception                         401     409     404         403          403              403    403          403    403      403",
        "POST record-delay-reason                   401     200     404         403          403              403    403          403    403      403",
        "POST decide-whether-to-issue-plan          401     409     404         403          403              403    403          403    403      403",
        "POST write-to-family                       401     200     404         403          403              403    403          403    403      403",
        "POST edit-plan                             401     409     404         403          403              403    403          403    403      403",
        "POST accept-plan-finding                   401     409     404         403          403              403    403          403    403      403",
        "POST prepare-draft                         401     409     404         403          403              403    403          403    403      403",
        "POST record-representations                401     409     404         403          403              409    404          403    403      403",
        "POST ask-for-meeting                       401     409     404         403          403              409    404          403    403      403",
        "POST record-meeting-held                   401     409     404         403          403              403    403          403    403      403",
        "POST consult-institution                   401     409     404         403          403              403    403          403    403      403",
        "POST record-institution-answer             401     409     404         403          404              403    403          403    403      403",
        "POST record-icb-agreement                  401     409     404         403          404              403    403          403    403      403",
        "POST ask-for-personal-budget               401     409     404         403          403              409    404          403    403      403",
        "POST settle-personal-budget                401     409     404         403          403              403    403          403    403      403",
        "POST name-placement                        401     409     404         403          403              403    403          403    403      403",
        "POST finalise-plan                         401     409     404         403          403              403    403          403    403      403",
        "POST withdraw-request                      401     409     404         403          403              409    404          403    403      403",
        "POST move-to-another-council               401     409     404         403          403              403    403          403    403      403",
        "POST note-mediation                        401     409     404         403          403              403    403          403    403      403",
        "POST note-appeal                           401     409     404         403          403              403    403          403    403      403",
        "POST reverse-refusal                       401     409     404         403          403              403    403          403    403      403",
        "POST record-tribunal-day                   401     409     404         403          403              403    403          403    403      403",
        "POST record-recommendation                 401     409     404         403          403              403    403          403    403      403",
        "POST record-act                            401     409     404         403          403              403    403          403    403      403",
        "POST record-reassessment-request           401     409     404         403          403              403    403          403    403      403",
        "POST agree-reassessment                    401     409     404         403          403              403    403          403    403      403",
        "POST refuse-reassessment                   401     409     404         403          403              403    403          403    403      403",
        "POST ask-for-reassessment-advice           401     409     404         403          403              403    403          403    403      403",
        "POST ask-transfer-preference               401     409     404         403          403              403    403          403    403      403",
        "POST answer-transfer-preference            401     409     404         403          403              409    404          403    403      403",
        "POST tell-of-transfer                      401     409     404         403          403              403    403          403    403      403",
        "POST ask-for-budget-line                   401     409     404         403          403              409    404          403    403      403",
        "POST ask-for-budget-review                 401     409     404         403          403              409    404          403    403      403",
        "POST decide-on-budget-line                 401     409     404         403          403              403    403          403    403      403",
        "POST change-budget-line                    401     409     404         403          403              403    403          403    403      403",
        "POST answer-budget-review                  401     409     404         403          403              403    403          403    403      403",
        "POST record-payment-review                 401     409     404         403          403              403    403          403    403      403",
        "POST record-icb-change                     401     409     404         403          403              403    403          403    403      403",
        "POST record-detention                      401     409     404         403          403              403    403          403    403      403",
        "POST record-detention-move                 401     409     404         403          403              403    403          403    403      403",
        "POST record-release                        401     409     404         403          403              403    403          403    403      403",
        "POST record-icb-request                    401     409     404         403          404              403    403          403    403      403",
        "POST decide-on-plan                        401     409     404         403          403              403    403          403    403      403",
        "POST record-past-review                    401     409     404         403          403              403    403          403    403      403",
        "POST enter-plan-text                       401     409     404         403          403              403    403          403    403      403",
        "POST arrange-review                        401     409     404         403          403              403    403          403    403      403",
        "POST request-review-advice                 401     409     404         403          403              403    403          403    403      403",
        "POST record-review-invitations             401     409     404         403          403              403    403          403    403      403",
        "POST record-review-papers                  401     409     404         403          403              403    403          403    403      403",
        "POST record-review-meeting                 401     409     404         403          403              403    403          403    403      403",
        "POST record-review-report                  401     409     404         403          403              403    403          403    403      403",
        "POST propose-amendments                    401     409     404         403          403              403    403          403    403      403",
        "POST decide-not-to-amend                   401     409     404         403          403              403    403          403    403      403",
        "POST finalise-amended-plan                 401     409     404         403          403              403    403          403    403      403",
        "POST consider-ceasing                      401     409     404         403          403              403    403          403    403      403",
        "POST record-ceasing-view                   401     409     404         403          403              403    403          403    403      403",
        "POST decide-on-ceasing                     401     409     404         403          403              403    403          403    403      403",
        "POST record-plan-ceased                    401     409     404         403          403              403    403          403    403      403",
        "POST record-phase-transfer                 401     409     404         403          403              403    403          403    403      403",
        "POST decide-after-review                   401     409     404         403          403              403    403          403    403      403",
        "POST record-not-arrived                    401     409     404         403          403              403    403          403    403      403",
        "POST correct-record                        401     409     404         403          403              403    403          403    403      403",
        "POST resolve-attention                     401     409     404         403          403              403    403          403    403      403",
        "POST remind-now                            401     200     404         403          403              403    403          403    200      404",
        "POST send-request-again                    401     200     404         403          403              403    403          403    200      404",
        "POST retry-effect                          401     409     404         403          403              403    403          403    409      404",
        "POST abandon-effect                        401     409     404         403          403              403    403          403    409      404",
        "POST pause-chasing                         401     200     404         403          403              403    403          403    200      404",
        "POST resume-chasing                        401     409     404         403          403              403    403          403    409      404",
        "POST issue-family-link                     401     200     404         403          403              403    403          403    403      403",
        "POST revoke-family-link                    401     409     404         403          403              403    403          403    409      404",
        "POST record-person                         401     200     404         403          403              403    403          403    403      403",
        "POST end-person                            401     409     404         403          403              403    403          403    403      403",
        "POST name-supporter                        401     200     404         403          403              200    404          403    403      403",
        "POST end-supporter                         401     409     404         403          403              409    404          403    403      403",
        "POST record-child-facts                     401     200     404         403          403              403    403          403    403      403",
        "POST record-school-place                    401     200     404         403          403              403    403          403    403      403",
        "POST record-plan-terms                      401     200     404         403          403              403    403          403    403      403",
        "POST record-document                       401     409     404         403          403              403    403          403    403      403",
        "POST record-note                           401     200     404         403          403              403    403          403    403      403",
        "POST share-school-list                     401     200     404         403          403              403    403          403    403      403",
        "POST record-plan-costs                     401     409     404         403          403              403    403          403    403      403",
        "POST record-panel                          401     200     404         403          403              403    403          403    403      403",
        "POST restrict-case                         401     200     404         403          403              403    403          403    403      403",
        "POST lift-restriction                      401     409     404         403          403              403    403          403    409      404",
        "POST pass-on-advice-request                401     200     404         200          404              403    403          403    403      403",
        "POST revoke-answer-links                   401     200     404         403          403              403    403          403    200      404",
        "POST revoke-letter-link                    401     409     404         403          403              403    403          403    409      404",
    ];

    [Fact]
    public async Task Every_endpoint_answers_every_caller_as_the_table_says()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var endpoints = hub.Endpoints.ToDictionary(Name, e => e);
        var rows = Table.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var callers = Columns.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(rows.Select(r => $"{r[0]} {r[1]}").Order(), endpoints.Keys.Order());

        // Each call has an assessment of its own, so no answer depends on another.
        var assessments = new Dictionary<(string, string), AssessmentId>();
        foreach (var (name, caller) in endpoints.Keys.SelectMany(name => callers.Select(caller => (name, caller))))
        {
            assessments[(name, caller)] = await hub.SeedAsync($"{name} {caller}");
        }

        // The examples speak of days after the requests were made.
        hub.Time.Advance(TimeSpan.FromDays(14));
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            var name = $"{row[0]} {row[1]}";
            for (var column = 0; column < callers.Length; column++)
            {
                var assessment = assessments[(name, callers[column])];
                var status = await CallAsync(hub, endpoints[name], assessment, callers[column]);
                if (status != int.Parse(row[column + 2], CultureInfo.InvariantCulture))
                {
                    wrong.Add($"{name} by {callers[column]}: {status}, the table says {row[column + 2]}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task An_endpoint_that_says_nothing_is_closed()
    {
        await using var hub = await HubUnderTest.StartAsync(map: app => app.MapGet("/says-nothing", () => "open"));
        var assessment = await hub.SeedAsync("closed");

        foreach (var caller in Columns.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            using var answer = await hub.GetAsync("/says-nothing", Token(hub, assessment, caller));
            Assert.Equal((caller, caller == "anonymous" ? 401 : 403), (caller, (int)answer.StatusCode));
        }

        using var unknown = await hub.GetAsync("/nothing-is-here", token: null);
        using var absent = await hub.GetAsync("/nothing-is-here", hub.Officer());
        Assert.Equal((401, 404), ((int)unknown.StatusCode, (int)absent.StatusCode));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_answers_those_who_ask_for_the_head_alone(string path)
    {
        await using var hub = await HubUnderTest.StartAsync();

        using var answer = await hub.SendAsync(HttpMethod.Head, path, null, null, null);

        Assert.Equal((200, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    private static string Name(RouteEndpoint endpoint)
    {
        var method = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0];
        var kind = endpoint.Metadata.GetMetadata<StepDefinition>();
        var pattern = endpoint.RoutePattern.RawText!.TrimEnd('/');
        return kind is null || kind.Opens ? $"{method} {pattern}" : $"{method} {kind.Name}";
    }

    private static async Task<int> CallAsync(HubUnderTest hub, RouteEndpoint endpoint, AssessmentId assessment, string caller)
    {
        var path = endpoint.RoutePattern.RawText!.TrimEnd('/').Replace("{id}", assessment.Value, StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal)
            .Replace("{version:int}", "1", StringComparison.Ordinal).Replace("{from:int}", "1", StringComparison.Ordinal).Replace("{to:int}", "2", StringComparison.Ordinal)
            .Replace("{sha256}", new string('0', 64), StringComparison.Ordinal);
        var kind = endpoint.Metadata.GetMetadata<StepDefinition>();
        var example = kind is null ? null : InputExamples.Of(kind.Name)!.DeepClone();
        if (kind?.Opens == true)
        {
            // The table's own case is about the child of the example.
            (kind.Type == typeof(OpenAssessment) ? example! : example!["facts"]!)["earlierCase"] = new JsonObject { ["answer"] = "anotherChild", ["reason"] = "A namesake." };
        }

        var body = example?.ToJsonString();
        var method = new HttpMethod(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]);
        using var response = await hub.SendAsync(method, path, Token(hub, assessment, caller), body, kind is null ? null : $"{caller}-{assessment}");
        if (!response.IsSuccessStatusCode)
        {
            Assert.Equal(Problem.MediaType, response.Content.Headers.ContentType?.MediaType);
        }

        return (int)response.StatusCode;
    }

    private static string? Token(HubUnderTest hub, AssessmentId assessment, string caller) => caller switch
    {
        "anonymous" => null,
        "officer" => hub.Officer(),
        "officer-331" => hub.Officer(HubUnderTest.Other),
        "agency-asked" => hub.AgencyToken(HubUnderTest.Asked),
        "agency-not-asked" => hub.AgencyToken(HubUnderTest.NotAsked),
        "family" => hub.Family(assessment),
        "family-other" => hub.Family(AssessmentId.For(HubUnderTest.Own, "another assessment")),
        "reader" => hub.Operations(),
        "operator" => hub.Operations(CallerRole.Operator),
        "operator-331" => hub.Operations(CallerRole.Operator, HubUnderTest.Other),
        _ => throw new ArgumentOutOfRangeException(nameof(caller), caller, "The table has a column that the test does not know."),
    };
}
