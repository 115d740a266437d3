using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.RoundTrip;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// Applies the ticked changes from a Word file. The file is first stored as a document of the case. Then either all the ticked changes
/// are made or none.
/// </summary>
internal sealed record WordTaking(HttpContext Http, Officer Officer, PlanEditorView PlanEditor, AttachmentRef Kept, WordFileChanges Changes, IFormCollection Form)
{
    private CaseFile File => PlanEditor.File;

    internal async Task<IResult> TakeAsync(CancellationToken cancellationToken)
    {
        var once = Form["_once"].ToString();
        var sending = Http.RequestServices.GetRequiredService<StepSending>();
        if (StepAsked.IsDrawn(once)
            && await Http.RequestServices.GetRequiredService<IAssessmentStore>().OutcomeAsync(File.State.Id, StepSending.MessageId(Officer, once), cancellationToken) is { Refusal: null })
        {
            // The browser sent the form twice.
            return Done();
        }

        var ticked = Form["take"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var chosen = Changes.Changes.Where(change => ticked.Contains(change.Key)).ToList();
        var hasCause = Enum.TryParse<PlanEditCause>(Form["cause"], out var cause) && Enum.IsDefined(cause);
        var problem = !StepAsked.IsDrawn(once) ? "This page was not filled in on this site. Check the page and send it again"
            : chosen.Count == 0 ? "Tick at least one change, or leave the plan as it is"
            : chosen.Exists(change => !change.CanBeApplied) || chosen.Count < ticked.Count ? "The plan has changed since this page was opened, so your changes were not applied. Check the changes again"
            : !hasCause ? "Choose what the changes are based on"
            : "";
        if (problem.Length > 0)
        {
            return Again(problem);
        }

        var step = WordExchange.Step(chosen, cause, Form["why"].ToString().Trim(), Officer, Kept.Sha256);
        if (Assessment.Decide(File.State, step, Officer.ToActor(null), File.Now, File.Rules).Refusal is { } refused)
        {
            return Again(refused.Reason);
        }

        var seen = long.TryParse(Form["_version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        var document = WordExchange.Document(Kept, File, Officer);
        if (File.State.Documents.All(one => one.Id != document.DocumentId))
        {
            var put = await sending.SendAsync(Officer, File.State.Id, $"{once}-file", seen, null, document, cancellationToken);
            if (put.Meanwhile.Count > 0 || put.Refusal is not null)
            {
                return Again(put.Refusal?.Reason ?? Overtaken, put.Meanwhile);
            }
        }

        var sent = await sending.SendAsync(Officer, File.State.Id, once, seen, null, step, cancellationToken);
        return sent.Meanwhile.Count > 0 || sent.Refusal is not null ? Again(sent.Refusal?.Reason ?? Overtaken, sent.Meanwhile) : Done();
    }

    private const string Overtaken = "Somebody else has changed the case since this page was opened, so your changes were not applied. Check what happened, and check the changes again";

    private IResult Done() => Results.LocalRedirect(File.Address($"/plan/word?done={EditPlan.Definition.Name}"));

    private IResult Again(string problem, IReadOnlyList<TimelineEntry>? meanwhile = null) => WordEndpoints.Check(Http, Officer, PlanEditor, Kept, Changes, problem, Form, meanwhile);
}
