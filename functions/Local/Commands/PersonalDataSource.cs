using System.CommandLine;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Local.AccessLog;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Moving;

namespace IntegrationHub.Local.Commands;

/// <summary>What all commands about personal data share: the council, the stopped hub and the person who acts.</summary>
internal sealed class PersonalDataSource
{
    internal Option<DirectoryInfo> Data { get; } = CommonOptions.Data();

    internal Option<string> Council { get; } = new("--council") { Description = "Code of the council.", Required = true, HelpName = "CODE" };

    internal static Option<string> By() => CommonOptions.Recorded("--by", "Sign-in id of the person who decides. The id is recorded.", "ID");

    internal static Option<string> Reason() => CommonOptions.Recorded("--reason", "The reason, in a sentence without personal data. The reason is recorded.", "TEXT");

    internal static Option<FileInfo> Who() => new("--who")
    {
        // The person's details are read from a file, because a command's arguments appear in the list of processes and in the shell's
        // history.
        Description = "JSON file that describes the person, with the member \"as\" (child, named or professional) and as many of the members givenName, familyName, dateOfBirth, upn, nhsNumber, email and signInId as are known.",
        Required = true,
        HelpName = "FILE",
    };

    /// <summary>Does a command's work on the data of a stopped hub, or reports why the work cannot be done.</summary>
    internal async Task<int> RunAsync(ParseResult parsed, Func<PersonalDataStores, Task<int>> work)
    {
        try
        {
            var (code, data) = (parsed.GetRequiredValue(Council), parsed.GetRequiredValue(Data).FullName);
            if (!File.Exists(Path.Combine(data, LocalHub.StoreFile)))
            {
                return Refuse($"There is no {LocalHub.StoreFile} in {data}.");
            }

            var directory = DataDirectory.Open(data);
            if (!LocalAuthorityCode.TryParse(code, out var council, out var problem))
            {
                return Refuse($"--council: {problem}");
            }

            // The store is opened first, because its lock shows that no hub is running on this directory.
            await using var store = StoppedHub.Open(directory);
            if (!CouncilsFile.Serves(directory, council, out var unserved) && !(await AssessmentMover.AllAsync(store, CancellationToken.None)).Any(id => id.Council == council))
            {
                return Refuse(unserved);
            }

            return await work(new PersonalDataStores(directory, council, store, PersonalDataJournal.Open(directory)));
        }
        catch (Exception refused) when (refused is StoreUnavailableException or IOException or UnauthorizedAccessException or CouncilsFileException or InvalidDataException)
        {
            return Refuse(refused.Message);
        }
    }

    internal static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Exit.Failed;
    }

    internal static DataSubject? Read(FileInfo file) => DataSubject.Read(SuppliedText.Read(file.FullName));

    internal const string WhoWords = "must be JSON with the member \"as\" (child, named or professional). For a child, give dateOfBirth and a full name, upn or nhsNumber; for anybody else, give a full name, email or signInId.";
}

/// <summary>The open stores that a command about personal data uses.</summary>
/// <param name="Directory">The data directory.</param>
/// <param name="Council">The council.</param>
/// <param name="Store">The cases.</param>
/// <param name="Journal">The record of earlier actions on personal data.</param>
internal sealed record PersonalDataStores(string Directory, LocalAuthorityCode Council, SqliteAssessmentStore Store, PersonalDataJournal Journal)
{
    internal FolderDocuments Documents => new(System.IO.Directory.CreateDirectory(Path.Combine(Directory, LocalHub.Documents)).FullName, new KeepingRules(), TimeProvider.System);

    /// <summary>Runs work that reads the data held about a person.</summary>
    internal async Task<int> WithDraftAsync(Func<SubjectAccessDraft, Task<int>> work)
    {
        using var notices = NoticeFile.Open(Path.Combine(Directory, "notices"), TimeProvider.System);
        await using var log = new SqliteAccessLog(Path.Combine(Directory, StoreFiles.AccessLog));
        return await work(new SubjectAccessDraft(Store, Documents, notices, log));
    }
}
