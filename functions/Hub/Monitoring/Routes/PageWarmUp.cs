using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Monitoring.Viewing;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>
/// Renders each page a few times at start-up, so that the first visitor does not wait for the compiler. The readiness probe waits for the
/// warm-up. With an empty store there is no page to render.
/// </summary>
internal sealed class PageWarmUp(IServiceScopeFactory scopes, IAssessmentStore store, MonitorOptions options, BackgroundWork work)
    : BackgroundLoop("rendering of the first pages", work, TimeProvider.System), IWarmStart
{
    /// <summary>How many times each page is rendered, which is often enough for the compiler to begin its second stage of optimisation as
    /// well.</summary>
    private const int Rounds = 3;

    private static readonly Viewer Nobody = new("warm-up", IsOperator: true, Council: null, Development: false);

    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Task Done => done.Task;

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        // Pages that cannot be rendered now are rendered when somebody requests them. The warm-up does not try again.
        try
        {
            await MakeAllAsync(cancellationToken);
        }
        finally
        {
            done.TrySetResult();
        }

        return UntilWoken;
    }

    private async Task MakeAllAsync(CancellationToken cancellationToken)
    {
        if (options.WarmUp && (await store.ListAsync(new SummaryQuery { Limit = 1 }, cancellationToken)).Items is [var first])
        {
            for (var round = 0; round < Rounds; round++)
            {
                await MakeAsync(CaseEndpoints.OverviewAsync, "/monitor");
                await MakeAsync(CaseEndpoints.ListAsync, "/monitor/cases");
                await MakeAsync(http => CaseEndpoints.OneAsync(http, first.Id.Value, cancellationToken), $"/monitor/cases/{first.Id.Value}");
            }
        }
    }

    private async Task MakeAsync(Func<HttpContext, Task<IResult>> page, string address)
    {
        await using var scope = scopes.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = Nobody.ToPrincipal(MonitorSignIn.Use.Scheme) };
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) = (HttpMethods.Get, "https", new HostString("localhost"), address);
        http.Response.Body = Stream.Null;
        await (await page(http)).ExecuteAsync(http);
    }
}
