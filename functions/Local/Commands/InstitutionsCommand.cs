using System.CommandLine;
using System.Globalization;
using CsvHelper;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Commands;

/// <summary><c>institutions import</c>: takes the register of schools over, from the files that Get Information about Schools publishes (docs/institutions.md).</summary>
internal static class InstitutionsCommand
{
    internal static Command Make() => new("institutions", "Keep the register of schools that cases are checked against.") { Import() };

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The register, edubasealldata.csv." };
        var links = new Option<FileInfo?>("--links") { Description = "Its links, links_edubasealldata.csv: which school followed which.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var smaller = new Option<bool>("--smaller") { Description = "Take it although it has far fewer open schools than the one before." };
        var command = new Command("import", "Take over the register of schools from its files; the hub may run meanwhile.") { file, links, data, smaller };
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

    /// <summary>What is wrong and what has changed goes to standard output, line by line; the result to standard error.</summary>
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
            Console.Error.WriteLine($"The file does not have these columns, so what they say is unknown: {string.Join(", ", result.Extract.Absent)}.");
        }

        Console.Error.WriteLine(FormattableString.Invariant($"{refused} lines refused, {result.Extract.Findings.Count - refused} values in doubt, {result.Changes.Count} changes, {result.Extract.Ignored} columns not used."));
        Console.Error.WriteLine(result.Words);
        return result.End == ImportEnd.Refused || refused > 0 ? Exit.Failed : Exit.Done;

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
