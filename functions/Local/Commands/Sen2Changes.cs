using System.CommandLine;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Functions.Returns.Stored;

namespace IntegrationHub.Local.Commands;

/// <summary><c>sen2 changes</c>: prints, as CSV, how a return from today's cases differs from a stored return.</summary>
internal static class Sen2Changes
{
    internal static Command Make()
    {
        var source = new Sen2Source();
        var since = new Option<int?>("--since") { Description = "Number of the stored return; by default the newest.", HelpName = "NUMBER" };
        var command = new Command("changes", "Print what has changed since a stored return, child by child: children added or removed, and each changed item with its old and new value.") { source.Year, source.Council, source.Layout, source.Data, since };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, opened => RunAsync(opened, parsed.GetValue(since), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(Sen2Stores opened, int? since, CancellationToken cancellationToken)
    {
        var all = await opened.Returns.ListAsync(opened.Council, opened.Year, cancellationToken);
        if (all.FirstOrDefault(one => since is null || one.Number == since) is not { } kept)
        {
            Console.Error.WriteLine(since is { } number
                ? FormattableString.Invariant($"No return {number} for {opened.Year} is stored.")
                : FormattableString.Invariant($"No return for {opened.Year} is stored. Build and store a return with `sen2 keep`."));
            return Exit.Failed;
        }

        var now = new List<StoredPerson>();
        await foreach (var person in new ReturnBuild(opened.Store, opened.Layout, opened.Council, opened.Year).PersonsAsync(cancellationToken: cancellationToken))
        {
            now.Add(ReturnStore.LineOf(person));
        }

        var children = 0;
        await using var csv = new CsvWriter(Console.Out, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        Row(csv, "case", "change", "item", "before", "after");
        foreach (var child in ReturnChanges.Between(await opened.Returns.PersonsAsync(opened.Council, kept, cancellationToken), now))
        {
            children++;
            var cases = string.Join(' ', child.Cases);
            if (child.Items.Count == 0)
            {
                Row(csv, cases, Said(child.What), null, null, null);
            }

            foreach (var item in child.Items)
            {
                Row(csv, cases, Said(child.What), item.Item, item.Before, item.After);
            }
        }

        Console.Error.WriteLine(FormattableString.Invariant($"{children} children differ from return {kept.Number} of {kept.Year}, built on {kept.BuiltAt:yyyy-MM-dd} by {kept.By}."));
        return Exit.Done;
    }

    private static string Said(ChildChange what) => what switch
    {
        ChildChange.Added => "added",
        ChildChange.Gone => "gone",
        _ => "changed",
    };

    private static void Row(CsvWriter csv, params ReadOnlySpan<string?> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.NextRecord();
    }
}
