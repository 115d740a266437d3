using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Keeping;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Moves;

/// <summary>The signed packages of a stopped hub: written from its store, and taken over into it.</summary>
/// <param name="data">Its data directory.</param>
/// <param name="time">The clock.</param>
internal sealed class MovePackages(string data, TimeProvider time)
{
    private const string KeyFile = "moves-key.pem";

    private readonly string directory = DataDirectory.Open(data);

    /// <summary>The public key with which other councils verify the packages, as PEM; its pair is made where there is none.</summary>
    internal string PublicKey()
    {
        using var key = Key();
        return key.PublicPem;
    }

    /// <summary>Writes the plan of a case into a new file.</summary>
    /// <returns>Whether it was written; where not, why.</returns>
    internal async Task<(bool Written, string Problem)> WriteAsync(AssessmentId assessment, FileInfo file, CancellationToken cancellationToken)
    {
        await using var store = Store();
        using var key = Key();
        var (package, problem) = await new PackageWriting(store, Documents(), time).WriteAsync(assessment, key, cancellationToken);
        if (package is null)
        {
            return (false, problem);
        }

        await using var written = new FileStream(file.FullName, OwnersFile.Options(FileMode.CreateNew));
        await written.WriteAsync(package, cancellationToken);
        return (true, "");
    }

    /// <summary>Takes the plan of a package over for a council of <c>councils.json</c>.</summary>
    /// <returns>The case, and what an officer must know about it; or no case, and why it was not taken over.</returns>
    internal async Task<(AssessmentId? Case, string Note)> TakeAsync(
        byte[] package, PackageKey sender, ChildIdentity who, string council, DateOnly transferred, string by, CancellationToken cancellationToken)
    {
        var councils = CouncilsFile.Read(directory);
        if (!File.Exists(Path.Combine(directory, CouncilsFile.Name)) || councils.FirstOrDefault(one => one.Code.Value == council) is not { Icb: { } icb } profile)
        {
            return (null, $"councils.json in {data} must name council {council} with its icb: the package does not say which integrated care board is responsible here.");
        }

        var rules = new RuleBook(councils, RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        await using var store = Store();
        using var taking = new PackageTaking(store, Documents(), rules, time);
        return await taking.TakeAsync(package, sender, who, new PackageReceiver(profile.Code, icb, transferred, by), cancellationToken);
    }

    /// <summary>Lists the versions of a plan, once every file and the chain of them were verified.</summary>
    /// <returns>The chain; null where it does not hold.</returns>
    internal async Task<PlanManifest?> ChainAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var plans = new PlanStore(Documents(), time);
        var verified = await plans.VerifyAsync(assessment, null, cancellationToken);
        return verified is { Succeeded: true, Value.IsSound: true } ? (await plans.ListAsync(assessment, cancellationToken)).Value : null;
    }

    private PackageKey Key() => PackageKey.Own(Path.Combine(directory, KeyFile));

    private SqliteAssessmentStore Store() => SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(directory, LocalHub.StoreFile) });

    private FolderDocuments Documents() => new(Directory.CreateDirectory(Path.Combine(directory, LocalHub.Documents)).FullName, new KeepingRules(), time);
}
