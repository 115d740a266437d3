using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.PersonalData.Retention;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Local.PersonalData;

namespace IntegrationHub.Local.Commands;

/// <summary><c>retention list</c>, <c>erase</c>, <c>repeat</c>, <c>hold</c> and <c>lift</c>: erase cases that a council must not keep any
/// longer (docs/personal-data.md).</summary>
internal static class RetentionCommand
{
    internal static Command Make() => new("retention", "List and erase cases that the council no longer keeps under its rules, or whose erasure a person requested.")
    {
        List(), Erase(), Repeat(),
        Holding("hold", "Prevent a case from being erased, for example because of a complaint, a claim or an inquiry.", PersonalDataActionKind.Hold),
        Holding("lift", "Lift the hold on a case.", PersonalDataActionKind.HoldLifted),
    };

    private static Command List()
    {
        var source = new PersonalDataSource();
        var (who, json) = (Asked(), CommonOptions.Json());
        var on = CommonOptions.DayIfGiven("--on", "Show the list as it would be on a different day. A list for a later day cannot be confirmed before that day.");
        var command = new Command("list", "List the cases that would be erased, the rule for each, and any reason not to erase it. Nothing is changed.") { source.Data, source.Council, who, on, json };
        command.SetAction((parsed, cancellationToken) => WithListAsync(source, parsed, parsed.GetValue(who), parsed.GetValue(on), (_, list) => Task.FromResult(Tell(list, parsed.GetValue(json))), cancellationToken));
        return command;
    }

