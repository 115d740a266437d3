using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.Cases;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Functions.Workspace.Panel;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The pages of one case. Each access is recorded in the case's access log before the page is made.</summary>
internal static class CasePageEndpoints
{
    private const int ReadingsOnAPage = 50;
    private const int NoticesShown = 100;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/workspace/cases/{id}").ExcludeFromDescription();
        Plain<CaseNowPage>("", Page.Case, "state of the case");
        Case("/people", Page.People, "people", async (http, file, cancellationToken) => WorkspacePages.Show<PeoplePage>(
            http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Related", await Of<RelatedCases>(http).OfAsync(http.Officer(), file, cancellationToken))));
        Plain<DisputesPage>("/disputes", Page.Disputes, "disputes");
        Plain<CostsPage>("/costs", Page.Costs, "costs");
        Plain<StepsPage>("/steps", Page.Steps, "all steps");
        Case("/advice", Page.Advice, "advice", AdviceAsync);
        pages.MapGet("/advice/{advice}", OneAdviceAsync).RequireAuthorization(OfficerSignIn.For(Page.Advice));
        Case("/review", Page.Advice, "papers for the review meeting", (http, file, _) => Task.FromResult(
            WorkspacePages.Show<ReviewPapersPage>(http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Papers", ReviewPapers.Of(file)))));
        Case("/review/papers.docx", Page.Advice, "papers for the review meeting, in Word", (_, file, _) => Task.FromResult<IResult>(
            TypedResults.File(LetterDocx.Write(ReviewPapers.Of(file)), WordEndpoints.WordFileType, $"review-papers-{file.State.Id}.docx")));
        Case("/letters", Page.Letters, "letters", LettersAsync);
        Case("/timeline", Page.Timeline, "timeline", async (http, file, cancellationToken) => WorkspacePages.Show<TimelinePage>(
            http, http.Officer(), StatusCodes.Status200OK, ("File", file),
            ("Lines", Timeline.Lines(await Of<IAssessmentStore>(http).EventsAsync(file.State.Id, cancellationToken: cancellationToken), CaseVisibility.Council, null))));
        Case("/access-log", Page.AccessLog, "access log", AccessLogAsync);

        void Plain<T>(string tail, Page page, string what)
            where T : IComponent =>
            Case(tail, page, what, (http, file, _) => Task.FromResult(
                typeof(T) == typeof(CaseNowPage)
                    ? WorkspacePages.Show<T>(http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Done", http.Request.Query["done"].ToString()))
                    : WorkspacePages.Show<T>(http, http.Officer(), StatusCodes.Status200OK, ("File", file))));

        void Case(string tail, Page page, string what, Func<HttpContext, CaseFile, CancellationToken, Task<IResult>> show) =>
            pages.MapGet(tail, async (HttpContext http, string id, CaseReader reader, CancellationToken cancellationToken) =>
                await reader.OpenAsync(http.Officer(), id, what, cancellationToken) is { } file
                    ? await show(http, file, cancellationToken)
                    : WorkspacePages.Absent(http, http.Officer())).RequireAuthorization(OfficerSignIn.For(page));
    }

    private static async Task<IResult> AdviceAsync(HttpContext http, CaseFile file, CancellationToken cancellationToken) =>
        WorkspacePages.Show<AdvicePage>(http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Asked", await AskedAsync(http, file, cancellationToken)));

    private static async Task<IResult> LettersAsync(HttpContext http, CaseFile file, CancellationToken cancellationToken)
    {
        // The reason why a letter did not reach its recipient is recorded only in the events.
        var events = await Of<IAssessmentStore>(http).EventsAsync(file.State.Id, cancellationToken: cancellationToken);
        IReadOnlyList<NoticeNotGiven> failed = [.. events.Select(one => one.What).OfType<NoticeNotGiven>()];
        return WorkspacePages.Show<LettersPage>(
            http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Kept", Of<INoticeStore>(http).Of(file.State.Id, NoticesShown)), ("Failed", failed));
    }

    /// <summary>One piece of advice next to the lines of the plan that were made from it.</summary>
    private static async Task<IResult> OneAdviceAsync(HttpContext http, string id, string advice, CaseReader reader, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(http.Officer(), id, "one piece of advice", cancellationToken) is not { } file || file.State.Advice.FirstOrDefault(one => one.Id == advice) is not { } found)
        {
            return WorkspacePages.Absent(http, http.Officer());
        }

        var asked = (await AskedAsync(http, file, cancellationToken)).FirstOrDefault(one => one.Request.Id == found.RequestId);
        return WorkspacePages.Show<OneAdvicePage>(http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Advice", found), ("Asked", asked));
    }

    private static async Task<IReadOnlyList<Contribution>> AskedAsync(HttpContext http, CaseFile file, CancellationToken cancellationToken)
    {
        var events = await Of<IAssessmentStore>(http).EventsAsync(file.State.Id, cancellationToken: cancellationToken);
        return CaseView.Of(file.State, Of<CaseBoard>(http).Take(file.State), events, [], NoticePage.Of([], http.Request.Query), file.Today, file.Rules).Contributions;
    }

    private static async Task<IResult> AccessLogAsync(HttpContext http, CaseFile file, CancellationToken cancellationToken)
    {
        var number = int.TryParse(http.Request.Query["page"], out var asked) ? Math.Clamp(asked, 1, 10_000) : 1;
        var readings = await Of<IAccessLog>(http).EntriesAsync(file.State.Id, (number - 1) * ReadingsOnAPage, ReadingsOnAPage + 1, cancellationToken);
        return WorkspacePages.Show<AccessLogPage>(
            http, http.Officer(), StatusCodes.Status200OK, ("File", file), ("Readings", readings.Take(ReadingsOnAPage).ToList()), ("Number", number), ("More", readings.Count > ReadingsOnAPage));
    }

    private static T Of<T>(HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();
}
