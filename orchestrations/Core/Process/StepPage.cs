using System.Reflection;
using System.Text;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The page that lists every step and every fact, created from their definitions. The command <c>IntegrationHub.Local steps</c> prints
/// the page.</summary>
public static class StepPage
{
    /// <summary>The page as Markdown: a table of steps and a table of facts, with the members of each step and fact.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder("# Steps and facts\n\n| step | what it says | who can send it | law |\n|---|---|---|---|\n");
        foreach (var step in StepCatalogue.Steps)
        {
            page.Append($"| `{step.Name}` | {step.Title} | {string.Join(", ", step.Senders)} | {step.Law} |\n");
        }

        page.Append("\n| fact | what happened | who can read it | what it contains |\n|---|---|---|---|\n");
        foreach (var (type, fact) in StepCatalogue.Facts)
        {
            page.Append($"| `{fact.Name}` | {fact.Meaning} | {fact.Told} | {string.Join(", ", MembersOf(type).Select(member => $"`{member}`"))} |\n");
        }

        return page.ToString();
    }

    private static IEnumerable<string> MembersOf(Type fact) =>
        fact.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
}
