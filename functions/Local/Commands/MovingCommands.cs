using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Moving;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Commands;

/// <summary>
/// <c>assessments export</c> and <c>assessments import</c>: move assessments from one machine to Azure, or to another machine. Both hubs must
/// be stopped during the move.
/// </summary>
internal static class MovingCommands
{
    internal static Command Export()
    {
        var data = CommonOptions.Data();
        var file = new Option<FileInfo>("--out") { Description = "File to write, with one assessment on each line. The file contains all data about the children: protect it like the store itself.", Required = true, HelpName = "FILE" };
        var command = new Command("export", "Write every assessment of a stopped hub to a file.") { data, file };
        command.SetAction((parsed, cancellationToken) => ExportAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(file), cancellationToken));
        return command;
    }

    internal static Command Import()
    {
        var file = new Option<FileInfo>("--in") { Description = "File written by assessments export.", Required = true, HelpName = "FILE" };
        var councils = CommonOptions.Data();
        councils.Description = "Directory with councils.json. Without --tables, the assessments are imported into the store in this directory.";
        var tables = CommonOptions.AzureAddress("--tables", "Address of the Azure table service. The command signs in with the account used in az, azd or Visual Studio.");
        var blobs = CommonOptions.AzureAddress("--blobs", "Address of the Azure blob service.");
        var connection = new Option<string?>("--connection-variable") { Description = "Environment variable with a storage connection string, instead of the addresses (for Azurite).", HelpName = "NAME" };
        var command = new Command("import", "Import exported assessments into a stopped hub, and check that each arrived complete.") { file, councils, tables, blobs, connection };
        command.Validators.Add(result =>
        {
            if (result.GetResult(tables) is null != result.GetResult(blobs) is null)
            {
                result.AddError("--tables and --blobs must be given together.");
            }
        });
        command.SetAction((parsed, cancellationToken) => ImportAsync(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(councils), parsed.GetValue(tables), parsed.GetValue(blobs), parsed.GetValue(connection), cancellationToken));
        return command;
    }

    private static async Task<int> ExportAsync(DirectoryInfo data, FileInfo file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(data.FullName, LocalHub.StoreFile);
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no {LocalHub.StoreFile} in {data.FullName}.");
            return Exit.Failed;
        }

        try
        {
            await using var store = StoppedHub.Open(data.FullName);
            await using var lines = new StreamWriter(file.FullName, OwnerOnlyFile.Options(FileMode.CreateNew));
            var all = await AssessmentMover.AllAsync(store, cancellationToken);
            foreach (var id in all)
            {
                var moved = await AssessmentMover.ReadAsync(store, id, cancellationToken);
                await lines.WriteLineAsync(JsonSerializer.Serialize(new MovedLine(moved, moved.Digest()), MovingJson.Default.MovedLine).AsMemory(), cancellationToken);
            }

            await lines.WriteLineAsync(EndOf(all.Count).AsMemory(), cancellationToken);
            await lines.FlushAsync(cancellationToken);
            Console.WriteLine($"{Counted.Of(all.Count, "assessment")} written.");
            return Exit.Done;
        }
        catch (Exception refused) when (refused is StoreUnavailableException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(refused.Message);
            return Exit.Failed;
        }
    }

    private static async Task<int> ImportAsync(FileInfo file, DirectoryInfo data, Uri? tables, Uri? blobs, string? variable, CancellationToken cancellationToken)
    {
        try
        {
            var rules = new RuleBook(CouncilsFile.Read(DataDirectory.Open(data.FullName)), RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
            if (tables is null && variable is null)
            {
                await using var local = StoppedHub.OpenOrCreate(data.FullName);
                return await ImportAsync(local, file, rules, cancellationToken);
            }

            var azure = variable is null ? Signed(tables!, blobs!) : Connected(variable);
            if (azure is null)
            {
                Console.Error.WriteLine($"The environment variable {variable} must contain a connection string.");
                return Exit.WrongCall;
            }

            await azure.CreateAsync(cancellationToken);
            return await ImportAsync(azure, file, rules, cancellationToken);
        }
        catch (Exception refused) when (refused is StoreUnavailableException or IOException or UnauthorizedAccessException or CouncilsFileException or InvalidDataException or RequestFailedException or AuthenticationFailedException)
        {
            Console.Error.WriteLine(refused.Message);
            return Exit.Failed;
        }
    }

    private static async Task<int> ImportAsync(IAssessmentStore store, FileInfo file, RuleBook rules, CancellationToken cancellationToken)
    {
        var (number, arrived, failed, isWhole) = (0, 0, 0, false);
        await foreach (var text in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            // Without this line, a file that was cut off between two lines would look complete, and the rest of the children would be lost.
            if (text == EndOf(number))
            {
                isWhole = true;
                continue;
            }

            number++;
            isWhole = false;
            if (await OneAsync(store, text, rules, cancellationToken) is { } problem)
            {
                Console.Error.WriteLine($"Line {number}: {problem}");
                failed++;
            }
            else
            {
                arrived++;
            }
        }

        Console.WriteLine($"{Counted.Of(arrived, "assessment")} arrived complete, {failed} did not.");
        if (!isWhole)
        {
            Console.Error.WriteLine($"{file.Name} is not complete: it does not end with the number of its assessments. Export the assessments again with this version, and run the command again.");
        }

        return failed == 0 && isWhole ? Exit.Done : Exit.Failed;
    }

    /// <summary>The last line of a file with this number of assessments.</summary>
    private static string EndOf(int count) => $$"""{"assessments":{{count.ToString(CultureInfo.InvariantCulture)}}}""";

    /// <summary>Imports the assessment on this line. Returns the reason why the assessment is not complete in the store, or
    /// null if it is complete.</summary>
    private static async Task<string?> OneAsync(IAssessmentStore store, string text, RuleBook rules, CancellationToken cancellationToken)
    {
        MovedLine? line;
        try
        {
            line = JsonSerializer.Deserialize(text, MovingJson.ToRead);
        }
        catch (JsonException malformed)
        {
            return $"this line is not an exported assessment ({malformed.Path ?? "$"}).";
        }

        if (line is null || line.Moved.Digest() != line.Sha256)
        {
            return "the assessment has been changed since it was exported.";
        }

        if (!rules.Serves(line.Moved.Assessment.Council))
        {
            return $"councils.json does not list council {line.Moved.Assessment.Council}.";
        }

        try
        {
            var there = await AssessmentMover.ImportAsync(store, line.Moved, rules, TimeProvider.System.GetUtcNow(), cancellationToken);
            return there.Digest() == line.Sha256 ? null : $"{line.Moved.Assessment} did not arrive complete.";
        }
        catch (InvalidDataException other)
        {
            return other.Message;
        }
    }

    private static AzureAssessmentStore Signed(Uri tables, Uri blobs)
    {
        var credential = new DefaultAzureCredential();
        return new AzureAssessmentStore(new TableServiceClient(tables, credential), new BlobServiceClient(blobs, credential));
    }

    // The option gives the name of an environment variable that contains the connection string, so that no key appears in a shell's history
    // or in the list of processes.
    private static AzureAssessmentStore? Connected(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? new AzureAssessmentStore(new TableServiceClient(text), new BlobServiceClient(text)) : null;
}
