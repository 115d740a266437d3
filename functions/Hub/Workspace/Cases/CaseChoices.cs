using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// The choices and values that a form takes from the case itself. If a step refers to something on record, the officer chooses the
/// reference from a list and need not type it.
/// </summary>
internal static class CaseChoices
{
    private const int LongestLabel = 110;
    private const int LinesOfAddress = 3;

    /// <summary>References that the sender must make up each time, which the form generates for the officer.</summary>
    private static readonly (string Step, string Field)[] OwnReferences =
    [
        (ClaimException.Definition.Name, "exceptionId"), (EditPlan.Definition.Name, "editId"), (IssueFamilyLink.Definition.Name, "linkId"),
        (RecordDocument.Definition.Name, "documentId"), (RecordNote.Definition.Name, "noteId"), (AskForAdviser.Definition.Name, "wishId"), (RecordFamilyEvidence.Definition.Name, "evidenceId"), (ProposeExistingAdvice.Definition.Name, "existingId"), (NameSupporter.Definition.Name, "personId"),
    ];

    /// <summary>The choices for a field; empty if the officer types the value.</summary>
    internal static IReadOnlyList<Choice> Of(StepDefinition step, string field, CaseFile? file, Officer officer)
    {
        if (file is null || OwnReferences.Contains((step.Name, field)))
        {
            return [];
        }

        var state = file.State;
        return field switch
        {
            "requestId" or "inPlaceOf" => [.. state.Requests.Select(r => new Choice(r.Id, $"{TimelineWords.Capitalise(Words.Of(r))} from {r.Agency?.Name ?? "the family"} ({Labels.Apart(r.Status.ToString()).ToLowerInvariant()})"))],
            "adviceId" or "readFromAdvice" => [.. state.Advice.Where(a => field != "readFromAdvice" || a.IsSource).Select(a => new Choice(a.Id, $"{TimelineWords.Capitalise(Words.Of(a))} by {a.Content.Author}, received {Words.Day(a.ReceivedOn, true)}"))],
            "noticeId" => [.. state.Notices.Select(n => new Choice(n.Id, $"To {Words.Of(n.To)}: {Words.Of(n.Kind)}{(n.SentOn is { } on ? $", sent {Words.Day(on, true)}" : ", not sent")}"))],
            "effectId" => [.. state.FailedEffects.Select(f => new Choice(f.EffectId, TimelineWords.Capitalise(Effects.Describe(state, f.Effect))))],
            "exceptionId" => [.. state.Exceptions.Select(e => new Choice(e.Id, $"{TimelineWords.Capitalise(TimelineWords.Of(e.Ground))}, {Words.Day(e.From)} to {Words.Day(e.To, true)}"))],
            "attentionId" => [.. state.Attention.Select(a => new Choice(a.Id, Short(a.Text)))],
            "wishId" => [.. state.Wishes.Select(w => new Choice(w.Id, w.Agency.Name))],
            "linkId" => [.. state.FamilyLinks.Select(l => new Choice(l.Id, $"{l.Id}, until {Words.Day(l.ExpiresOn, true)}{(l.Revoked ? ", revoked" : "")}"))],
            "existingId" => [.. state.Existing.Select(e => new Choice(e.Id, $"{TimelineWords.Capitalise(Words.Of(e.Kind))} from {e.Agency.Name}"))],
            "personId" or "person" when step.Name != RecordPerson.Definition.Name => [.. state.People.Select(one => new Choice(one.Id, $"{one.Name}, {Labels.Apart(one.Role.ToString()).ToLowerInvariant()}"))],
            "institution" when step.Name == RecordInstitutionAnswer.Definition.Name => [.. state.Institutions.Select(i => new Choice(i.Institution.Id.Value, i.Institution.Name))],
            "band" when step.Name == RecordPlanCosts.Definition.Name => [.. file.Rules.Council.Bands.OrderBy(band => band.Code, StringComparer.Ordinal).Select(band => band.Code).Distinct().Select(code => new Choice(code, $"{code}: {file.Rules.Council.Bands.First(band => band.Code == code).Title}"))],
            "lineId" => Lines(file, officer),
            "line" when step.Name == DecideOnBudgetLine.Definition.Name || step.Name == AskForBudgetLine.Definition.Name => [.. PlanBudgets.EligibleLines(state).Select(l => new Choice(l.Id, Short(l.Text)))],
            "line" when step.Name == ChangeBudgetLine.Definition.Name => [.. PlanBudgets.AgreementsInForce(state, DateOnly.MaxValue).Select(s => new Choice(s.Line, Short(s.Provision)))],
            "line" when step.Name == AnswerBudgetReview.Definition.Name || step.Name == AskForBudgetReview.Definition.Name => [.. PlanBudgets.Disputable(state).Select(s => new Choice(s.Line, Short(s.Provision)))],
            "code" when step.Name == AcceptPlanFinding.Definition.Name =>
                [.. PlanReading.Findings(state, PlanReading.NextStep(state), officer.ToActor(null), file.Now, file.Rules).DistinctBy(f => f.Code).Select(f => new Choice(f.Code, Short(f.Reason)))],
            _ => [],
        };
    }

