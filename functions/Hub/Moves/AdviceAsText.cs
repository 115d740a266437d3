using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Moves;

/// <summary>Advice as plain text, word for word, for a council that does not have the case for which it was written.</summary>
internal static class AdviceAsText
{
    internal static byte[] Of(ReceivedAdvice advice)
    {
        var content = advice.Content;
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');

        Line(TitleOf(advice));
        Line($"{content.Author}, {content.AuthorRole}{(advice.Agency is { } agency ? $", {agency.Name}" : "")}; written on {Words.Day(content.WrittenOn, true)}, received on {Words.Day(advice.ReceivedOn, true)}.");
        Part("Views", content.Views.Select(view => view.Text));
        Part("Needs", content.Needs.Select(need => need.Text));
        Part("Outcomes", content.Outcomes.Select(outcome => outcome.Text));
        Part("Provision", content.Provision.Select(OfProvision));
        foreach (var note in content.Notes)
        {
            Part(note.Heading, [note.Text]);
        }

        Part("Full text", content.Whole is { } whole ? [whole] : []);
        Part("Documents", content.Attachments.Select(document => document.FileName));
        return Encoding.UTF8.GetBytes(text.ToString());

        void Part(string heading, IEnumerable<string> lines)
        {
            foreach (var (line, n) in lines.Select((line, n) => (line, n)))
            {
                Line(n == 0 ? $"\n{heading}\n- {line}" : $"- {line}");
            }
        }
    }

    internal static string TitleOf(ReceivedAdvice advice) =>
        $"{TimelineWords.Capitalise(Words.Of(advice.Kind))}{(advice.RetractedOn is not null ? " (withdrawn by its author)" : advice.Returned ? " (returned as insufficient)" : advice.CorrectedBy is not null ? " (corrected later)" : "")}";

    private static string OfProvision(AdviceProvision provision) =>
        string.Join("; ", new[] { provision.Text, provision.Who, provision.HowOften, provision.HowLong }.Where(part => !string.IsNullOrWhiteSpace(part)));
}
