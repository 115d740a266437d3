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

/// <summary>A step that an officer asks for or sends, with the case it is for; for a new request there is none yet.</summary>
internal sealed record StepAsked(HttpContext Http, Officer Officer, CaseFile? File, StepForm Form, PlanDesk? Desk)
{
    // Their forms show the plan, or the findings of the checks.
    private static readonly string[] OfThePlan = [EditPlan.Definition.Name, PrepareDraft.Definition.Name, FinalisePlan.Definition.Name, FinaliseAmendedPlan.Definition.Name];

    internal IAntiforgery Forgery => Http.RequestServices.GetRequiredService<IAntiforgery>();

    internal StepSending Sending => Http.RequestServices.GetRequiredService<StepSending>();

    internal LetterStore Letters => Http.RequestServices.GetRequiredService<LetterStore>();

    /// <summary>Opens the case and finds the step; null where there is no such case for this officer, or no such step for officers.</summary>
    internal static async Task<StepAsked?> OpenAsync(HttpContext http, Officer officer, string? id, string name, CancellationToken cancellationToken)
    {
        if (StepCatalogue.Step(name) is not { } step || !step.Senders.Contains(ActorRole.CouncilOfficer) || (step.Type == typeof(OpenAssessment)) != (id is null))
        {
            return null;
        }

        // The form shows nothing of the case to somebody who may not send it.
        var file = id is null ? null : await http.RequestServices.GetRequiredService<CaseReader>().OpenAsync(officer, id, $"form: {step.Name}", cancellationToken);
        if (id is not null && file is null)
        {
            return null;
        }

        var desk = file is not null && OfThePlan.Contains(step.Name) && officer.MaySend(step)
            ? await http.RequestServices.GetRequiredService<PlanDesks>().OfAsync(officer, file, cancellationToken)
            : null;
        return new StepAsked(http, officer, file, StepForm.Of(step), desk);
    }

    /// <summary>Whether the form was opened from the agenda of the panel, and leads back to it.</summary>
    internal bool IsOfPanel => (Http.Request.HasFormContentType ? Http.Request.Form["_back"] : Http.Request.Query["_back"]) == "panel" && Officer.MayOpen(Page.Panel);

    /// <summary>The message of the tray from which the form was opened; null for any other form.</summary>
    internal MailFields? Mail => Http.Request.HasFormContentType && Officer.MayOpen(Page.IntakeActs) ? MailFields.Of(Http.Request.Form) : null;

    internal UploadedFiles Files => Http.RequestServices.GetRequiredService<UploadedFiles>();

    /// <summary>The source of the new case's reference: generated when the form is first shown, and the same from then on; null before.</summary>
    internal string? NewCase => Http.Request.HasFormContentType && Http.Request.Form["_case"].ToString() is var drawn && IsDrawn(drawn) ? drawn : null;

    /// <summary>Whether a text is one that the hub generates for its forms.</summary>
    internal static bool IsDrawn(string text) => text.Length is > 0 and <= 64 && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>The form before anybody types: what the address says, what is known from the case, and for a line of the plan the line itself.</summary>
    internal FormValues First()
    {
        var given = FormValues.Of(Http.Request.Query);
        var values = given.Over(File is null ? FormValues.None : FamilyAsked.Filled(Form.Step, File.State, given))
            .Over(CaseChoices.Defaults(Form.Step, File, Officer, () => Guid.NewGuid().ToString("N")[..8]));
        return Desk is { } desk && Form.Step == EditPlan.Definition ? LineForm.Filled(values, Http.Request.Query[LineForm.Take].ToString(), desk) : values;
    }

    /// <summary>The step that a form stands for; for a line of the plan only what was changed.</summary>
    internal (AssessmentInput Input, FormProblem? Problem) Meant(AssessmentInput read, FormValues typed) =>
        read is EditPlan edit ? LineForm.Meant(edit, typed, name => Http.Request.Form.TryGetValue(LineForm.Was + name, out var was) ? was.ToString() : null) : (read, null);

    /// <summary>Where the browser goes after the step: back to the agenda if it came from there, for a line of the plan back to its section.</summary>
    internal async ValueTask<string> DoneAsync(AssessmentId assessment, AssessmentInput input, CancellationToken cancellationToken)
    {
        if (IsOfPanel)
        {
            return $"/workspace/panel?done={Form.Step.Name}";
        }

        if (input is EditPlan edit && Desk is { } before
            && await Http.RequestServices.GetRequiredService<CaseReader>().OpenAsync(Officer, assessment.Value, "section of the plan", cancellationToken) is { } file)
        {
            var line = edit.LineId ?? edit.EditId;
            var after = await Http.RequestServices.GetRequiredService<PlanDesks>().OfAsync(Officer, file, cancellationToken);
            return (after.SectionOf(line) ?? before.SectionOf(line)) is { } letter
                ? file.Address($"/plan/{letter}?done={Form.Step.Name}#{PlanWords.Anchor(line)}")
                : file.Address("/plan");
        }

        return $"/workspace/cases/{assessment}?done={Form.Step.Name}";
    }

    /// <summary>The field that a refusal is about, where it begins with the name of one of the step's days; otherwise the whole form.</summary>
    internal string PlaceOf(Refusal refusal)
    {
        var rule = Form.Step.Dates.FirstOrDefault(date => refusal.Reason.StartsWith(date.Name, StringComparison.Ordinal));
        return rule is null ? "" : string.Join('.', (rule.Member.StartsWith("Facts.", StringComparison.Ordinal) ? rule.Member["Facts.".Length..] : rule.Member)
            .Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
    }

    /// <summary>The council's cases that may be about the same child, where that is why a step was refused.</summary>
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

    /// <summary>Shows the form.</summary>
    /// <param name="values">What is in it.</param>
    /// <param name="problems">What is wrong.</param>
    /// <param name="meanwhile">What others have done since it was opened.</param>
    /// <param name="behalf">In whose name.</param>
    /// <param name="addTo">The list to which a row is added.</param>
    /// <param name="others">Cases that may be about the same child.</param>
    /// <param name="seen">The version that the sender has seen; null where the newest is being shown.</param>
    internal IResult Show(
        FormValues values, IReadOnlyList<FormProblem>? problems = null, IReadOnlyList<TimelineEntry>? meanwhile = null, string behalf = "", string? addTo = null,
        IReadOnlyList<AssessmentId>? others = null, long? seen = null)
    {
        var view = View(values) with { Problems = problems ?? [], AddTo = addTo };
        var status = meanwhile is { Count: > 0 } ? StatusCodes.Status409Conflict : problems is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        return WorkspacePages.Show<StepFormPage>(
            Http, Officer, status, ("File", File), ("Form", Form), ("View", view), ("Desk", Desk), ("Behalf", behalf), ("IsOfPanel", IsOfPanel), ("Seen", seen ?? File?.State.Version ?? 0),

            // New each time the form is shown: what was refused under an id stays refused, and the next attempt must be decided again.
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
