using System.Net;
using System.Text.RegularExpressions;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>Each page, each role, the own council's cases and another's: one table. And no reading without its line on the access log.</summary>
public sealed partial class AccessTests
{
    // o: opens. -: is told that the role does not open it. Another council's case is 404 for whoever could open the page, whatever the page.
    private static readonly OfficerRole[] Columns =
    [
        OfficerRole.CaseOfficer, OfficerRole.TeamManager, OfficerRole.BusinessSupport, OfficerRole.PanelMember, OfficerRole.DesignatedOfficer,
        OfficerRole.EducationalPsychology, OfficerRole.Finance, OfficerRole.Auditor,
    ];

    private static readonly (string Page, string Roles)[] Table =
    [
        //                                    case team busi pane desi psyc fina audi
        ("/workspace",                         "o o o o o o o o"),
        ("/workspace/team",                    "o o o o o o o o"),
        ("/workspace/csv",                     "o o o o o o o o"),
        ("/workspace/unassigned",              "o o o o o o o o"),
        ("/workspace/council",                 "o o o o o o o o"),
        ("/workspace/search",                  "o o o - - - - o"),
        ("/workspace/dashboard",               "- o - - - - - o"),
        ("/workspace/panel",                   "o o - o o o - o"),
        ("/workspace/panel/{on}",              "o o - o o o - o"),
        ("/workspace/panel/{on}/minutes",      "o o - o o o - o"),
        ("/workspace/panel/{on}/minutes.docx", "o o - o o o - o"),
        ("/workspace/agencies",                "o o o - o o - o"),
        ("/workspace/agencies/test",           "- o o - - - - -"),
        ("/workspace/institutions",            "o o o o o o o o"),
        ("/workspace/intake",                  "o o o - - - - o"),
        ("/workspace/intake/{mail}",           "o o o - - - - o"),
        ("/workspace/intake/{mail}/raw",       "o o o - - - - o"),
        ("/workspace/intake/{mail}/files/{part}", "o o o - - - - o"),
        ("/workspace/intake/{mail}/case",      "o o o - - - - -"),
        ("/workspace/intake/{mail}/case/{id}", "o o o - - - - -"),
        ("/workspace/sen2",                    "o o - - - - - o"),
        ("/workspace/sen2/{year:int}/{number:int}/changes", "- o - - - - - -"),
        ("/workspace/sen2/{year:int}/{number:int}/sen2.xml", "- o - - - - - -"),
        ("/workspace/sen2/{year:int}/{number:int}/tables.zip", "- o - - - - - -"),
        ("/workspace/sen2/{year:int}/figures.zip", "- o - - - - - -"),
        ("/workspace/transfers",               "o o o - - - - o"),
        ("/workspace/costs",                   "- o - - - - o o"),
        ("/workspace/costs/csv",               "- o - - - - o o"),
        ("/workspace/transfers/csv",           "o o o - - - - o"),
        ("/workspace/new",                     "o o o - - - - -"),
        ("/workspace/take-over",               "o o - - - - - -"),
        ("/workspace/cases/{id}",              "o o o o o o o o"),
        ("/workspace/cases/{id}/people",       "o o o o o o - o"),
        ("/workspace/cases/{id}/advice",       "o o - o o o - o"),
        ("/workspace/cases/{id}/advice/{advice}", "o o - o o o - o"),
        ("/workspace/cases/{id}/review",       "o o - o o o - o"),
        ("/workspace/cases/{id}/review/papers.docx", "o o - o o o - o"),
        ("/workspace/cases/{id}/papers",       "o o - o o o - o"),
        ("/workspace/cases/{id}/papers/file",  "o o - o o o - o"),
        ("/workspace/cases/{id}/plan",         "o o - o o o o o"),
        ("/workspace/cases/{id}/plan/compare", "o o - o o o o o"),
        ("/workspace/cases/{id}/plan/preview", "o o - o o o o o"),
        ("/workspace/cases/{id}/plan/word",    "o o - - - - - -"),
        ("/workspace/cases/{id}/plan/word/file", "o o - - - - - -"),
        ("/workspace/cases/{id}/plan/{section}", "o o - o o o o o"),
        ("/workspace/cases/{id}/schools",      "o o - o o o - o"),
        ("/workspace/cases/{id}/costs",        "o o - - - - o o"),
        ("/workspace/cases/{id}/local-offer",  "o o - o o o o o"),
        ("/workspace/cases/{id}/documents",    "o o o o o o - o"),
        ("/workspace/cases/{id}/documents/{sha256}", "o o o o o o - o"),
        ("/workspace/cases/{id}/letters",      "o o o - - - - o"),
        ("/workspace/cases/{id}/disputes",     "o o - - - - - o"),
        ("/workspace/cases/{id}/timeline",     "o o - o o o - o"),
        ("/workspace/cases/{id}/access-log",   "o o - - - - - o"),
        ("/workspace/cases/{id}/steps",        "o o o - - - - -"),
        ("/workspace/cases/{id}/steps/{step}", "o o - - - - - -"),
    ];

