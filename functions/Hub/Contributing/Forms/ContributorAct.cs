using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Contributing.Forms;

/// <summary>Something that a contributor says apart from the advice itself.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Title">What it is called.</param>
/// <param name="About">What happens then.</param>
/// <param name="Button">What its button says.</param>
/// <param name="Done">What the page says once it is done.</param>
/// <param name="Step">The step that it sends.</param>
/// <param name="Fields">Which of the step's members are asked for.</param>
public sealed record ContributorAct(string Key, string Title, string About, string Button, string Done, StepDefinition Step, IReadOnlyList<FormField> Fields)
{
    /// <summary>Where its words are kept in a draft.</summary>
    public string Path => $"acts.{Key}";

    internal static readonly IReadOnlyList<ContributorAct> All =
    [
        Make("when", "Say when your advice will come", "The council sees the day. The day by which the advice is due does not change.", "Tell the council", "The council has been told when your advice will come.",
            AcceptAdviceRequest.Definition, ("expectedOn", "On which day will your advice come?", "")),
        Make("question", "Ask the council a question", "Your question goes to the case officer, who answers you by e-mail or telephone. Say how you can be reached.", "Send the question", "Your question is with the case officer.",
            ReportOnAdviceRequest.Definition, ("text", "What do you want to ask?", "")),
        Make("pass-on", "Pass it on to a colleague", "Your colleague gets a message with a link and a code of their own. Your own link still works. The council sees to whom you passed it on.", "Pass it on", "The request is on its way to your colleague.",
            PassOnAdviceRequest.Definition, ("name", "Your colleague’s name", ""), ("mail", "Your colleague’s e-mail address at work", "It must be an address of your own organisation.")),
        Make("decline", "Say that you cannot give this advice", "The council then asks somebody else. If the law obliges you to answer, your reasons must be in writing: they are what you write here.", "Decline the request", "The council has been told that you cannot give this advice.",
            DeclineAdviceRequest.Definition, ("reason", "Why can you not give it?", "")),
    ];

    internal static string? DoneOf(string key) => key == "acknowledge" ? "The council has been told that the request has arrived."
        : key == "kept" ? "You were signed out while you were writing. What you typed was kept: continue with your draft."
        : All.FirstOrDefault(a => a.Key == key)?.Done;

    /// <summary>What can be said about a request in its current state.</summary>
    internal static IEnumerable<ContributorAct> Of(OpenedRequest opened) => opened.Request.IsOpen
        ? All.Where(a => a.Key != "pass-on" || opened.Request.Person is null)
        : All.Where(a => a.Key == "question");

    private static ContributorAct Make(string key, string title, string about, string button, string done, StepDefinition step, params (string Name, string Label, string Hint)[] fields) =>
        new(key, title, about, button, done, step, [.. fields.Select(f => StepForm.Of(step).Fields.First(own => own.Name == f.Name) with { Label = f.Label, Hint = f.Hint, IsRequired = true })]);
}
