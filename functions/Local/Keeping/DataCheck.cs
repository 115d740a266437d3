using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Functions.PersonalData.Retention;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Fhir;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Keeping;

/// <summary>
/// The full check of a data directory, with or without a running hub. The check reads every page of every SQLite file, every FHIR version and
/// every bus message, replays every case from its first event, and hashes every plan and document. The check changes nothing.
/// </summary>
internal static class DataCheck
{
    /// <summary>Checks a data directory.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="problem">Called with each problem: the file and the place in it, without personal data.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>Number of cases that were read in full.</returns>
    internal static async Task<int> RunAsync(string data, Action<string> problem, CancellationToken cancellationToken) =>
        (await ReadAsync(data, problem, cancellationToken)).Count;

    /// <summary>Checks a data directory, and returns the cases that were read in full.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="problem">Called with each problem: the file and the place in it, without personal data.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    internal static async Task<IReadOnlyList<AssessmentState>> ReadAsync(string data, Action<string> problem, CancellationToken cancellationToken)
    {
        var present = StoreFiles.Present(data);
        foreach (var name in StoreFiles.Missing(data))
        {
            problem($"{name}: this file is missing, but other files show that it existed.");
        }

        foreach (var name in present)
        {
            foreach (var found in SqliteFile.FullCheck(Path.Combine(data, name)))
            {
                problem($"{name}: {found.ReplaceLineEndings(" ")}");
            }
        }

        var cases = present.Contains(LocalHub.StoreFile) ? await CasesAsync(data, problem, cancellationToken) : [];
        if (present.Contains(StoreFiles.Fhir))
        {
            Rows(data, StoreFiles.Fhir, FhirFileCheck.Run, problem);
        }

        if (present.Contains(StoreFiles.Bus))
        {
            Rows(data, StoreFiles.Bus, BusFileCheck.Run, problem);
        }

        Settings(data, problem);
        return cases;
    }

    private static async Task<IReadOnlyList<AssessmentState>> CasesAsync(string data, Action<string> problem, CancellationToken cancellationToken)
    {
        var plans = new PlanStore(new FolderDocuments(Path.Combine(data, LocalHub.Documents), new KeepingRules(), TimeProvider.System), TimeProvider.System);
        var sound = new List<AssessmentState>();
        try
        {
            AssessmentFileCheck.Run(Path.Combine(data, LocalHub.StoreFile), sound.Add, found => problem($"{LocalHub.StoreFile}: {found}"), cancellationToken);
        }
        catch (StoreUnavailableException damaged)
        {
            problem($"{LocalHub.StoreFile}: {damaged.Message}");
        }

        Erased(data, sound, problem);
        foreach (var state in sound)
        {
            var head = state.Plans.LastOrDefault(p => p.ManifestHash is not null)?.ManifestHash;
            var verified = await plans.VerifyAsync(state.Id, head, cancellationToken);
            foreach (var found in verified.Succeeded ? verified.Value.Problems.Select(p => $"{p.Name}: {p.Problem}") : [verified.Reason])
            {
                problem($"{LocalHub.Documents}/{found}");
            }
        }

        return sound;
    }

    /// <summary>Checks that the record of erased cases is intact, and that no erased case has come back, for instance with a
    /// backup.</summary>
    private static void Erased(string data, List<AssessmentState> sound, Action<string> problem)
    {
        try
        {
            var erased = PersonalDataJournal.Open(data).Erased;
            var back = sound.Select(state => state.Id.Value).Concat(Folders(Path.Combine(data, LocalHub.Documents))).Where(erased.Contains).Distinct(StringComparer.Ordinal);
            foreach (var id in back)
            {
                problem($"{id} was erased but has come back, in whole or in part: run retention repeat.");
            }
        }
        catch (InvalidDataException damaged)
        {
            problem(damaged.Message);
        }

        static IEnumerable<string> Folders(string root) =>
            Directory.Exists(root) ? Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Select(folder => Path.GetFileName(folder)) : [];
    }

    private static void Rows(string data, string name, Action<string, Action<string>> check, Action<string> problem)
    {
        try
        {
            check(Path.Combine(data, name), found => problem($"{name}: {found}"));
        }
        catch (SqliteException damaged)
        {
            problem($"{name}: {damaged.Message}");
        }
    }

    private static void Settings(string data, Action<string> problem)
    {
        foreach (var wrong in KeyFiles.Problems(data))
        {
            problem(wrong);
        }

        try
        {
            _ = new FileClockRecord(data).Read();
            _ = CouncilsFile.Read(data);
            _ = AgenciesFile.Read(data);
            _ = RetentionRules.Read(data);
            if (Directory.Exists(Path.Combine(data, "notices")))
            {
                NoticeFile.Open(Path.Combine(data, "notices"), TimeProvider.System).Dispose();
            }
        }
        catch (Exception wrong) when (wrong is CouncilsFileException or AgenciesFileException or InvalidDataException)
        {
            problem(wrong.Message);
        }
    }
}
