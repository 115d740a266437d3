using System.CommandLine;
using System.Globalization;
using CsvHelper;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Commands;

/// <summary><c>institutions import</c>: imports the register of schools from the files that Get Information about Schools publishes
/// (docs/institutions.md).</summary>
internal static class InstitutionsCommand
{
    internal static Command Make() => new("institutions", "Import the register of schools, which the hub uses to check the schools in cases.") { Import() };

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The register, edubasealldata.csv." };
        var links = new Option<FileInfo?>("--links") { Description = "The register's links, links_edubasealldata.csv, which say which school replaced which.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var smaller = new Option<bool>("--smaller") { Description = "Accept the register although it has far fewer open schools than the previous register." };
        var command = new Command("import", "Import the register of schools from its files. You can run this command while the hub is running.") { file, links, data, smaller };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(DataDirectory.Open(parsed.GetRequiredValue(data).FullName), LocalHub.Documents));
            var documents = new FolderDocuments(folder.FullName, new KeepingRules(), TimeProvider.System);
            var source = parsed.GetRequiredValue(file);
            var result = await InstitutionImport.RunAsync(
                source.Name,
                await File.ReadAllBytesAsync(source.FullName, cancellationToken),
                parsed.GetValue(links) is { } linked ? await File.ReadAllBytesAsync(linked.FullName, cancellationToken) : null,
                LondonDate.Of(TimeProvider.System.GetUtcNow()),
                new InstitutionStore(documents),
                parsed.GetValue(smaller),
                cancellationToken);
            return Tell(result);
        });
        return command;
    }

    /// <summary>Writes faults and changes to standard output, one on each line, and the result to standard error.</summary>
    private static int Tell(ImportResult result)
    {
        using var csv = new CsvWriter(Console.Out, CultureInfo.InvariantCulture, leaveOpen: true);
        string[] columns = ["line", "urn", "what", "words"];
        Array.ForEach(columns, csv.WriteField);
        csv.NextRecord();
        foreach (var finding in result.Extract.Findings)
        {
            Line(finding.Line.ToString(CultureInfo.InvariantCulture), finding.Urn, finding.IsRefused ? "refused" : "doubt", finding.Words);
        }

        foreach (var change in result.Changes)
        {
            Line("", change.Urn, change.What, change.Words);
        }

        var refused = result.Extract.Findings.Count(finding => finding.IsRefused);
        if (result.Extract.Absent.Count > 0)
        {
            Console.Error.WriteLine($"The file does not have these columns, so the hub will not know their values: {string.Join(", ", result.Extract.Absent)}.");
        }

        Console.Error.WriteLine(FormattableString.Invariant($"{refused} lines refused, {result.Extract.Findings.Count - refused} doubtful values, {result.Changes.Count} changes, {result.Extract.Ignored} columns not used."));
        Console.Error.WriteLine(result.Words);
        return result.End == ImportOutcome.Refused || refused > 0 ? Exit.Failed : Exit.Done;

        void Line(string line, string urn, string what, string words)
        {
            csv.WriteField(line);
            csv.WriteField(urn);
            csv.WriteField(what);
            csv.WriteField(words);
            csv.NextRecord();
        }
    }
}
