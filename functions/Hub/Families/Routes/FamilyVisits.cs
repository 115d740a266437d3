using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Families.SigningIn;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Families.Routes;

/// <summary>The pages that a family's link opens once the code has been entered.</summary>
public sealed class FamilyVisits(
    FamilyLinkResolver resolver, FamilySignIn account, PageAccessCodes code, IAntiforgery forgery, IAccessLog log, MonitorOptions options, TakeInput take, TimeProvider time)
    : PageVisits<OpenedCase>(code, forgery, log, options, time)
{
    private readonly PageAccessCodes code = code;
    private readonly TimeProvider time = time;

    /// <inheritdoc/>
    protected override string Gone => "The link has expired, was replaced by another link, or was not copied in full. Ask the council for a new link.";

    /// <inheritdoc/>
    protected override Task<OpenedCase?> FindAsync(HttpContext http, CancellationToken cancellationToken) =>
        resolver.OpenAsync(http.Request.RouteValues["token"]?.ToString() ?? "", cancellationToken);

    /// <inheritdoc/>
    protected override (string Title, string Address)? SignInOf(OpenedCase opened) =>
        account.IsEnabled && opened.Address is not null ? (account.Title, FamilySignIn.AddressFor(opened.Path)) : null;

    /// <summary>
    /// A person is admitted by a code, or by an account with the e-mail address on record. The link decides which case opens; the code or
    /// the account shows who the person is.
    /// </summary>
    protected override async ValueTask<Standing> StandingAsync(HttpContext http, OpenedCase opened)
    {
        if (await base.StandingAsync(http, opened) is var standing && standing == Standing.Passed)
        {
            return standing;
        }

        var answer = await account.TakeAsync(http, opened.Address?.Mail);
        http.Items[typeof(AccountMatch)] = answer;
        return answer == AccountMatch.Same ? code.Pass(http, opened) : standing;
    }

    /// <inheritdoc/>
    protected override string? AccountProblem(HttpContext http) => http.Items[typeof(AccountMatch)] is not AccountMatch.Other ? null
        : $"The e-mail address of your {account.Title} account is not the address that the council has for you. Ask for a code, or tell the council your e-mail address";

    /// <inheritdoc/>
    internal override IResult Code(Visit<OpenedCase> visit, int status = StatusCodes.Status200OK, string? problem = null, bool sent = false) =>
        base.Code(visit, AccountProblem(visit.Http) is null ? status : StatusCodes.Status403Forbidden, problem, sent);

    /// <summary>Submits a step in the name of the person with the link, in the same way as every other interface.</summary>
    /// <returns>The refusal, or null if the step was accepted.</returns>
    internal async Task<Refusal?> SendAsync(OpenedCase opened, AssessmentInput input, string once, CancellationToken cancellationToken)
    {
        if (!opened.MayAct)
        {
            return new Refusal("not-yours-to-say", "Only the person who now holds the rights in the case can do this.");
        }

        if (StepCatalogue.Of(input).FamilyRefusal(input, opened.State) is { } fault)
        {
            return new Refusal("not-yours-to-say", fault.Reason ?? "This request was made to somebody else.");
        }

        var submission = await take(Deliveries.Of(opened.State.Id, $"family/{opened.Link.Id}/{once}", opened.Actor, input, time), null, cancellationToken);
        return submission.Outcome?.Refusal;
    }
}