    private static Command Erase()
    {
        var source = new PersonalDataSource();
        var (who, by, reason) = (Asked(), PersonalDataSource.By(), PersonalDataSource.Reason());
        var confirmed = new Option<string>("--list") { Description = "Fingerprint of the list that the person confirmed, as printed by retention list.", Required = true, HelpName = "FINGERPRINT" };
        var command = new Command("erase", "From a list that a named person has confirmed, erase exactly those cases that there is no reason to keep. An erasure cannot be undone.") { source.Data, source.Council, who, confirmed, by, reason };
        command.SetAction((parsed, cancellationToken) => WithListAsync(
            source, parsed, parsed.GetValue(who), null,
            async (work, list) =>
            {
                if (list.Fingerprint != parsed.GetRequiredValue(confirmed) || list.Erasable.Count == 0)
                {
                    return PersonalDataSource.Refuse(list.Erasable.Count == 0 ? "There is nothing to erase." : "The list has changed since it was confirmed, so nothing was erased. Run retention list again and check the new list.");
                }

                var left = await work.EraseAsync(list, parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason), Enum.GetValues<ErasedStore>(), cancellationToken);
                Console.WriteLine($"{Counted.Of(list.Erasable.Count, "case")} erased.");
                return TellLeft(left);
            },
            cancellationToken));
        return command;
    }

    private static Command Repeat()
    {
        var source = new PersonalDataSource();
        var from = new Option<FileInfo?>("--from") { Description = "The file personal-data.jsonl as it was before the backup was restored. This file records what was erased after the backup was made.", HelpName = "FILE" };
        var command = new Command("repeat", "Erase again the cases that a restored backup brought back, or finish an erasure that was interrupted.") { source.Data, source.Council, from };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RetentionWork? work = null;
            var opened = await source.RunAsync(parsed, one =>
            {
                if (parsed.GetValue(from) is { } newer)
                {
                    one.Journal.ContinueWith(newer.FullName);
                }

                work = new RetentionWork(one.Directory, one.Council, Today(), false);
                return Task.FromResult(Exit.Done);
            });
            if (work is null)
            {
                return opened;
            }

            var (again, left) = await work.RepeatAsync(cancellationToken);
            Console.WriteLine($"Erased again after a restore: {Counted.Of(again, "case")}.");
            return TellLeft(left);
        });
        return command;
    }

    private static Command Holding(string name, string what, PersonalDataActionKind kind)
    {
        var source = new PersonalDataSource();
        var id = new Option<string>("--case") { Description = "The case.", Required = true, HelpName = "ID" };
        var (by, reason) = (PersonalDataSource.By(), PersonalDataSource.Reason());
        var command = new Command(name, what) { source.Data, source.Council, id, by, reason };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, async opened =>
        {
            var held = parsed.GetRequiredValue(id);
            if (!Contracts.Identifiers.AssessmentId.TryParse(held, out var known, out var problem) || known.Council != opened.Council || (await opened.Store.ReadAsync(known, cancellationToken)).Facts is null)
            {
                return PersonalDataSource.Refuse(problem is { Length: > 0 } ? $"--case: {problem}" : "This council has no case with this id.");
            }

            if (opened.Journal.HoldReason(held) is null == (kind == PersonalDataActionKind.HoldLifted))
            {
                return PersonalDataSource.Refuse(kind == PersonalDataActionKind.Hold ? "There is already a hold on this case." : "There is no hold on this case.");
            }

            opened.Journal.Add(new PersonalDataAction
            {
                At = TimeProvider.System.GetUtcNow(),
                Kind = kind,
                By = parsed.GetRequiredValue(by),
                Reason = parsed.GetRequiredValue(reason),
                Council = opened.Council.Value,
                Cases = [held],
            });
            return Exit.Done;
        }));
        return command;
    }

    private static async Task<int> WithListAsync(PersonalDataSource source, ParseResult parsed, FileInfo? who, DateOnly? on, Func<RetentionWork, RetentionList, Task<int>> use, CancellationToken cancellationToken)
    {
        // The store is opened here once so that any reason why the work cannot be done is reported. The store is then closed, because the
        // work itself opens it again.
        RetentionWork? work = null;
        var opened = await source.RunAsync(parsed, one =>
        {
            work = new RetentionWork(one.Directory, one.Council, on ?? Today(), SettingsReader.Read<KeepingRules>(WebApplication.CreateSlimBuilder().Configuration).LegalHold);
            return Task.FromResult(Exit.Done);
        });
        if (work is null)
        {
            return opened;
        }

        DataSubject? child = null;
        if (who is not null && (child = PersonalDataSource.Read(who)) is not { As: SubjectCapacity.Child })
        {
            return PersonalDataSource.Refuse($"{who.Name} {PersonalDataSource.WhoWords} Only a child's cases are erased on request.");
        }

        return await use(work, await work.ListAsync(child, cancellationToken));
    }

    private static int Tell(RetentionList list, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                council = list.Council.Value,
                fingerprint = list.Fingerprint,
                free = list.Erasable.Count,
                rows = list.Rows.Select(row => new { @case = row.Case.Value, version = row.Version, rule = row.Rule, due = row.Due, heldBy = row.HeldBy }),
            }));
            return Exit.Done;
        }

        foreach (var row in list.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Case}  {row.Rule}  since {row.Due:yyyy-MM-dd}  {(row.HeldBy.Count == 0 ? "would be erased" : $"kept: {string.Join("; ", row.HeldBy)}")}"));
        }

        Console.WriteLine($"{list.Erasable.Count} of {Counted.Of(list.Rows.Count, "case")} would be erased. To confirm exactly this list, use --list {list.Fingerprint}");
        return Exit.Done;
    }

    private static int TellLeft(IReadOnlyList<string> left)
    {
        foreach (var file in left)
        {
            Console.Error.WriteLine($"Data about the person are still in {file}. Check this file, because another case may name the person.");
        }

        return left.Count == 0 ? Exit.Done : Exit.Failed;
    }

    private static Option<FileInfo?> Asked() => new("--who") { Description = "JSON file that describes a child whose erasure was requested and agreed. All cases of this child are then listed, instead of the cases that the council's rules select.", HelpName = "FILE" };

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
}
