using System.Diagnostics.CodeAnalysis;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Monitoring.Viewing;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>
/// Makes each page once, for nobody, while the host starts, so that the first person does not wait for the compiler. The readiness probe
/// waits for it. A store without a case has no page to make.
/// </summary>
internal sealed class PageWarmUp(IServiceScopeFactory scopes, IAssessmentStore store, MonitorOptions options, ILogger<PageWarmUp> log) : BackgroundService, IWarmStart
{
    /// <summary>So often that the compiler's second look at the code is under way as well.</summary>
    private const int Rounds = 3;

    private static readonly Viewer Nobody = new("warm-up", IsOperator: true, Council: null, Development: false);

    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Task Done => done.Task;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "The edge of the process: pages that cannot be made now are made when they are asked for.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (options.WarmUp && (await store.ListAsync(new SummaryQuery { Limit = 1 }, stoppingToken)).Items is [var first])
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await MakeAsync(CaseEndpoints.OverviewAsync, "/monitor");
                    await MakeAsync(CaseEndpoints.ListAsync, "/monitor/cases");
                    await MakeAsync(http => CaseEndpoints.OneAsync(http, first.Id.Value, stoppingToken), $"/monitor/cases/{first.Id.Value}");
                }
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            WarmUpLog.Failed(log, fault.GetType().FullName ?? "-", fault.StackTrace ?? "-");
        }
        finally
        {
            done.TrySetResult();
        }
    }

    private async Task MakeAsync(Func<HttpContext, Task<IResult>> page, string address)
    {
        await using var scope = scopes.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = Nobody.ToPrincipal(MonitorSignIn.Cookie) };
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) = (HttpMethods.Get, "https", new HostString("localhost"), address);
        http.Response.Body = Stream.Null;
        await (await page(http)).ExecuteAsync(http);
    }
}

internal static partial class WarmUpLog
{
    [LoggerMessage(1, LogLevel.Error, "The monitor's pages could not be made ahead: {Fault}\n{Trace}")]
    internal static partial void Failed(ILogger log, string fault, string trace);
}
