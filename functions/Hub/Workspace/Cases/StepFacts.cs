using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>A fact that an officer needs to know while filling in a form.</summary>
/// <param name="Term">Label of the fact.</param>
/// <param name="Text">Text of the fact.</param>
/// <param name="Tail">The page of the case with further details, or null if there is none.</param>
public sealed record StepFact(string Term, string Text, string? Tail = null);

/// <summary>Collects what is shown next to the form of a step: the facts of the case that matter for the step.</summary>
internal static class StepFacts
{
    private const int LimitsShown = 4;
    private const int WordsShown = 400;

    /// <summary>The facts that the officer's role is allowed to see.</summary>
    internal static IReadOnlyList<StepFact> Of(Officer officer, CaseFile file, StepDefinition step, LoadedRegister? register = null) =>
    [
        .. FamilyAsked.Of(file, step),
        .. Parts(officer, file, step).Where(fact => fact.Text.Length > 0),
        .. register is null ? [] : Registered(file, register),
        .. Limits(file),
    ];

    private static IEnumerable<StepFact> Parts(Officer officer, CaseFile file, StepDefinition step) => step.Name switch
    {
        var name when name == RecordConsultation.Definition.Name || name == DecideWhetherToAssess.Definition.Name => [Asked(file), Heard(file), Documents(officer, file), Advisers(file)],
        var name when name == NameAdviser.Definition.Name => [Advisers(file), .. Requests(officer, file)],
        var name when name == RequestAdvice.Definition.Name || name == AskPersonForAdvice.Definition.Name || name == DecideWhetherToIssuePlan.Definition.Name => [.. Requests(officer, file)],
        var name when name == SubmitAdvice.Definition.Name || name == ReturnAdvice.Definition.Name || name == RemindNow.Definition.Name => [.. Requests(officer, file), .. Exceptions(file)],
        var name when name == ClaimException.Definition.Name => [.. Exceptions(file), .. Requests(officer, file)],
        var name when name == ConsultInstitution.Definition.Name || name == RecordInstitutionAnswer.Definition.Name => [Draft(file), Wanted(file), .. Institutions(file)],
        var name when name == NamePlacement.Definition.Name => [Wanted(file), .. Institutions(file), Placement(file), .. Transfer(file)],
        var name when name == RecordPhaseTransfer.Definition.Name => [new("School year", TransferWords.Years(file)), .. Transfer(file)],
        var name when name == PrepareDraft.Definition.Name => [Draft(file), .. Requests(officer, file)],
        var name when name == FinalisePlan.Definition.Name => [Draft(file), Icb(file), .. OnDraft(file), Wanted(file), Placement(file)],
        var name when name == FinaliseAmendedPlan.Definition.Name || name == DecideNotToAmend.Definition.Name || name == ProposeAmendments.Definition.Name => [.. Answers(file), Wanted(file), Placement(file)],
        var name when name == RecordNoticeSent.Definition.Name => [.. Letters(file)],
        _ => [],
    };

    private static StepFact Asked(CaseFile file) =>
        new("The request", $"Received {Words.Day(file.State.Facts!.ReceivedOn, true)}; {TimelineWords.Of(file.State.Facts.Route)}", "/people");

    private static StepFact Heard(CaseFile file) => new("The family", file.State.ConsultedOn is { } on ? $"Consulted on {Words.Day(on, true)}" : "Not consulted yet", "/timeline");

    private static StepFact Documents(Officer officer, CaseFile file) => new(
        "Documents", officer.MayOpen(Page.Documents) ? file.State.Documents.Count + file.State.FamilyEvidence.Sum(one => one.Documents.Count) is > 0 and var count ? $"{count}" : "None yet" : "", "/documents");

    private static StepFact Advisers(CaseFile file) =>
        new("Advisers named", file.State.Advisers.Count == 0 ? "None yet" : string.Join("; ", file.State.Advisers.Select(one => $"{Words.Of(one.Kind)}: {one.Agency.Name}")), "/people");

    private static IEnumerable<StepFact> Requests(Officer officer, CaseFile file) => !officer.MayOpen(Page.Advice) ? [] : file.State.Requests.Select(request => new StepFact(
        TimelineWords.Capitalise(Words.Of(request)),
        $"{request.Agency?.Name ?? "The family"}: {Labels.Apart(request.Status.ToString()).ToLowerInvariant()}{(request.IsOpen ? $", due {Words.Day(Chasing.DueDay(file.State, request, file.Rules), true)}{Late(file, request)}" : "")}",
        "/advice"));

    private static string Late(CaseFile file, AdviceRequest request) =>
        file.Today.DayNumber - Chasing.DueDay(file.State, request, file.Rules).DayNumber is > 0 and var days ? $", {days} {(days == 1 ? "day" : "days")} late" : "";

    private static IEnumerable<StepFact> Exceptions(CaseFile file) => file.State.Exceptions.Select(one => new StepFact(
        "Exception", $"{TimelineWords.Capitalise(TimelineWords.Of(one.Ground))}, {Words.Day(one.From)} to {Words.Day(one.To, true)}{(one.TakenBack ? ", withdrawn" : "")}"));

