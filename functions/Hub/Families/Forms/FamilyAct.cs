using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>Something that a family asks for or says in a single step.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Title">What it is called.</param>
/// <param name="About">What it leads to, in words for the family.</param>
/// <param name="Button">What its button says.</param>
/// <param name="Done">What the page says once it is done.</param>
/// <param name="Fields">The fields to fill in.</param>
/// <param name="IsOpen">Whether it is possible now.</param>
/// <param name="Step">The step that it sends, made from what was typed and the ids made when the form was shown.</param>
public sealed record FamilyAct(
    string Key, string Title, string About, string Button, string Done, IReadOnlyList<FormField> Fields, Func<OpenedCase, bool> IsOpen, Func<OpenedCase, FormValues, string, AssessmentInput> Step)
{
    private static readonly FormField[] SupporterFields =
    [
        FamilyFields.Line("name", "Their name", "", required: true),
        FamilyFields.Line("relationship", "Who are they?", "For example: my sister, an adviser of a parents’ group", required: true),
        FamilyFields.Line("email", "Their e-mail address", ""),
        FamilyFields.Line("telephone", "Their telephone number", ""),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FamilyAct> All { get; } =
    [
        new("meeting", "Ask for a meeting about the plan", "The council must meet you if you ask for it, and the case officer will offer you a day.", "Ask for a meeting", "The council has been told that you want a meeting.",
            [], o => (o.DraftToAnswer is not null || (o.ProposalToAnswer is not null && Amendments.Open(o.State) is not null)) && o.State.MeetingAskedOn is null, (o, _, _) => new AskForMeeting(o.Today)),
        new("budget", "Ask for a personal budget", "The council then prepares one with you, or says with reasons why it does not.", "Ask for a personal budget", "The council has been told that you want a personal budget.",
            [], o => o.State.Stage is Stage.Drafting or Stage.Consulting && o.State.BudgetAskedOn is null, (o, _, _) => new AskForPersonalBudget(o.Today)),
        new("supporter", "Name somebody who helps you", "A friend, relative or adviser. By naming them you agree that the council includes them. You can withdraw your agreement here at any time. They cannot see these pages.", "Name them",
            "The council has been told who helps you.", SupporterFields, _ => true,
            (o, v, once) => new NameSupporter($"s-{once}", v["acts.name"].Trim(), v["acts.relationship"].Trim(), Some(v["acts.email"]), Some(v["acts.telephone"]), o.Person)),
    ];

    /// <summary>What is possible in a case now.</summary>
    public static IEnumerable<FamilyAct> Of(OpenedCase opened) => opened.MayAct ? All.Where(a => a.IsOpen(opened)) : [];

    /// <summary>The supporters whom this reader named.</summary>
    public static IEnumerable<FamilyPerson> SupportersOf(OpenedCase opened) =>
        opened.State.People.Where(p => p.Role == PersonRole.Supporter && p.NamedBy == FamilyPeople.ReaderOf(opened.Person));

    private static string? Some(string text) => text.Trim() is { Length: > 0 } said ? said : null;
}
