using System.CommandLine;
using System.Globalization;
using CsvHelper;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.LocalOffer;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Commands;

/// <summary><c>local-offer import</c>: imports a council's Local Offer from Open Referral UK files (docs/local-offer.md).</summary>
internal static class LocalOfferCommand
{
    internal static Command Make() => new("local-offer", "Import the Local Offer of a council, which officers and families search.") { Import() };

    private static Command Import()
    {
        var path = new Argument<FileSystemInfo>("PATH") { Description = "A file of services (Open Referral UK 3.0, JSON), or a folder of such files." };
        var council = CommonOptions.Council("Code of the council (three digits).");
        var data = CommonOptions.Data();
        var smaller = new Option<bool>("--smaller") { Description = "Accept the Local Offer although it has far fewer services than the previous Local Offer." };
        var command = new Command("import", "Import a Local Offer from its files. You can run this command while the hub is running.") { path, council, data, smaller };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var code = parsed.GetRequiredValue(council);
            var source = parsed.GetRequiredValue(path);
            IReadOnlyList<FileInfo> files = source is DirectoryInfo folder ? [.. SuppliedFolder.Files(folder.FullName, ".json").Select(path => new FileInfo(path))] : [new FileInfo(source.FullName)];
            var read = new List<(string, byte[])>();
            foreach (var file in files)
            {
                read.Add((file.Name, await File.ReadAllBytesAsync(file.FullName, cancellationToken)));
            }

            var directory = DataDirectory.Open(parsed.GetRequiredValue(data).FullName);
            if (!CouncilsFile.Serves(directory, code, out var problem))
            {
                Console.Error.WriteLine(problem);
                return Exit.Failed;
            }

            var documents = Directory.CreateDirectory(Path.Combine(directory, LocalHub.Documents));
            var store = new OfferStore(new FolderDocuments(documents.FullName, new KeepingRules(), TimeProvider.System));
            return Tell(await OfferImport.RunAsync(source.Name, read, code, LondonDate.Of(TimeProvider.System.GetUtcNow()), store, parsed.GetValue(smaller), cancellationToken));
        });
        return command;
    }

    /// <summary>Writes faults and changes to standard output, one on each line, and the result to standard error.</summary>
    private static int Tell(OfferResult result)
    {
        using var csv = new CsvWriter(Console.Out, CultureInfo.InvariantCulture, leaveOpen: true);
        Line("place", "id", "what", "words");
        foreach (var finding in result.Extract.Findings)
        {
            Line(finding.Place, finding.Id, finding.IsRefused ? "refused" : "doubt", finding.Words);
        }

        foreach (var change in result.Changes)
        {
            Line("", change.Id, change.What, change.Words);
        }

        var refused = result.Extract.Findings.Count(finding => finding.IsRefused);
        Console.Error.WriteLine(FormattableString.Invariant($"{refused} services refused, {result.Extract.Findings.Count - refused} values in doubt, {result.Changes.Count} changes."));
        Console.Error.WriteLine(result.Words);
        return result.IsKept && refused == 0 ? Exit.Done : Exit.Failed;

        void Line(params string[] fields)
        {
            Array.ForEach(fields, csv.WriteField);
            csv.NextRecord();
        }
    }
}
