using System.Globalization;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.Cases;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Monitoring.Viewing;
using IntegrationHub.Functions.Monitoring.Wording;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>The overview, the list of cases, and the page of one case.</summary>
internal static class CaseEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/monitor").RequireAuthorization(MonitorSignIn.Viewers).ExcludeFromDescription();
        pages.AddEndpointFilter(static async (context, next) =>
        {
            await Of<BoardUsage>(context.HttpContext).AskAsync(context.HttpContext.RequestAborted);
            return await next(context);
        });
        pages.MapGet("", Overview);
        pages.MapGet("/cases", List);
        pages.MapGet("/cases.csv", Csv);
        pages.MapGet("/cases/{id}", CaseAsync);
        pages.MapGet("/notices", Notices);
    }

    /// <summary>Returns the overview, using the services of the HTTP request.</summary>
    internal static Task<IResult> OverviewAsync(HttpContext http) =>
        Task.FromResult(Overview(http, Of<CaseBoard>(http), Of<QueueMonitor>(http), Of<IAntiforgery>(http)));

    /// <summary>Returns the list of cases, using the services of the HTTP request.</summary>
    internal static Task<IResult> ListAsync(HttpContext http) =>
        Task.FromResult(List(http, Of<CaseBoard>(http), Of<TimeProvider>(http), Of<RuleBook>(http), Of<IAntiforgery>(http)));

    /// <summary>Returns the page of a case, using the services of the HTTP request.</summary>
    internal static Task<IResult> OneAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        CaseAsync(http, id, Of<IAssessmentStore>(http), Of<CaseBoard>(http), Of<RuleBook>(http), Of<TimeProvider>(http), Of<IAntiforgery>(http), cancellationToken);

    private static T Of<T>(HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();

    private static IResult Overview(HttpContext http, CaseBoard board, QueueMonitor queues, IAntiforgery antiforgery)
    {
        var viewer = http.Viewer();
        return MonitorPages.Page<Pages.OverviewPage>(
            http,
            ("Viewer", viewer),
            ("Token", antiforgery.GetAndStoreTokens(http)),
            ("Board", board.Current.OverviewOf(viewer.Council)),
            ("Queues", viewer.Council is null ? queues.Counts : []),
            ("Name", (Func<AgencyId, string?>)board.NameOf));
    }

    private static IResult List(HttpContext http, CaseBoard board, TimeProvider time, RuleBook rules, IAntiforgery antiforgery)
    {
        var today = LondonDate.Of(time.GetUtcNow());
        var filter = FilterOf(http);
        var current = board.Current;
        var (total, rows) = board.PageOf(filter, today);
        return MonitorPages.Page<Pages.CaseListPage>(
            http,
            ("Viewer", http.Viewer()),
            ("Token", antiforgery.GetAndStoreTokens(http)),
            ("Filter", filter),
            ("Today", today),
            ("AsOf", current.AsOf),
            ("Unread", current.Unread),
            ("Councils", rules.Councils.Where(c => http.Viewer().Council is not { } only || c.Code == only).ToList()),
            ("Total", total),
            ("Rows", rows));
    }

    private static IResult Csv(HttpContext http, CaseBoard board, TimeProvider time)
    {
        var today = LondonDate.Of(time.GetUtcNow());
        var rows = board.Find(FilterOf(http), today);
        return Results.Stream(
            async body =>
            {
                // The list is written line by line, because a list of every case in the country is too large to hold in memory at once.
                await using var csv = new StreamWriter(body, new UTF8Encoding(false)) { NewLine = "\r\n" };
                await csv.WriteLineAsync("reference,council,stage,standing,outlook,waitingFor,waitingDue,receivedOn,finalPlanDue,attention,reason");
                foreach (var row in rows)
                {
                    await csv.WriteLineAsync(string.Join(',', Cells(row, today).Select(Cell)));
                }
            },
            "text/csv; charset=utf-8",
            "cases.csv");
    }

    private static string[] Cells(CaseRow row, DateOnly today)
    {
        var listed = row.Summary.On(today);
        var waits = OperationsView.ShowsWait(row.Summary, today);
        return
        [
            row.Summary.Id.Value, row.Council.Value, row.Summary.Stage.ToString(), MonitorWords.Of(row, today), MonitorWords.Of(row.OutlookOn(today)),
            waits ? listed.WaitingFor : "", Iso(waits ? listed.WaitingDue : null), Iso(row.Summary.ReceivedOn), Iso(row.Summary.FinalPlanDue),
            row.Summary.Attention.ToString(CultureInfo.InvariantCulture), row.Reason,
        ];

        static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>
    /// A CSV cell as defined in RFC 4180. A spreadsheet would run a cell that looks like a formula, so such cells are escaped.
    /// </summary>
    private static string Cell(string text) =>
        $"\"{(text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<IResult> CaseAsync(
        HttpContext http, string id, IAssessmentStore store, CaseBoard board, RuleBook rules, TimeProvider time, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        var viewer = http.Viewer();
        if (await FindAsync(viewer, id, store, rules, cancellationToken) is not { } state)
        {
            return MonitorPages.Page<Pages.NotFoundPage>(http, StatusCodes.Status404NotFound, ("Viewer", viewer), ("Token", antiforgery.GetAndStoreTokens(http)));
        }

        var row = board.Take(state);
        var view = CaseView.Of(
            state,
            row,
            await store.EventsAsync(state.Id, cancellationToken: cancellationToken),
            await store.EffectsAsync(state.Id, cancellationToken),
            NoticePage.Of(http.RequestServices.GetService<INoticeStore>()?.All(state.Id) ?? [], http.Request.Query),
            LondonDate.Of(time.GetUtcNow()),
            rules.For(state.Id));
        return MonitorPages.Page<Pages.CasePage>(
            http, ("Viewer", viewer), ("Token", antiforgery.GetAndStoreTokens(http)), ("Case", view), ("Done", http.Request.Query["done"].ToString()),
            ("Scanning", http.RequestServices.GetService<KeepingRules>() is { } keeping ? ScanningNotice.Of(keeping) : ""));
    }

    private static IResult Notices(HttpContext http, IAntiforgery antiforgery)
    {
        var viewer = http.Viewer();
        var notices = http.RequestServices.GetService<INoticeStore>()?.All() ?? [];
        return MonitorPages.Page<Pages.NoticesPage>(
            http,
            ("Viewer", viewer),
            ("Token", antiforgery.GetAndStoreTokens(http)),
            ("Notices", NoticePage.Of(notices.Where(n => n.Assessments.All(viewer.Sees)), http.Request.Query)));
    }

    /// <summary>The state of a case, or null if the case does not exist or the viewer is not allowed to see it.</summary>
    internal static async ValueTask<AssessmentState?> FindAsync(Viewer viewer, string id, IAssessmentStore store, RuleBook rules, CancellationToken cancellationToken)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council) || !viewer.Sees(assessment))
        {
            return null;
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        return state.Facts is null ? null : state;
    }

    private static CaseFilter FilterOf(HttpContext http)
    {
        var filter = CaseFilter.Read(http.Request.Query);
        return http.Viewer().Council is { } only ? filter with { Council = only } : filter;
    }
}
