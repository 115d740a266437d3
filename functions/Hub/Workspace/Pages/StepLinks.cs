using System.Net;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Components;

namespace IntegrationHub.Functions.Workspace.Pages;

/// <summary>Links to the forms of steps, for those who may send them.</summary>
internal static class StepLinks
{
    /// <summary>A link to a step's form; nothing for somebody who may not send it.</summary>
    /// <param name="officer">Who reads the page.</param>
    /// <param name="file">The case.</param>
    /// <param name="step">Name of the step, with what its form is to be filled with as a query.</param>
    /// <param name="text">Text of the link.</param>
    /// <param name="about">What it is about, for people who hear only the links of a page.</param>
    internal static MarkupString Of(Officer officer, CaseFile file, string step, string text, string about = "") =>
        StepCatalogue.Step(step.Split('?')[0]) is { } found && officer.MaySend(found)
            ? new MarkupString($"<a href=\"{WebUtility.HtmlEncode(file.Address($"/steps/{step}"))}\">{WebUtility.HtmlEncode(text)}{(about.Length > 0 ? $"<span class=\"quiet\">: {WebUtility.HtmlEncode(about)}</span>" : "")}</a>")
            : default;
}
