using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Issuer;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.SignIn;

/// <summary>A hub of two councils with an issuer of each kind by which contributors sign in, and cases in which two schools are asked.</summary>
internal sealed class ContributorHub : IAsyncDisposable
{
    internal const string Millbrook = "urn:100001";
    internal const string Larkhill = "urn:100002";
    internal const string Trust = "ods:RX1";
    internal const string OwnSystem = "ods:RX2";
    internal const string SocialCare = "la:330/social-care";
    internal const string ApiSecret = "short-api-word";

    /// <summary>Each kind of issuer, with somebody whom it lets in.</summary>
    internal static readonly IReadOnlyDictionary<string, Person> Right = new Dictionary<string, Person>
    {
        ["dfe"] = Dfe("100001"),
        ["cis2"] = Cis2([("555", "RX1", "S8000:G8000:R8001")]),
        ["partner"] = new(("sub", "anna"), ("tid", "tenant-1"), ("roles", "EHC.Adviser"), ("roles", "Other")),
    };

    private static readonly IReadOnlyList<IssuerClient> Clients =
        [new("dfe-app", "s3cret") { ApiSecret = ApiSecret }, new("cis2-app", "s4cret"), new("partner-app", "s5cret"), new("partner-plain", null)];

    private ContributorHub(SignInHub hub, FakeTimeProvider time) => (Hub, Time) = (hub, time);

    internal SignInHub Hub { get; }

    internal FakeTimeProvider Time { get; }

    internal FakeIssuer Issuer => Hub.Issuer;

    internal IAccessLog AccessLog => Hub.App.Services.GetRequiredService<IAccessLog>();

    /// <summary>Somebody of an establishment, as DfE Sign-in tells of them.</summary>
    internal static Person Dfe(string? urn, string? ukprn = null, string sub = "anna", params string[] roles) => new(
        ("sub", sub), ("organisation", $$"""{ "id": "org-{{urn}}", "name": "School {{urn}}", "category": { "id": "001" }, "urn": {{Json(urn)}}, "ukprn": {{Json(ukprn)}} }"""))
    {
        ServiceRoles = roles.Length > 0 ? roles : ["SENCO"],
    };

    /// <summary>Somebody of the NHS, whose roles are on the page of the person alone.</summary>
    internal static Person Cis2(IReadOnlyList<(string Role, string Ods, string Code)> roles, string selected = "555", string level = "3") => new(("sub", "anna"), ("authentication_assurance_level", level))
    {
        UserInfo =
        [
            ("nhsid_nrbac_roles", $"[{string.Join(',', roles.Select(one => $$"""{ "person_roleid": "{{one.Role}}", "org_code": "{{one.Ods}}", "org_name": "Trust {{one.Ods}}", "role_code": "{{one.Code}}" }"""))}]"),
            ("selected_roleid", selected),
        ],
    };

    /// <param name="issuers">Names of the issuers that are set.</param>
    /// <param name="without">An agency that the directory does not list.</param>
    /// <param name="keepIn">Directory of the data, which stays afterwards; null for one of its own.</param>
    /// <param name="more">Further settings.</param>
    /// <param name="clients">Further applications that the issuer knows.</param>
    internal static async Task<ContributorHub> StartAsync(
        IReadOnlyList<string> issuers, string? without = null, string? keepIn = null, IReadOnlyList<(string Name, string Value)>? more = null, IReadOnlyList<IssuerClient>? clients = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero));
        AgencyEntry[] agencies =
        [
            .. ((string, Reach)[])[(Millbrook, Reach.Web), (Larkhill, Reach.Portal), (Trust, Reach.Web), (OwnSystem, Reach.FhirPull), (SocialCare, Reach.Web)]
                is var listed ? listed.Where(one => one.Item1 != without).Select(one => new AgencyEntry { Id = Agency(one.Item1), Reach = one.Item2 }) : [],
        ];
        return new ContributorHub(await SignInHub.StartAsync(issuers.SelectMany(Settings).Concat(more ?? []), [.. Clients, .. clients ?? []], agencies, time, keepIn), time);
    }

    internal static AgencyId Agency(string text) => AgencyId.TryParse(text, out var agency, out var problem) ? agency : throw new FormatException(problem);

    /// <summary>A case of a council in which a school is asked for advice.</summary>
    internal async Task<AssessmentId> AskAsync(string key, string council = "330", string school = Millbrook, string child = "Alex")
    {
        var id = AssessmentId.For(LocalAuthorityCode.TryParse(council, out var code, out _) ? code : default, key);
        var facts = LetterHub.Facts();
        await SubmitAsync(id, new OpenAssessment(facts with
        {
            Setting = new Agency { Id = Agency(school), Name = $"School {school[4..]}" },
            Child = facts.Child with { GivenName = child, NhsNumber = null, FamilyName = $"Of{key}" },
        }));
        await SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        await SubmitAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        return id;
    }

    internal async Task SubmitAsync(AssessmentId id, AssessmentInput input)
    {
        var engine = Hub.App.Services.GetRequiredService<EmbeddedEngine>();
        var outcome = await engine.SubmitAsync(
            new Delivery { Assessment = id, MessageId = Guid.NewGuid().ToString(), By = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-17" }, ReceivedAt = Time.GetUtcNow(), Input = input },
            TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
        await engine.RunDueAsync(TestContext.Current.CancellationToken);
    }

    internal async Task<AssessmentState> StateAsync(AssessmentId id) =>
        (await Hub.App.Services.GetRequiredService<IAssessmentStore>().LoadAsync(id, TestContext.Current.CancellationToken)).State;

    /// <summary>What a school was asked in a case.</summary>
    internal async Task<AdviceRequest> RequestAsync(AssessmentId id, string school = Millbrook) => (await StateAsync(id)).Requests.First(r => r.Agency?.Id.Value == school);

    /// <summary>The path of the pages of it.</summary>
    internal async Task<string> PathAsync(AssessmentId id, string school = Millbrook) => $"/requests/{id}/{(await RequestAsync(id, school)).Id}";

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private static IEnumerable<(string Name, string Value)> Settings(string issuer)
    {
        (string Name, string Value)[] of = issuer switch
        {
            "dfe" => [("Title", "DfE Sign-in"), ("Organisation", "DfeSignIn"), ("ClientId", "dfe-app"), ("ClientSecret", "s3cret"), ("Api", "ISSUER/"), ("ApiSecret", ApiSecret), ("Roles", "SENCO, Head")],
            "cis2" => [("Title", "NHS CIS2"), ("Organisation", "Cis2"), ("ClientId", "cis2-app"), ("ClientSecret", "s4cret"), ("AcrValues", "AAL2_OR_AAL3_ANY"), ("Roles", "R8001,S1:G1:R2")],
            "plain" => [("Title", "Partner without a secret"), ("ClientId", "partner-plain"), ("OrganisationClaim", "tid"), ("Roles", "EHC.Adviser"), ("Organisations:tenant-1", SocialCare)],
            _ => [("Title", "Partner council"), ("ClientId", "partner-app"), ("ClientSecret", "s5cret"), ("OrganisationClaim", "tid"), ("Roles", "EHC.Adviser"), ("Organisations:tenant-1", SocialCare), ("Organisations:tenant-9", "la:331/social-care")],
        };
        return of.Append(("Authority", "ISSUER")).Select(one => ($"Contributors:Issuers:{issuer}:{one.Item1}", one.Item2));
    }

    private static string Json(string? text) => text is null ? "null" : $"\"{text}\"";
}
