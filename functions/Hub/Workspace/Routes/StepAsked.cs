using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Mail;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>A step that an officer opens or sends, with its case. A new request has no case yet.</summary>
internal sealed record StepAsked(HttpContext Http, Officer Officer, CaseFile? File, StepForm Form, PlanEditorView? PlanEditor)
{
    // Steps whose forms show the plan or what the plan's checks found.
    private static readonly string[] OfThePlan = [EditPlan.Definition.Name, PrepareDraft.Definition.Name, FinalisePlan.Definition.Name, FinaliseAmendedPlan.Definition.Name];

    internal IAntiforgery Forgery => Http.RequestServices.GetRequiredService<IAntiforgery>();

    internal StepSending Sending => Http.RequestServices.GetRequiredService<StepSending>();

    internal LetterStore Letters => Http.RequestServices.GetRequiredService<LetterStore>();

    /// <summary>
    /// Opens the case and finds the step. The result is null if this officer is not allowed to see the case, or if
    /// officers are not allowed to submit the step.
    /// </summary>
    internal static async Task<StepAsked?> OpenAsync(HttpContext http, Officer officer, string? id, string name, CancellationToken cancellationToken)
    {
        if (StepCatalogue.Step(name) is not { } step || !step.Senders.Contains(ActorRole.CouncilOfficer) || step.Opens != (id is null))
        {
            return null;
        }

        // An officer who is not allowed to submit the step sees nothing of the case on the form.
        var file = id is null ? null : await http.RequestServices.GetRequiredService<CaseReader>().OpenAsync(officer, id, $"form: {step.Name}", cancellationToken);
        if (id is not null && file is null)
        {
            return null;
        }

        var service = file is not null && OfThePlan.Contains(step.Name) && officer.MaySend(step)
            ? await http.RequestServices.GetRequiredService<PlanEditorViews>().OfAsync(officer, file, cancellationToken)
            : null;
        return new StepAsked(http, officer, file, StepForm.Of(step), service);
    }

    /// <summary>Whether the form was opened from the agenda of the panel, and therefore leads back to the agenda.</summary>
    internal bool WasOpenedFromAgenda => (Http.Request.HasFormContentType ? Http.Request.Form["_back"] : Http.Request.Query["_back"]) == "panel" && Officer.MayOpen(Page.Panel);

    /// <summary>The incoming message from which the form was opened, or null for any other form.</summary>
    internal MailFields? Mail => Http.Request.HasFormContentType && Officer.MayOpen(Page.IntakeActs) ? MailFields.Of(Http.Request.Form) : null;

    internal UploadedFiles Files => Http.RequestServices.GetRequiredService<UploadedFiles>();

    /// <summary>
    /// The random text from which the new case's reference is made. The text is generated when the form is first shown and does not change
    /// after that; until then it is null.
    /// </summary>
    internal string? NewCase => Http.Request.HasFormContentType && Http.Request.Form["_case"].ToString() is var drawn && IsDrawn(drawn) ? drawn : null;

    /// <summary>Whether a text looks like one that the hub generates for its own fields.</summary>
    internal static bool IsDrawn(string text) => text.Length is > 0 and <= 64 && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>
    /// The form as first shown, filled in with values from the address and the case and, for a line of the plan, with the line itself.
    /// </summary>
    internal FormValues First()
    {
        var given = FormValues.Of(Http.Request.Query);
        var values = given.FilledFrom(File is null ? FormValues.None : FamilyAsked.Filled(Form.Step, File.State, given).FilledFrom(RecordedValues.Filled(Form.Step, File.State, given)))
            .FilledFrom(CaseChoices.Defaults(Form.Step, File, Officer, () => Guid.NewGuid().ToString("N")[..8]));
        return PlanEditor is { } service && Form.Step == EditPlan.Definition ? LineForm.Filled(values, Http.Request.Query[LineForm.Take].ToString(), service) : values;
    }

    /// <summary>The step that the form describes; for a line of the plan, only the changed parts.</summary>
    internal (AssessmentInput Input, FormProblem? Problem) StepOf(AssessmentInput read, FormValues typed) =>
        read is EditPlan edit ? LineForm.Meant(edit, typed, FirstShown)
        : File is { State: var state } ? (RecordedValues.Changed(read, state), RecordedValues.Unseen(read, state, Filled) ?? RecordedValues.Open(read, typed))
        : (read, null);

    /// <summary>The id of the person whose record the form shows; empty for any other form.</summary>
    private string Filled => Http.Request.HasFormContentType ? Http.Request.Form["_filled"].ToString()
        : File is null ? "" : RecordedValues.PersonIn(Form.Step, File.State, FormValues.Of(Http.Request.Query));

    /// <summary>The value with which a field of a line was first shown, or null if the form is shown for the first time.</summary>
    private string? FirstShown(string name) => Http.Request.HasFormContentType && Http.Request.Form.TryGetValue(LineForm.Was + name, out var was) ? was.ToString() : null;

