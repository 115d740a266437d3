using System.Text;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>A version of a plan in all formats.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Json">The plan as canonical JSON.</param>
/// <param name="Html">The plan as an HTML page.</param>
/// <param name="Docx">The plan as a Word document.</param>
public sealed record PlanFiles(PlanDocument Plan, byte[] Json, byte[] Html, byte[] Docx)
{
    /// <summary>Creates a plan's files in all formats.</summary>
    public static PlanFiles Of(PlanDocument plan, PlanSummaryFacts facts) =>
        new(plan, PlanJson.Canonical(plan), Encoding.UTF8.GetBytes(PlanHtml.Render(plan, facts)), PlanDocx.Write(plan, facts));

    internal IEnumerable<(PlanFile File, byte[] Bytes)> Named()
    {
        foreach (var (format, bytes) in new[] { (PlanFormat.Json, Json), (PlanFormat.Html, Html), (PlanFormat.Docx, Docx) })
        {
            var hash = PlanJson.ContentHash(bytes);
            var kind = Plan.Kind switch { PlanKind.Draft => "draft", PlanKind.Final => "final", _ => "amended-final" };
            var name = $"{PlanStore.FolderOf(Plan.Assessment)}/plan/v{Plan.Version}-{kind}-{hash}.{format.ToString().ToLowerInvariant()}";
            yield return (new PlanFile(format, name, hash, bytes.Length), bytes);
        }
    }

    /// <summary>The media type of a format.</summary>
    public static string ContentType(PlanFormat format) => format switch
    {
        PlanFormat.Json => "application/json",
        PlanFormat.Html => "text/html; charset=utf-8",
        _ => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    };
}
