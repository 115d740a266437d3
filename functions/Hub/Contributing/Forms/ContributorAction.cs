using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Contributing.Forms;

/// <summary>Something that a contributor tells the council, apart from the advice itself.</summary>
/// <param name="Key">The name of the action in the page's address.</param>
/// <param name="Title">The title of the page.</param>
/// <param name="About">The text that says what happens after this step.</param>
/// <param name="Button">The text of the button.</param>
/// <param name="Done">The text that the page shows once the step has been accepted.</param>
/// <param name="Step">The step that the page sends.</param>
/// <param name="Fields">The fields of the step that the page asks for.</param>
public sealed record ContributorAction(string Key, string Title, string About, string Button, string Done, StepDefinition Step, IReadOnlyList<FormField> Fields)
{
    /// <summary>The path under which the draft stores what was typed into this action's form.</summary>
    public string Path => $"acts.{Key}";

    internal static readonly IReadOnlyList<ContributorAction> All =
    [
        Make("when", "Say when you will send your advice", "The council will see the day that you enter. The day by which the advice is due does not change.", "Tell the council", "The council has been told when you will send your advice.",
            AcceptAdviceRequest.Definition, ("expectedOn", "On which day will you send your advice?", "")),
        Make("after-all", "Say that you can give this advice after all", "The request will be open again, and the council will be told. The day by which the advice is due does not change.", "Tell the council", "The council has been told that you will give this advice.",
            AcceptAdviceRequest.Definition, ("expectedOn", "On which day will you send your advice?", "")),
        Make("question", "Ask the council a question", "Your question goes to the case officer, who will answer you by e-mail or telephone. Say how the council can reach you.", "Send the question", "Your question has been sent to the case officer.",
            ReportOnAdviceRequest.Definition, ("text", "What do you want to ask?", "")),
        Make("pass-on", "Pass the request on to a colleague", "Your colleague will get a message with their own link and code. Your own link will still work. The council can see whom you passed the request on to.", "Pass the request on", "The request has been passed on to your colleague.",
            PassOnAdviceRequest.Definition, ("name", "Your colleague’s name", ""), ("mail", "Your colleague’s e-mail address at work", "The address must belong to your own organisation.")),
        Make("decline", "Say that you cannot give this advice", "The council will then ask somebody else. If the law obliges you to answer, you must give your reasons in writing. The council will take what you write here as your reasons.", "Decline the request", "The council has been told that you cannot give this advice.",
            DeclineAdviceRequest.Definition, ("reason", "Why can you not give this advice?", "")),
    ];

    internal static string? DoneOf(string key) => key == "acknowledge" ? "The council has been told that the request has arrived."
        : key == "kept" ? "You were signed out while you were writing. What you typed was saved, so you can continue with your draft."
        : All.FirstOrDefault(a => a.Key == key)?.Done;

    /// <summary>What a contributor can tell the council about a request in its current state.</summary>
    internal static IEnumerable<ContributorAction> Of(OpenedRequest opened) => opened.Request.IsOpen
        ? All.Where(a => a.Key != "after-all" && (a.Key != "pass-on" || opened.Request.Person is null))
        : All.Where(a => a.Key == "question" || (a.Key == "after-all" && opened.Request.CanChangeTo(RequestStatus.Accepted) && AdviceRounds.MayBeAnswered(opened.State, opened.Request)));

    private static ContributorAction Make(string key, string title, string about, string button, string done, StepDefinition step, params (string Name, string Label, string Hint)[] fields) =>
        new(key, title, about, button, done, step, [.. fields.Select(f => StepForm.Of(step).Fields.First(own => own.Name == f.Name) with { Label = f.Label, Hint = f.Hint, IsRequired = true })]);
}
