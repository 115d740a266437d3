using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Local.Demo;

/// <summary>The case at the council to which the family has moved.</summary>
/// <param name="Case">The id of the case at that council.</param>
/// <param name="Directory">Data directory of that council's hub.</param>
/// <param name="Package">The package in which the plan was transferred.</param>
/// <param name="Shown">The case as that council's officer sees it.</param>
/// <param name="Plan">How the plan compares with the plan at the first council.</param>
internal sealed record MovedCase(AssessmentId Case, string Directory, string Package, JsonElement Shown, PlanComparison Plan)
{
    internal object ToJson() => new
    {
        assessment = Case.Value,
        status = Shown.GetProperty("status").GetString(),
        limits = Shown.GetProperty("limits"),
        versions = Plan.Versions,
        byteEqual = Plan.Identical,
        different = Plan.Different,
        chain = Plan.Chain,
        package = Package,
        data = Directory,
    };

    /// <summary>Prints the time limits that apply at the second council, and whether the plan arrived unchanged.</summary>
    internal void Write()
    {
        var limits = new LimitTable();
        limits.Record($"{Cast.SecondCouncil.Name}, case {Case}", Shown);
        limits.Write();
        Console.WriteLine(Plan.Different.Count == 0
            ? FormattableString.Invariant($"The plan is the same at both councils: {Plan.Identical} files identical, {Plan.Versions} versions in one chain, newest entry {Plan.Chain}")
            : FormattableString.Invariant($"The plan is not the same at both councils: {Plan.Different.Count} files differ"));
        foreach (var file in Plan.Different)
        {
            Console.WriteLine($"Different: {file}");
        }
    }

    internal void WritePaths()
    {
        Console.WriteLine($"Package: {Package}");
        Console.WriteLine($"Second hub: {Directory}");
    }
}