    private static StepFact Draft(CaseFile file) => new(
        "Newest version", file.State.NewestPlan is { } plan ? $"Version {plan.Version} of {Words.Day(plan.PreparedOn, true)}" : file.State.TakenOver is { } taken ? $"Issued on {Words.Day(taken.Plan.IssuedOn, true)}; the text of the plan is not known here" : "No draft yet", "/plan");

    private static StepFact Icb(CaseFile file) => new(
        "ICB on section G", file.State.IcbAnswer is { } answer ? $"{(answer.Agreed ? "Agrees" : "Does not agree")}, {Words.Day(answer.On, true)}" : "No answer", "/plan/G");

    private static StepFact Wanted(CaseFile file)
    {
        var asked = file.State.Representations.LastOrDefault(said => (said.RequestedInstitution ?? (object?)said.PreferredPlace) is not null);
        var preferred = PhaseTransfers.Current(file.State) is { Transfer: not TransferOfPhase.Stays } transfer ? TransferWords.Preferred(file.State, transfer) : null;
        return new("The family asks for", string.Join("; ", new[] { asked?.RequestedInstitution?.Name ?? asked?.PreferredPlace, preferred is null ? null : $"for the phase transfer, {preferred}" }.OfType<string>()) is { Length: > 0 } words ? words : "Nothing on record", "/plan");
    }

    /// <summary>What the family says about the proposed changes.</summary>
    private static IEnumerable<StepFact> Answers(CaseFile file) => Amendments.Answerable(file.State) is not { } proposal ? []
        : file.State.Representations.Where(said => said.Version == proposal.Version && said.On >= proposal.ProposedOn)
            .Select(said => new StepFact($"{FamilyNames.Of(file.State, said.Person)} says, {Words.Day(said.On, true)}", Short(said.InWords()), "/plan"))
            .DefaultIfEmpty(new StepFact("The family", "The family has not responded to the proposed changes yet", "/plan"));

    /// <summary>What the family says about the draft plan, for each version that was sent.</summary>
    private static IEnumerable<StepFact> OnDraft(CaseFile file) => file.State.Representations
        .Select(said => new StepFact($"{FamilyNames.Of(file.State, said.Person)} on version {said.Version}, {Words.Day(said.On, true)}", Short(said.InWords()), "/plan"))
        .DefaultIfEmpty(new StepFact("The family", "The family has not responded to the draft yet", "/plan"));

    private static string Short(string text) => text.Length <= WordsShown ? text : $"{text[..WordsShown]}…";

    private static IEnumerable<StepFact> Institutions(CaseFile file) => file.State.Institutions.Select(one => new StepFact(
        one.Institution.Name,
        $"{one.Institution.Id}, consulted {Words.Day(one.On, true)}: {one.CanMeetNeeds switch { true => "can meet the needs", false => "cannot meet the needs", _ => "no answer yet" }}{(one.Reasons is { } why ? $". {why}" : "")}"));

    /// <summary>What the register of schools says about the institutions that the case names.</summary>
    private static IEnumerable<StepFact> Registered(CaseFile file, LoadedRegister register) => file.State.Institutions.Select(one => one.Institution)
        .Append(file.State.Placement?.Institution).Append(file.State.Facts?.Setting).OfType<Contracts.Parties.Agency>().DistinctBy(agency => agency.Id)
        .Where(agency => agency.Id.Scheme == Contracts.Identifiers.AgencyScheme.Urn).Select(agency => new StepFact(
            $"URN {agency.Id.Code} in the register",
            register.Find(agency.Id) is not { } known ? "Not in the register. Check the number"
                : $"{known.Name}, {known.Type}{(known.HasClosed(file.Today) ? ", closed" : "")}{string.Concat(register.SuccessorsOf(known).Select(next => $"; succeeded by {next.Name} (URN {next.Urn})"))}"));

    private static StepFact Placement(CaseFile file) => new(
        "Placement on record", file.State.Placement is { } place ? $"{place.Institution?.Name ?? "No institution"}, {place.InstitutionType}" : "None yet");

    private static IEnumerable<StepFact> Transfer(CaseFile file) => PhaseTransfers.Current(file.State) is null ? [] : [new("Phase transfer on record", TransferWords.Of(file.State))];

    private static IEnumerable<StepFact> Letters(CaseFile file) => file.State.Notices.Where(notice => notice.SentOn is null).Select(notice => new StepFact(
        TimelineWords.Capitalise(Words.Of(notice.Kind)), $"To {notice.Agency?.Name ?? Words.Of(notice.To)}, not sent{(notice.PlannedOn is { } on ? $", due since {Words.Day(on, true)}" : "")}"));

    /// <summary>The next statutory time limits that have not been met.</summary>
    private static IEnumerable<StepFact> Limits(CaseFile file) => LimitView.Of(file.State, file.Today, file.Rules).Where(limit => limit is { MetOn: null, Due: not null })
        .OrderBy(limit => limit.Due).Take(LimitsShown).Select(limit => new StepFact(limit.Title, $"By {Words.Day(limit.Due!.Value, true)}{(limit.Due < file.Today ? " (late)" : "")}"));
}
