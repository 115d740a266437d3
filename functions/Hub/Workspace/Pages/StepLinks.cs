using System.Net;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Components;

namespace IntegrationHub.Functions.Workspace.Pages;

/// <summary>Links to the forms of steps, shown to officers who are allowed to submit these steps.</summary>
internal static class StepLinks
{
    /// <summary>The part of a query that fills in a date.</summary>
    /// <param name="member">Name of the date in the step.</param>
    /// <param name="day">The date.</param>
    internal static string Day(string member, DateOnly day) => FormattableString.Invariant($"{member}/day={day.Day}&{member}/month={day.Month}&{member}/year={day.Year}");

    /// <summary>A link to a step's form, or nothing if the officer is not allowed to submit the step.</summary>
    /// <param name="officer">The officer who reads the page.</param>
    /// <param name="file">The case.</param>
    /// <param name="step">Name of the step, with a query that gives the values to fill in.</param>
    /// <param name="text">Text of the link.</param>
    /// <param name="about">What the link is about, for people whose screen reader reads out only the links of a page.</param>
    internal static MarkupString Of(Officer officer, CaseFile file, string step, string text, string about = "") =>
        StepCatalogue.Step(step.Split('?')[0]) is { } found && officer.MaySend(found)
            ? new MarkupString($"<a href=\"{WebUtility.HtmlEncode(file.Address($"/steps/{step}"))}\">{WebUtility.HtmlEncode(text)}{(about.Length > 0 ? $"<span class=\"quiet\">: {WebUtility.HtmlEncode(about)}</span>" : "")}</a>")
            : default;
}
