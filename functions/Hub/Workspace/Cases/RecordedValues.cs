using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// What is on record, for the forms of steps that replace a record as a whole. Such a form shows the record, so that an officer who changes
/// one detail does not erase the others by leaving their fields empty.
/// </summary>
internal static class RecordedValues
{
    private const string PersonId = "person.id";

    private static readonly string[] AskedOfParents = ["parentalResponsibility", "addressIsSecret"];

    /// <summary>The values of the record with which the form is filled in before anybody types.</summary>
    /// <param name="step">The step that the form sends.</param>
    /// <param name="state">The case.</param>
    /// <param name="given">The values in the form's web address.</param>
    internal static FormValues Filled(StepDefinition step, AssessmentState state, FormValues given) => step.Name switch
    {
        var name when name == RecordPlanTerms.Definition.Name && state.PlanTerms is { } terms =>
            Of(new RecordPlanTerms(terms.Named, terms.Residential, terms.WorkBased, terms.PersonalBudget, terms.OrganisedArrangement, terms.DirectPayment)),
        // Costs are recorded from a new day; the band and the lines that do not change are those of the last record.
        var name when name == RecordPlanCosts.Definition.Name && state.Costs.MaxBy(one => one.From) is { } costs => Of(new RecordPlanCosts(default, costs.Band?.Code, costs.Lines)).Without("from").Without("from/day").Without("from/month").Without("from/year"),
        var name when name == RecordPerson.Definition.Name && PersonOf(state, given[PersonId]) is { } person => Of(new RecordPerson(person)),
        var name when name == CorrectFacts.Definition.Name && state.Facts is { } facts =>
            Of(new CorrectFacts("", facts.ReceivedOn, facts.Child, facts.Family, facts.SettingKind, facts.Setting, facts.Icb, facts.Capacity)).Without("reason"),
        _ => FormValues.None,
    };

    /// <summary>The id of the person whose record fills in the form; empty if the form is about nobody on record.</summary>
    internal static string PersonIn(StepDefinition step, AssessmentState state, FormValues values) =>
        step.Name == RecordPerson.Definition.Name ? PersonOf(state, values[PersonId])?.Id ?? "" : "";

    /// <summary>A correction with only those details that differ from the record, because the form sends all of them.</summary>
    internal static AssessmentInput Changed(AssessmentInput input, AssessmentState state) => input is CorrectFacts sent && state.Facts is { } facts ? sent with
    {
        ReceivedOn = sent.ReceivedOn == facts.ReceivedOn ? null : sent.ReceivedOn,
        Child = IsSame(sent.Child, facts.Child) ? null : sent.Child,
        Family = IsSame(sent.Family, facts.Family) ? null : sent.Family,
        SettingKind = sent.SettingKind == facts.SettingKind ? null : sent.SettingKind,
        Setting = IsSame(sent.Setting, facts.Setting) ? null : sent.Setting,
        Icb = IsSame(sent.Icb, facts.Icb) ? null : sent.Icb,
        Capacity = IsSame(sent.Capacity, facts.Capacity) ? null : sent.Capacity,
    } : input;

    /// <summary>
    /// The problem if a form would replace the record of a person without having shown it: every field that was left empty would erase what is
    /// recorded, for instance that the address must be kept secret.
    /// </summary>
    /// <param name="input">The step that was sent.</param>
    /// <param name="state">The case.</param>
    /// <param name="shown">The id of the person whose record the form showed.</param>
    internal static FormProblem? Unseen(AssessmentInput input, AssessmentState state, string shown) =>
        input is RecordPerson { Person.Id: var id } && id != shown && PersonOf(state, id) is { Name: var name }
            ? new FormProblem(PersonId, $"{name} is already recorded under this reference. To change the record, open it on the page “People”, so that nothing recorded is lost. For another person, enter another reference")
            : null;

    /// <summary>
    /// The problem if a question about a parent or carer was left open. An empty answer would count as no: the person would be sent no letters,
    /// and the others would be told the address.
    /// </summary>
    /// <param name="input">The step that was sent.</param>
    /// <param name="typed">What was typed.</param>
    internal static FormProblem? Open(AssessmentInput input, FormValues typed) =>
        input is RecordPerson { Person.Role: PersonRole.Parent or PersonRole.FosterCarer } && AskedOfParents.FirstOrDefault(name => typed[$"person.{name}"].Length == 0) is { } open
            ? new FormProblem($"person.{open}", $"Choose an answer: {Labels.Of(open)}")
            : null;

    private static FamilyPerson? PersonOf(AssessmentState state, string id) => id.Length == 0 ? null : state.People.FirstOrDefault(person => person.Id == id);

    private static FormValues Of(AssessmentInput input) => FormValues.Of(JsonSerializer.SerializeToNode(input, Wire.Strict.GetTypeInfo(input.GetType())));

    private static bool IsSame<T>(T? one, T? other) => JsonNode.DeepEquals(JsonSerializer.SerializeToNode(one, Wire.Strict), JsonSerializer.SerializeToNode(other, Wire.Strict));
}
