using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Commands;

/// <summary>Imports the plans in a return into the store of a stopped hub, row by row, and reports the result for each row.</summary>
/// <param name="data">The hub's data directory.</param>
/// <param name="by">The person who takes the plans over.</param>
internal sealed class ImportInto(DirectoryInfo data, string by)
{
    private const int RowsBetweenLines = 1000;

    internal async Task<int> RunAsync(
        Sen2File file,
        IReadOnlyList<TakeoverRow> rows,
        FileSystemInfo source,
        LocalAuthorityCode council,
        IReadOnlyDictionary<string, RegisteredSchool>? schools,
        SuppliedContacts? contacts,
        TextWriter output,
        TextWriter messages,
        CancellationToken cancellationToken)
    {
        try
        {
            var directory = DataDirectory.Open(data.FullName);
            var councils = CouncilsFile.Read(directory);

            if (CouncilsFile.WithIcb(directory, councils, council) is not { Icb: { } icb } profile)
            {
                messages.WriteLine(CouncilsFile.MustName(data.FullName, council, "the return"));
                return Exit.Failed;
            }

            var rules = new RuleBook(councils, RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
            await using var store = StoppedHub.OpenOrCreate(data.FullName);
            using var run = new TakeoverRun(store, rules, TimeProvider.System);
            var from = new TakeoverSource(profile.Code, icb, $"{source.Name}, SHA-256 {HashOf(source)}", schools, contacts);
            return await WriteAsync(run.RunAsync(PlanToImport.Of(file, rows, from), by, cancellationToken), rows.Count, output, messages);
        }
        catch (Exception refused) when (refused is StoreUnavailableException or IOException or UnauthorizedAccessException or CouncilsFileException or InvalidDataException)
        {
            messages.WriteLine(refused.Message);
            return Exit.Failed;
        }
    }

    private static async Task<int> WriteAsync(IAsyncEnumerable<TakeoverResult> results, int rows, TextWriter output, TextWriter messages)
    {
        var ends = new Dictionary<TakeoverOutcome, int>();
        await using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        string[] columns = ["place", "what", "case", "words"];
        Array.ForEach(columns, csv.WriteField);
        await csv.NextRecordAsync();
        var done = 0;
        await foreach (var result in results)
        {
            csv.WriteField(result.Place);
            csv.WriteField(result.End.ToString());
            csv.WriteField(result.End is TakeoverOutcome.Taken or TakeoverOutcome.AlreadyThere ? result.Case.Value : "");
            csv.WriteField(result.Words);
            await csv.NextRecordAsync();
            ends[result.End] = ends.GetValueOrDefault(result.End) + 1;
            if (++done % RowsBetweenLines == 0)
            {
                messages.WriteLine(FormattableString.Invariant($"{done} of {rows} rows"));
            }
        }

        messages.WriteLine(FormattableString.Invariant(
            $"{ends.GetValueOrDefault(TakeoverOutcome.Taken)} plans taken over, {ends.GetValueOrDefault(TakeoverOutcome.AlreadyThere)} already there, {ends.GetValueOrDefault(TakeoverOutcome.NeedsOfficer)} for an officer to decide, {ends.GetValueOrDefault(TakeoverOutcome.NotTaken)} rows not taken over."));
        return ends.ContainsKey(TakeoverOutcome.NeedsOfficer) || ends.ContainsKey(TakeoverOutcome.NotTaken) ? Exit.Failed : Exit.Done;
    }

    /// <summary>The hash of a file. The hash of a folder is calculated from the hashes of its files, in order of their names.</summary>
    private static string HashOf(FileSystemInfo source)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] paths = Directory.Exists(source.FullName) ? [.. Directory.GetFiles(source.FullName).Order(StringComparer.Ordinal)] : [source.FullName];
        foreach (var path in paths)
        {
            using var file = File.OpenRead(path);
            var hash = SHA256.HashData(file);
            if (path == source.FullName)
            {
                return Convert.ToHexStringLower(hash);
            }

            whole.AppendData(hash);
        }

        return Convert.ToHexStringLower(whole.GetHashAndReset());
    }
}