    /// <summary>
    /// The address to which the browser is redirected after the step: the agenda if the form was opened there, or the section of a changed
    /// line.
    /// </summary>
    internal async ValueTask<string> DoneAsync(AssessmentId assessment, AssessmentInput input, CancellationToken cancellationToken)
    {
        if (WasOpenedFromAgenda)
        {
            return $"/workspace/panel?done={Form.Step.Name}";
        }

        if (input is EditPlan edit && PlanEditor is { } before
            && await Http.RequestServices.GetRequiredService<CaseReader>().OpenAsync(Officer, assessment.Value, "section of the plan", cancellationToken) is { } file)
        {
            var line = edit.LineId ?? edit.EditId;
            var after = await Http.RequestServices.GetRequiredService<PlanEditorViews>().OfAsync(Officer, file, cancellationToken);
            return (after.SectionOf(line) ?? before.SectionOf(line)) is { } letter
                ? file.Address($"/plan/{letter}?done={Form.Step.Name}#{PlanWords.Anchor(line)}")
                : file.Address("/plan");
        }

        return $"/workspace/cases/{assessment}?done={Form.Step.Name}";
    }

    /// <summary>The field that a refusal is about, if the refusal begins with the name of one of the step's date fields; otherwise empty,
    /// which means the form as a whole.</summary>
    internal string FieldOf(Refusal refusal)
    {
        var rule = Form.Step.Dates.FirstOrDefault(date => refusal.Reason.StartsWith(date.Name, StringComparison.Ordinal));
        return rule is null ? "" : string.Join('.', (Form.Step == OpenAssessment.Definition && rule.Member.StartsWith("Facts.", StringComparison.Ordinal) ? rule.Member["Facts.".Length..] : rule.Member)
            .Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
    }

    /// <summary>The council's cases that may be about the same child, if this is why a step was refused.</summary>
    internal async Task<IReadOnlyList<AssessmentId>> OthersAsync(Refusal refusal, AssessmentId assessment, AssessmentInput input, CancellationToken cancellationToken)
    {
        if (refusal.Code is not (EarlierCases.Code or EarlierCases.NotOneOfThem))
        {
            return [];
        }

        var earlier = Http.RequestServices.GetRequiredService<EarlierCases>();
        var before = (await Http.RequestServices.GetRequiredService<IAssessmentStore>().LoadAsync(assessment, cancellationToken)).State;
        return [.. EarlierCases.VisibleTo(Officer.Council, Officer.Subject, await earlier.FindAsync(assessment, input, before, cancellationToken)).Select(one => one.Case)];
    }

    /// <summary>Shows the form of the step.</summary>
    /// <param name="values">The values in the form.</param>
    /// <param name="problems">What is wrong with the values in the form.</param>
    /// <param name="meanwhile">What others have done in the case since the form was opened.</param>
    /// <param name="behalf">The party in whose name the step is sent.</param>
    /// <param name="addTo">The list in the form to which a row is added.</param>
    /// <param name="others">Cases that may be about the same child.</param>
    /// <param name="seen">The version of the case that the sender has seen, or null if the newest version is being shown.</param>
    internal IResult Show(
        FormValues values, IReadOnlyList<FormProblem>? problems = null, IReadOnlyList<TimelineEntry>? meanwhile = null, string behalf = "", string? addTo = null,
        IReadOnlyList<AssessmentId>? others = null, long? seen = null)
    {
        var view = View(values) with { Problems = problems ?? [], ListBeingExtended = addTo };
        var status = meanwhile is { Count: > 0 } ? StatusCodes.Status409Conflict : problems is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        return WorkspacePages.Show<StepFormPage>(
            Http, Officer, status, ("File", File), ("Form", Form), ("View", view), ("Desk", PlanEditor), ("Behalf", behalf), ("Filled", Filled), ("IsOfPanel", WasOpenedFromAgenda), ("Seen", seen ?? File?.State.Version ?? 0), ("FirstShown", (Func<string, string?>)FirstShown),

            // The id is new each time the form is shown: a message that was refused under one id stays refused under that id, so the next
            // attempt needs a new id.
            ("Once", Guid.NewGuid().ToString("N")), ("Case", NewCase ?? Guid.NewGuid().ToString("N")), ("Meanwhile", meanwhile ?? []), ("Others", others ?? []), ("Mail", Mail));
    }

    /// <summary>Shows the effects of the step, with everything that was typed, so that it can be confirmed or changed.</summary>
    internal IResult Check(FormValues values, IFormCollection form, StepPreview preview)
    {
        IReadOnlyList<KeyValuePair<string, string>> fields =
        [
            .. values.All.Where(typed => typed.Value.Length > 0),
            .. WorkspacePages.Typed(form).Where(own => own.Key.StartsWith(FormValues.OwnPrefix) && !own.Key.StartsWith(UploadedFiles.Mark, StringComparison.Ordinal)),
        ];
        return WorkspacePages.Show<CheckPage>(
            Http, Officer, StatusCodes.Status200OK, ("File", File), ("Form", Form), ("View", View(values)), ("Preview", preview), ("Fields", fields));
    }

    private FormView View(FormValues values) => new()
    {
        Values = values,
        Example = FormValues.Of(InputExamples.Of(Form.Step.Name)),
        Offered = field => CaseChoices.Of(Form.Step, field, File, Officer),
        First = "send",
    };
}
