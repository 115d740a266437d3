using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.UnderWay;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Commands;

/// <summary>
/// <c>import-under-way</c>: takes over assessments that are under way in a council's earlier system, from two CSV tables. Without
/// <c>--apply</c> the command only reports what would be taken over (docs/import.md).
/// </summary>
internal static class UnderWayCommand
{
    internal static Command Make()
    {
        var assessments = new Argument<FileInfo>("ASSESSMENTS") { Description = "CSV file in UTF-8 with one row for each assessment (docs/import.md)." };
        var requests = new Argument<FileInfo>("REQUESTS") { Description = "CSV file in UTF-8 with one row for each request for advice." };
        var council = CommonOptions.Council("Code of the council whose assessments these are.");
        var data = CommonOptions.Data();
        var apply = new Option<bool>("--apply") { Description = "Take the assessments over into the store of the stopped hub. If the command is interrupted, run it again." };
        var by = CommonOptions.Recorded("--by", "Sign-in id of the person who takes the assessments over.", "ID", "import");
        var dayOne = new Option<bool>("--day-one") { Description = "Count the day of receipt as day 1. Give this option if the hub is started with it." };
        var command = new Command("import-under-way", "Report row by row what is wrong with the tables of assessments under way; with --apply, take the assessments over.")
        {
            assessments, requests, council, data, apply, by, dayOne,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(assessments),
            parsed.GetRequiredValue(requests),
            parsed.GetRequiredValue(council),
            parsed.GetRequiredValue(data).FullName,
            parsed.GetValue(apply),
            parsed.GetRequiredValue(by),
            parsed.GetValue(dayOne) ? CountingPractice.DayOne : CountingPractice.AfterTheDay,
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        FileInfo assessments, FileInfo requests, LocalAuthorityCode council, string data, bool apply, string by, CountingPractice counting, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var (output, messages) = (console.Output, console.Error);

        // Without councils.json the hub serves invented councils, and their care board must not be recorded in a child's case.
        if (!File.Exists(Path.Combine(data, CouncilsFile.Name)) || CouncilsFile.Read(data) is not { } councils || councils.FirstOrDefault(c => c.Code == council) is not { Icb: { } icb })
        {
            return Refuse(messages, $"councils.json in {data} must name council {council} with its icb, which is recorded for each child whose row names no icb.");
        }

        var (opened, asked) = (await File.ReadAllBytesAsync(assessments.FullName, cancellationToken), await File.ReadAllBytesAsync(requests.FullName, cancellationToken));
        var source = new UnderWaySource(council, icb, $"{assessments.Name}, SHA-256 {HashOf(opened)}; {requests.Name}, SHA-256 {HashOf(asked)}");
        var tables = UnderWayTables.Read(
            Sen2Csv.Text(new MemoryStream(opened)), Sen2Csv.Text(new MemoryStream(asked)), source, LondonDate.Of(TimeProvider.System.GetUtcNow()));
        if (apply && tables.IsDoubtfulWhose)
        {
            return Refuse(messages, "The tables have errors because of which one child's data could be put into another child's case. Run the command without --apply to list the errors, and correct them. Nothing was changed.");
        }

        IAssessmentStore store;
        try
        {
            store = apply ? StoppedHub.OpenOrCreate(data) : HasRun(data) ? StoppedHub.Open(data) : new MemoryAssessmentStore();
        }
        catch (Exception refused) when (refused is StoreUnavailableException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Refuse(messages, refused.Message);
        }

        try
        {
            using var run = new UnderWayRun(store, new RuleBook(councils, RuleSet.England2014, counting, ChaseLadder.Default), TimeProvider.System, apply);
            return await WriteAsync(tables, run.RunAsync(tables.Sound, by, cancellationToken), apply, output, messages);
        }
        finally
        {
            if (store is IAsyncDisposable opensFile)
            {
                await opensFile.DisposeAsync();
            }
        }
    }

    /// <summary>Writes one line for each assessment, then one line for each error and doubt. No line contains a detail of a child.</summary>
    private static async Task<int> WriteAsync(UnderWayTables tables, IAsyncEnumerable<UnderWayResult> results, bool apply, TextWriter output, TextWriter messages)
    {
        await using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        var findings = new List<Sen2Finding>(tables.Findings);
        var ends = new Dictionary<TakeoverOutcome, int>();
        await LineAsync("place", "what", "item", "case", "words");
        await foreach (var result in results)
        {
            var isInHub = result.End == TakeoverOutcome.AlreadyThere || (result.End == TakeoverOutcome.Taken && apply);
            await LineAsync(result.Place, WordsOf(result.End, apply), "", isInHub ? result.Case.Value : "", "");
            findings.AddRange(result.Findings);
            ends[result.End] = ends.GetValueOrDefault(result.End) + 1;
        }

        foreach (var finding in findings)
        {
            await LineAsync(finding.Place, $"{(finding.Severity == Sen2Severity.Error ? "error" : "doubt")}: {finding.Code}", finding.Item ?? "", "", finding.Words);
        }

        var (taken, there) = (ends.GetValueOrDefault(TakeoverOutcome.Taken), ends.GetValueOrDefault(TakeoverOutcome.AlreadyThere));
        messages.WriteLine(FormattableString.Invariant(
            $"{Counted.Of(tables.Assessments, "assessment")}, {Counted.Of(tables.Requests, "request")}: {taken} {WordsOf(TakeoverOutcome.Taken, apply)}, {there} already in the hub, {tables.Assessments - taken - there} left out.{(apply ? "" : " Nothing was changed.")}"));
        if (tables.IsDoubtfulWhose)
        {
            messages.WriteLine("With --apply nothing is taken over, because one child's data could be put into another child's case. Correct those errors first.");
        }

        return findings.TrueForAll(finding => finding.Severity == Sen2Severity.Doubt) ? Exit.Done : Exit.Failed;

        async Task LineAsync(params string[] cells)
        {
            Array.ForEach(cells, csv.WriteField);
            await csv.NextRecordAsync();
        }
    }

    private static bool HasRun(string data) => File.Exists(Path.Combine(data, StoreFiles.Marker)) || StoreFiles.Present(data).Contains(LocalHub.StoreFile);

    private static string WordsOf(TakeoverOutcome end, bool apply) => end switch
    {
        TakeoverOutcome.Taken => apply ? "taken over" : "could be taken over",
        TakeoverOutcome.AlreadyThere => "already in the hub",
        _ => "not taken over",
    };

    private static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static int Refuse(TextWriter messages, string why)
    {
        messages.WriteLine(why);
        return Exit.Failed;
    }
}
