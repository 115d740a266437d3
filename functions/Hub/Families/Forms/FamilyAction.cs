using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>Something that a family asks for or tells the council in a single step.</summary>
/// <param name="Key">The name of the action in the page's address.</param>
/// <param name="Title">The title of the page.</param>
/// <param name="About">Tells the family what happens after the action.</param>
/// <param name="Button">The text of the button.</param>
/// <param name="Done">The text that the page shows after the step has been accepted.</param>
/// <param name="Fields">The fields to fill in.</param>
/// <param name="IsOpen">Whether the family can take this action now.</param>
/// <param name="Step">The step that is sent, which is made from what was typed and from the ids that were created when the form was
/// shown.</param>
public sealed record FamilyAction(
    string Key, string Title, string About, string Button, string Done, IReadOnlyList<FormField> Fields, Func<OpenedCase, bool> IsOpen, Func<OpenedCase, FormValues, string, AssessmentInput> Step)
{
    private static readonly FormField[] SupporterFields =
    [
        FamilyFields.Line("name", "Their name", "", required: true),
        FamilyFields.Line("relationship", "What is their relationship to you?", "For example: my sister, an adviser of a parents’ group", required: true),
        FamilyFields.Line("email", "Their e-mail address", ""),
        FamilyFields.Line("telephone", "Their telephone number", ""),
    ];

    /// <summary>Everything that a family can do in a single step.</summary>
    public static IReadOnlyList<FamilyAction> All { get; } =
    [
        new("meeting", "Ask for a meeting about the plan", "The council must meet you if you ask for a meeting, and the case officer will offer you a day.", "Ask for a meeting", "The council has been told that you want a meeting.",
            [], o => (o.DraftToAnswer is not null || (o.ProposalToAnswer is not null && Amendments.Open(o.State) is not null)) && o.State.MeetingAskedOn is null, (o, _, _) => new AskForMeeting(o.Today)),
        new("budget", "Ask for a personal budget", "The council will then prepare a personal budget with you, or give you its reasons for not doing so.", "Ask for a personal budget", "The council has been told that you want a personal budget.",
            [], o => o.State.Stage is Stage.Drafting or Stage.Consulting && o.State.BudgetAskedOn is null, (o, _, _) => new AskForPersonalBudget(o.Today)),
        new("supporter", "Name a person who helps you", "A friend, relative or adviser. By naming this person, you agree that the council can include them in the process. You can withdraw your agreement here at any time. The person you name cannot see these pages.", "Name this person",
            "The council has been told who helps you.", SupporterFields, _ => true,
            (o, v, once) => new NameSupporter($"s-{once}", v["acts.name"].Trim(), v["acts.relationship"].Trim(), Some(v["acts.email"]), Some(v["acts.telephone"]), o.Person)),
    ];

    /// <summary>What the family can do in a case now.</summary>
    public static IEnumerable<FamilyAction> Of(OpenedCase opened) => opened.MayAct ? All.Where(a => a.IsOpen(opened)) : [];

    /// <summary>The supporters who were named by the family member who is reading the case.</summary>
    public static IEnumerable<FamilyPerson> SupportersOf(OpenedCase opened) =>
        opened.State.People.Where(p => p.Role == PersonRole.Supporter && p.NamedBy == FamilyPeople.ReaderId(opened.Person));

    private static string? Some(string text) => text.Trim() is { Length: > 0 } said ? said : null;
}