    // Open to everybody: they show nothing of any case.
    private static readonly string[] Open = ["/workspace/sign-in", "/workspace/not-allowed", "/workspace/base.css", "/workspace/style.css"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_opens_to_whom_the_table_names_and_every_reading_is_on_the_log()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var log = hub.Services.GetRequiredService<IAccessLog>();
        var pages = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/workspace", StringComparison.Ordinal) && e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(e => e.RoutePattern.RawText!.TrimEnd('/')).Except(Open).Order().ToList();
        Assert.Equal(pages, Table.Select(row => row.Page).Order());

        var document = await DocumentTests.PutAsync(hub, hub.Late);
        var mail = await TrayOfMail.TakeAsync(hub, $"About Alex Example, NHS number 9990000018, case {hub.Late}.");
        await StepFormsTests.AdviseAsync(hub);
        await hub.SubmitAsync(hub.Late, new RecordPanel(new DateOnly(2026, 8, 20), ["J. Farrow, chair"], "To wait for the advice."));
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);
        foreach (var council in new[] { Desk.Own, Desk.Other })
        {
            using var manager = await Desk.SignInAsync(hub, OfficerRole.TeamManager, council);
            await ReturnPageTests.BuildAsync(manager);
            await ReturnPageTests.BuildAsync(manager);
            using var made = await manager.SendAsync(await manager.OpenAsync("/workspace/sen2"), "form[action$=figures]");
        }

