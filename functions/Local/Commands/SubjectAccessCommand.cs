using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Functions.Keeping;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Local.Commands;

/// <summary><c>subject-access propose</c> and <c>release</c>: give a person the data held about them, after a named officer has decided
/// what to leave out (docs/personal-data.md).</summary>
internal static class SubjectAccessCommand
{
    private const string ReviewFile = "review.json";

    internal static Command Make() => new("subject-access", "Give a person the data held about them (UK GDPR article 15).") { Propose(), Release() };

    private static Command Propose()
    {
        var source = new PersonalDataSource();
        var who = PersonalDataSource.Who();
        var folder = new Option<DirectoryInfo>("--out") { Description = "New folder for review.json and review.html, in which an officer decides what is released.", Required = true, HelpName = "DIR" };
        var command = new Command("propose", "List what may have to be left out to protect other people, without showing the data itself.") { source.Data, source.Council, who, folder };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, opened => ProposeAsync(opened, parsed.GetRequiredValue(who), parsed.GetRequiredValue(folder), cancellationToken)));
        return command;
    }

    private static Command Release()
    {
        var source = new PersonalDataSource();
        var (who, by, reason) = (PersonalDataSource.Who(), PersonalDataSource.By(), PersonalDataSource.Reason());
        var review = new Option<FileInfo>("--review") { Description = "The review.json with the officer's decisions.", Required = true, HelpName = "FILE" };
        var file = new Option<FileInfo>("--out") { Description = "ZIP file to write. Give this file to the person and to nobody else.", Required = true, HelpName = "FILE" };
        var command = new Command("release", "Write the package for the person, without anything that an officer decided to leave out, and record the decisions.") { source.Data, source.Council, who, review, by, reason, file };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, opened => ReleaseAsync(
            opened, parsed.GetRequiredValue(who), parsed.GetRequiredValue(review), (parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason)), parsed.GetRequiredValue(file), cancellationToken)));
        return command;
    }

    private static async Task<int> ProposeAsync(PersonalDataStores opened, FileInfo who, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        if (PersonalDataSource.Read(who) is not { } sought)
        {
            return PersonalDataSource.Refuse($"{who.Name} {PersonalDataSource.WhoWords}");
        }

        return await opened.WithDraftAsync(async draft =>
        {
            if (await draft.ReviewAsync(sought, opened.Council, cancellationToken) is not { } review)
            {
                var mail = await draft.UnfiledMailAsync(sought, opened.Council, cancellationToken);
                return PersonalDataSource.Refuse("Nothing is held about this person in the cases of this council."
                    + (mail.Count > 0 ? $" These messages in the council's incoming mail name the person and are not filed in any case; add them by hand: {string.Join(", ", mail)}" : ""));
            }

            folder.Create();
            await WriteAsync(Path.Combine(folder.FullName, ReviewFile), Encoding.UTF8.GetBytes(review.ToJson()), cancellationToken);
            await WriteAsync(Path.Combine(folder.FullName, "review.html"), Encoding.UTF8.GetBytes(ReviewPage.Render(review)), cancellationToken);
            Console.WriteLine($"{Counted.Of(review.Rows.Count, "item")} to decide, {review.Rows.Count(row => row.Proposed is null)} without a proposal, in {Counted.Of(review.Rows.Select(row => row.Case).Distinct().Count(), "case")}.");
            return Exit.Done;
        });
    }

    private static async Task<int> ReleaseAsync(PersonalDataStores opened, FileInfo who, FileInfo file, (string By, string Reason) decided, FileInfo to, CancellationToken cancellationToken)
    {
        if (PersonalDataSource.Read(who) is not { } sought)
        {
            return PersonalDataSource.Refuse($"{who.Name} {PersonalDataSource.WhoWords}");
        }

        if (Review.Read(SuppliedText.Read(file.FullName)) is not { } review)
        {
            return PersonalDataSource.Refuse($"{file.Name} is not a review file written by subject-access propose.");
        }

        return await opened.WithDraftAsync(async draft =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var (given, problem) = await new SubjectAccessPackage(draft).MakeAsync(sought, opened.Council, review, DateOnly.FromDateTime(now.UtcDateTime), cancellationToken);
            if (given is null)
            {
                return PersonalDataSource.Refuse(problem);
            }

            // The decisions are recorded before the package has content, because nothing must be released unless a known person has decided
            // on it. The file is created first, because a release must not be recorded if the package cannot be written.
            await using var written = new FileStream(to.FullName, OwnerOnlyFile.Options(FileMode.CreateNew));
            opened.Journal.Add(new PersonalDataAction
            {
                At = now,
                Kind = PersonalDataActionKind.SubjectAccess,
                By = decided.By,
                Reason = decided.Reason,
                Council = opened.Council.Value,
                Cases = [.. given.Cases.Select(one => one.Value)],
                Decisions = given.Rows,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(given.Zip)),
            });
            await written.WriteAsync(given.Zip, cancellationToken);
            Console.WriteLine($"{Counted.Of(given.Cases.Count, "case")}, {given.Rows.Count(row => row.Applies == ReviewDecision.Withhold)} left out.");
            return Exit.Done;
        });
    }

    private static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var written = new FileStream(path, OwnerOnlyFile.Options(FileMode.CreateNew));
        await written.WriteAsync(bytes, cancellationToken);
    }
}
