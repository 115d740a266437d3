using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// The search in the register of schools. The search contains nothing about a child, and measures distances from a school instead of a
/// home, so it can be part of the page's address.
/// </summary>
internal static class InstitutionEndpoints
{
    private const int LongestText = 100;
    private const int MaxMiles = 1000;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet(InstitutionsPage.Address, async (HttpContext http, InstitutionRegister register, TimeProvider time, CancellationToken cancellationToken) =>
    {
        var query = http.Request.Query;
        var (search, problem) = Read(query);
        return WorkspacePages.Show<InstitutionsPage>(
            http, http.Officer(), problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Register", await register.CurrentAsync(cancellationToken)), ("Search", search), ("Typed", query), ("Problem", problem), ("Today", LondonDate.Of(time.GetUtcNow())),
            ("Number", int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, GiasFile.MaxRows) : 1),
            ("For", AssessmentId.TryParse(query["for"], out var forCase, out _) && http.Officer().MaySee(forCase) ? forCase : (AssessmentId?)null));
    }).RequireAuthorization(OfficerSignIn.For(Page.Institutions)).ExcludeFromDescription();

    private static (InstitutionSearch Search, FormProblem? Problem) Read(IQueryCollection query)
    {
        FormProblem? problem = null;
        Urn? near = null;
        double? miles = null;
        int? age = null;
        if (Text("near") is { Length: > 0 } typed)
        {
            near = Urn.TryParse(typed, out var urn, out var wrong) ? urn : Wrong<Urn>("near", $"Near: {wrong}");
        }

        if (Text("miles") is { Length: > 0 } far)
        {
            miles = double.TryParse(far, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var most) && most is > 0 and <= MaxMiles ? most : Wrong<double>("miles", $"Miles must be a number up to {MaxMiles}, like 5 or 2.5");
        }

        if (Text("age") is { Length: > 0 } years)
        {
            age = int.TryParse(years, NumberStyles.None, CultureInfo.InvariantCulture, out var old) && old <= 25 ? old : Wrong<int>("age", "Age must be a whole number of years, up to 25");
        }

        if (miles is not null && near is null)
        {
            problem ??= new FormProblem("near", "Enter the URN of the school from which the miles are measured");
        }

        return (new InstitutionSearch
        {
            Words = Text("q"),
            Type = Text("type"),
            Phase = Text("phase"),
            Need = Text("need"),
            Section41 = query["s41"] == "yes",
            Closed = query["closed"] == "yes",
            Age = age,
            Near = near,
            Miles = miles,
        }, problem);

        string Text(string name)
        {
            var text = query[name].ToString().Trim();
            if (text.Length <= LongestText)
            {
                return text;
            }

            problem ??= new FormProblem(name, $"Use at most {LongestText} characters");
            return "";
        }

        T? Wrong<T>(string field, string words)
            where T : struct
        {
            problem ??= new FormProblem(field, words);
            return null;
        }
    }
}