        var wrong = new List<string>();
        using var nobody = Desk.SignedOut(hub);
        for (var column = 0; column < Columns.Length; column++)
        {
            using var own = await Desk.SignInAsync(hub, Columns[column]);
            using var other = await Desk.SignInAsync(hub, Columns[column], Desk.Other);
            foreach (var (page, roles) in Table)
            {
                var opens = roles.Split(' ')[column] == "o";
                var address = page.Replace("{id}", hub.Late.Value, StringComparison.Ordinal).Replace("{step}", "claim-exception", StringComparison.Ordinal).Replace("{sha256}", document, StringComparison.Ordinal).Replace("{advice}", "medical-1.1", StringComparison.Ordinal).Replace("{section}", "F", StringComparison.Ordinal).Replace("{on}", "2026-08-20", StringComparison.Ordinal)
                    .Replace("{year:int}", "2027", StringComparison.Ordinal).Replace("{number:int}", "2", StringComparison.Ordinal)
                    .Replace("/workspace/intake/{mail}", TrayOfMail.Address(mail), StringComparison.Ordinal).Replace("{part}", "1", StringComparison.Ordinal);
                var before = (await log.EntriesAsync(hub.Late, 0, 10_000, Stop)).Count;
                using var mine = await own.GetAsync(address);
                var html = await mine.Content.ReadAsStringAsync(Stop);
                Note(page, Columns[column], "own", mine, opens ? Shown(page) : HttpStatusCode.Redirect, step: page.Contains("{step}", StringComparison.Ordinal));

                // Whoever saw a child, or a form of a case, stands on the log of that case by now.
                var readings = await log.EntriesAsync(hub.Late, 0, 10_000, Stop);
                if (opens && html.Contains(hub.Late.Value, StringComparison.Ordinal) && !(readings.Count == before + 1 && readings[0].Roles == OfficerRoles.Name(Columns[column])))
                {
                    wrong.Add($"{page} by {Columns[column]}: read without a line on the access log");
                }

                if (!opens && ReadsOfChild(html))
                {
                    wrong.Add($"{page} by {Columns[column]}: closed, and shows the child");
                }

                using var theirs = await other.GetAsync(address);
                var hidden = await theirs.Content.ReadAsStringAsync(Stop);
                Note(page, Columns[column], "other council", theirs, !opens ? HttpStatusCode.Redirect : page.Contains("{id}", StringComparison.Ordinal) || page.Contains("{mail}", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, step: page.Contains("{step}", StringComparison.Ordinal));
                if (ReadsOfChild(hidden))
                {
                    wrong.Add($"{page} by {Columns[column]} of another council shows the child");
                }

                using var refused = await nobody.GetAsync(address);
                if (refused.StatusCode != HttpStatusCode.Redirect || !refused.Headers.Location!.OriginalString.Contains("/workspace/sign-in", StringComparison.Ordinal))
                {
                    wrong.Add($"{page} by nobody: {(int)refused.StatusCode}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        // No scanner has called the document clean: it is said so, and the case is read all the same.
        static HttpStatusCode Shown(string page) => page.Split('/')[^1] switch
        {
            "{sha256}" or "raw" or "{part}" => HttpStatusCode.Conflict,

            // It has no reference of a case yet.
            "case" => HttpStatusCode.UnprocessableEntity,
            _ => HttpStatusCode.OK,
        };

        void Note(string page, OfficerRole role, string council, HttpResponseMessage answer, HttpStatusCode expected, bool step)
        {
            // A form of a step that the role may not send is closed by the form itself: some of the role's others may be open.
            var allowed = answer.StatusCode == expected || (step && expected == HttpStatusCode.Redirect && answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
            if (!allowed)
            {
                wrong.Add($"{page} by {role}, {council}: {(int)answer.StatusCode}, not {(int)expected}");
            }
        }
    }

    [Fact]
    public async Task Nobody_sends_what_the_role_does_not_send()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var events = (await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Count;
        string[] ofThePostRoom = ["acknowledge-advice-request", "open-assessment", "record-document", "record-not-arrived", "record-notice-outcome", "record-notice-sent", "record-request-sent"];
        foreach (var role in Columns)
        {
            using var desk = await Desk.SignInAsync(hub, role);
            foreach (var step in StepCatalogue.Steps.Where(step => !step.Opens))
            {
                var may = step.Senders.Contains(ActorRole.CouncilOfficer)
                    && (role == OfficerRole.TeamManager || (role == OfficerRole.CaseOfficer && step.Name is not ("restrict-case" or "lift-restriction")) || (role == OfficerRole.BusinessSupport && ofThePostRoom.Contains(step.Name)));
                using var answer = await desk.PostAsync($"/workspace/cases/{hub.Late}/steps/{step.Name}", new Dictionary<string, string>());

                // Without its token a form that may be sent comes back; one that may not is closed, or does not exist.
                Assert.Equal((role, step.Name, may), (role, step.Name, answer.StatusCode == HttpStatusCode.UnprocessableEntity));
                Assert.True(may || answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
            }
        }

        Assert.Equal(events, (await hub.Store.EventsAsync(hub.Late, cancellationToken: Stop)).Count);
    }

    [Fact]
    public async Task What_is_searched_for_stands_in_no_log_and_each_case_found_is_noted()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        using var other = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer, Desk.Other);
        foreach (var (asked, finds) in new[]
        {
            ("Alex", true), ("exam alex", true), ("14 3 2016", true), ("14/03/2016", true), ("2016-03-14", true), ("999 000 0018", true), ("Q330100101501", true),
            ("Example Primary", true), (hub.Late.Value, true), ("Alexa", false), ("15 3 2016", false), ("9990000019", false), ("", false),
        })
        {
            var page = await desk.OpenAsync("/workspace/search");
            using var answer = await desk.SendAsync(page, "main form", ("q", asked));
            var found = await Desk.ReadAsync(answer);
            Assert.Equal((asked, finds), (asked, found.QuerySelector("main table")?.TextContent.Contains(hub.Late.Value, StringComparison.Ordinal) == true));
            Assert.Equal(asked, found.QuerySelector("#q")!.GetAttribute("value"));

            using var elsewhere = await other.SendAsync(await other.OpenAsync("/workspace/search"), "main form", ("q", asked));
            Assert.Null((await Desk.ReadAsync(elsewhere)).QuerySelector("main table"));
        }

        var readings = await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(hub.Late, 0, 100, Stop);
        Assert.Equal(9, readings.Count(r => r.What == "search"));
        Assert.All(MonitoredHub.OfTheChild, word => Assert.All(hub.Log.Lines, line => Assert.DoesNotContain(word, line, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_reading_that_cannot_be_logged_is_no_reading()
    {
        var log = new FullLog();
        await using var hub = await MonitoredHub.StartAsync(builder => builder.Services.AddSingleton<IAccessLog>(log));
        var mail = await TrayOfMail.TakeAsync(hub, "About a child.");
        log.IsFull = true;
        using var desk = await Desk.SignInAsync(hub, OfficerRole.CaseOfficer);
        foreach (var page in Table.Where(row => row.Page.Contains("{id}", StringComparison.Ordinal)).Select(row => row.Page))
        {
            using var answer = await desk.GetAsync(page.Replace("{id}", hub.Late.Value, StringComparison.Ordinal).Replace("{step}", "claim-exception", StringComparison.Ordinal).Replace("/workspace/intake/{mail}", TrayOfMail.Address(mail), StringComparison.Ordinal));
            Assert.Equal((page, HttpStatusCode.InternalServerError), (page, answer.StatusCode));
            Assert.False(ReadsOfChild(await answer.Content.ReadAsStringAsync(Stop)));
        }

        Assert.Equal(500, (await Desk.CallAsync(hub, $"/v1/cases/{hub.Late}")).Status);
    }

    internal static bool ReadsOfChild(string html) => MonitoredHub.OfTheChild.Any(word => Hints().Replace(html, "").Contains(word, StringComparison.Ordinal));

    // The forms' examples speak of the same invented child as the test's cases.
    [GeneratedRegex("""<span class="hint"[^>]*>[^<]*</span>""")]
    private static partial Regex Hints();

    private sealed class FullLog : IAccessLog
    {
        internal bool IsFull { get; set; }

        public ValueTask WriteAsync(IReadOnlyList<CaseReading> readings, CancellationToken cancellationToken) =>
            readings.Count == 0 || !IsFull ? default : throw new IOException("The disk is full.");

        public ValueTask<IReadOnlyList<CaseReading>> EntriesAsync(Contracts.Identifiers.AssessmentId @case, int skip, int most, CancellationToken cancellationToken) =>
            new(Array.Empty<CaseReading>());
    }
}
