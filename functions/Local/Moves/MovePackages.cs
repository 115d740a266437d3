using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Keeping;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Moves;

/// <summary>Writes signed packages from the store of a stopped hub, and takes over packages into that store.</summary>
/// <param name="data">The hub's data directory.</param>
/// <param name="time">The clock.</param>
internal sealed class MovePackages(string data, TimeProvider time)
{
    private const string KeyFile = "moves-key.pem";

    private readonly string directory = DataDirectory.Open(data);

    /// <summary>The public key, as PEM, with which other councils verify the packages. If there is no key pair, this creates one.</summary>
    internal string PublicKey()
    {
        using var key = Key();
        return key.PublicPem;
    }

    /// <summary>Writes the plan of a case into a new file.</summary>
    /// <returns>Whether the file was written and, if it was not, the reason.</returns>
    internal async Task<(bool Written, string Problem)> WriteAsync(AssessmentId assessment, FileInfo file, CancellationToken cancellationToken)
    {
        await using var store = StoppedHub.Open(directory);
        using var key = Key();
        var (package, problem) = await new PackageWriter(store, Documents(), time).WriteAsync(assessment, key, cancellationToken);
        if (package is null)
        {
            return (false, problem);
        }

        await using var written = new FileStream(file.FullName, OwnerOnlyFile.Options(FileMode.CreateNew));
        await written.WriteAsync(package, cancellationToken);
        return (true, "");
    }

    /// <summary>Takes over the plan in a package, for a council that is listed in <c>councils.json</c>.</summary>
    /// <returns>The case that was opened, with anything that an officer must know about it. If the plan was not taken over, there is no
    /// case, only the reason.</returns>
    internal async Task<(AssessmentId? Case, string Note)> TakeAsync(
        byte[] package, PackageKey sender, ChildIdentity who, LocalAuthorityCode council, DateOnly transferred, string by, IReadOnlyList<string> officers, CancellationToken cancellationToken)
    {
        var councils = CouncilsFile.Read(directory);
        if (CouncilsFile.WithIcb(directory, councils, council) is not { Icb: { } icb } profile)
        {
            return (null, CouncilsFile.MustName(data, council, "the package"));
        }

        var rules = new RuleBook(councils, RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        await using var store = StoppedHub.OpenOrCreate(directory);
        using var taking = new PackageImport(store, Documents(), rules, time);
        return await taking.TakeAsync(package, sender, who, new PackageReceiver(profile.Code, icb, transferred, by, officers), cancellationToken);
    }

    /// <summary>Lists the versions of a plan, after verifying every file and the chain of the files.</summary>
    /// <returns>The chain of the plan's versions, or null if the chain cannot be verified.</returns>
    internal async Task<PlanManifest?> ChainAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var plans = new PlanStore(Documents(), time);
        var verified = await plans.VerifyAsync(assessment, null, cancellationToken);
        return verified is { Succeeded: true, Value.IsIntact: true } ? (await plans.ListAsync(assessment, cancellationToken)).Value : null;
    }

    private PackageKey Key() => PackageKey.Own(Path.Combine(directory, KeyFile));

    private FolderDocuments Documents() => new(Directory.CreateDirectory(Path.Combine(directory, LocalHub.Documents)).FullName, new KeepingRules(), time);
}