    /// <summary>What a form shows before anybody types: references that the hub generates, and values known from the case.</summary>
    internal static FormValues Defaults(StepDefinition step, CaseFile? file, Officer officer, Func<string> draw)
    {
        var values = FormValues.None;
        foreach (var (_, field) in OwnReferences.Where(own => own.Step == step.Name))
        {
            values = values.With(field, $"{field[..^2]}-{draw()}");
        }

        return (step.Name, file?.State) switch
        {
            // A request on paper gives the family's postal address, so the form shows lines for it.
            (var name, _) when name == OpenAssessment.Definition.Name => Enumerable.Range(0, LinesOfAddress).Aggregate(values, (all, n) => all.With($"family.postalAddress[{n}]", "")),
            (var name, _) when name == AssignCaseOfficer.Definition.Name => values.With("officer", officer.Subject),
            (var name, { } state) when name == NamePlacement.Definition.Name && state.Institutions.Where(one => one.CanMeetNeeds == true).ToList() is [var only] =>
                values.With("institution.id", only.Institution.Id.Value).With("institution.name", only.Institution.Name),
            (var name, { } state) when name == RecordPhaseTransfer.Definition.Name && PhaseTransfers.Current(state) is { } known && known.On >= file!.Today => Recorded(values, state, known),
            (var name, _) when name == RecordPerson.Definition.Name => values.With("person.id", $"person-{draw()}"),
            (var name, _) when name == RecordNote.Definition.Name => values.WithDay("on", file!.Today),
            (var name, _) when name == RecordPanel.Definition.Name => LastPanel(values, file!),
            (var name, { Plans: [.., var newest] } state) when name == RecordRepresentations.Definition.Name =>
                values.With("version", FormattableString.Invariant($"{Amendments.Answerable(state)?.Version ?? newest.Version}")),
            _ => values,
        };
    }

    private static FormValues Recorded(FormValues values, AssessmentState state, PhaseTransfer known)
    {
        var filled = values.With("transfer", known.Transfer.ToString()).WithDay("on", known.On).With("preference", known.Preference ?? "").With("reasons", known.Reasons ?? "");
        return PhaseTransfers.AskedOn(state, known) is { } asked ? filled.WithDay("preferenceAskedOn", asked) : filled;
    }

    /// <summary>The record of the last panel meeting, for the officer to add to, or today's date if no panel meeting is on
    /// record.</summary>
    private static FormValues LastPanel(FormValues values, CaseFile file) => file.State.Panels.LastOrDefault() is { } last
        ? last.Present.Select((one, n) => (one, n)).Aggregate(values, (all, present) => all.With(FormField.At("present", present.n), present.one)).WithDay("on", last.On).With("advice", last.Advice ?? "")
        : values.WithDay("on", file.Today);

    /// <summary>The lines of the plan, as it would be prepared now, except those of sections I, J and K.</summary>
    private static List<Choice> Lines(CaseFile file, Officer officer) => PlanReading.Preview(file.State, officer.ToActor(null), file.Now, file.Rules) is { } plan
        ? [.. from section in plan.Sections
              where section.Letter is not (PlanSectionLetter.I or PlanSectionLetter.J or PlanSectionLetter.K)
              from line in section.Lines
              select new Choice(line.Id, Short($"{section.Letter}: {line.Text}"))]
        : [];

    private static string Short(string text) => text.Length <= LongestLabel ? text : $"{text[..LongestLabel]}…";
}
