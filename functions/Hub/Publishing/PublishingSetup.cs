using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Figures;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Publishing;

/// <summary>The public page of a council's figures, shown only if the council has switched it on.</summary>
public static class PublishingSetup
{
    /// <summary>Adds the services that the public page of figures needs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The councils whose figures are public.</param>
    public static IServiceCollection AddPublishing(this IServiceCollection services, FiguresOptions options) =>
        services.AddSingleton(options).AddSingleton<FigureStore>().AddSingleton<PublicFigures>();

    /// <summary>Maps the public page of figures. The page does not exist for a council that has not switched it on.</summary>
    public static void MapPublishing(this IEndpointRouteBuilder routes) => routes.MapGet("/figures/{council}", ShowAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(HttpContext http, string council, PublicFigures figures, RuleBook rules, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!LocalAuthorityCode.TryParse(council, out var code, out _) || await figures.FindAsync(code, cancellationToken) is not { } view)
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = view.IsUnavailable ? "no-store" : FormattableString.Invariant($"public, max-age={PublicFigures.ReadAgainAfter.TotalSeconds}");
        var law = rules.For(code).LawOn(LondonDate.Of(time.GetUtcNow()));
        return MonitorPages.Page<FiguresPage>(http, view.IsUnavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, ("View", view), ("FinalPlan", Words(law.Rule("finalPlan"))), ("Decision", Words(law.Rule("reviewDecision"))));
    }

    private static string Words(Rule limit) => FormattableString.Invariant($"{limit.Length} {limit.Unit.ToString().ToLowerInvariant()}");
}
