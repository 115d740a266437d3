using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Moves;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Demo;

/// <summary>Moves the plan with the family to the hub of another council, as a signed package (docs/moves.md).</summary>
/// <param name="first">Data directory of the hub that sends the plan.</param>
/// <param name="assessment">The case at the hub that sends the plan.</param>
/// <param name="clock">The clock of both hubs.</param>
internal sealed class PlanMoves(string first, AssessmentId assessment, VirtualClock clock)
{
    internal const string Part = "Move to another council";

    /// <summary>The days on which the first council learns of the move, the family moves, and the second council writes to the
    /// family.</summary>
    internal static readonly DateOnly Known = new(2028, 5, 15), On = new(2028, 6, 5), Told = new(2028, 6, 12);

    /// <summary>The day by which the second council will review the plan, as its letter says.</summary>
    private static readonly DateOnly ReviewBy = new(2028, 11, 1);

    /// <summary>The action that the first council records once the second council has the package.</summary>
    internal static RecordAct HandedOn => new(Act.PlanHandedOn, On, "The signed package was delivered, and its key was compared over the telephone.");

    /// <summary>Data directory of the hub that takes over the plan.</summary>
    internal string Second { get; } = $"{first}-second-council";

    /// <summary>Path of the signed package.</summary>
    internal string Package { get; } = $"{first}-plan.zip";

    /// <summary>Transfers the plan from one stopped hub to the other.</summary>
    /// <returns>The id of the new case at the other council.</returns>
    /// <exception cref="HubRefusedException">One of the hubs refused the transfer.</exception>
    internal async Task<AssessmentId> HandOverAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Second);
        await File.WriteAllTextAsync(Path.Combine(Second, CouncilsFile.Name), JsonSerializer.Serialize([Cast.SecondCouncil], CouncilsJson.Default.IReadOnlyListCouncilProfile), cancellationToken);
        var sender = new MovePackages(first, clock);
        var (written, problem) = await sender.WriteAsync(assessment, new FileInfo(Package), cancellationToken);
        if (!written)
        {
            throw new HubRefusedException(problem);
        }

        using var key = PackageKey.Read(sender.PublicKey());
        var child = Cast.Facts.Child;
        var (taken, note) = await new MovePackages(Second, clock).TakeAsync(
            await File.ReadAllBytesAsync(Package, cancellationToken),
            key!,
            new ChildIdentity(child.DateOfBirth, child.GivenName, child.FamilyName, child.Upn, child.NhsNumber),
            Cast.SecondCouncil.Code,
            On,
            "officer-osei",
            [],
            cancellationToken);
        return taken ?? throw new HubRefusedException(note);
    }

    /// <summary>Does the work of the second council's officer: records the family's new address, and sends the letter about the
    /// transfer.</summary>
    internal static async Task TakeOnAsync(HubClient officer, AssessmentId taken, CancellationToken cancellationToken)
    {
        await officer.SendAsync(taken, new AssignCaseOfficer("A. Osei, SEND officer"), cancellationToken);
        await officer.SendAsync(taken, new CorrectFacts("The family's letter gives its new address.", Family: Cast.Facts.Family with { ElectronicServiceAgreedOn = On, PostalAddress = null }), cancellationToken);
        await officer.SendAsync(taken, new NotifyOfTransfer(WillAssess: false, ReviewBy), cancellationToken);
    }

    /// <summary>Compares every version of the plan, and the plan's chain, byte for byte, with the files stored by the second hub.</summary>
    internal async Task<PlanComparison> CompareAsync(AssessmentId taken, CancellationToken cancellationToken)
    {
        var arrived = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Second, LocalHub.Documents), "*", SearchOption.AllDirectories).Where(file => file.Contains(taken.Value, StringComparison.Ordinal)))
        {
            arrived[PlanJson.ContentHash(await File.ReadAllBytesAsync(file, cancellationToken))] = file;
        }

        var kept = Path.Combine(first, LocalHub.Documents, assessment.Council.Value, assessment.Value);
        var chainFile = Path.Combine(kept, "manifest.json");
        var chain = await new MovePackages(first, clock).ChainAsync(assessment, cancellationToken) ?? throw new HubRefusedException("The chain of the plan's versions cannot be verified.");
        var (same, different) = (0, new List<string>());
        foreach (var file in Directory.GetFiles(Path.Combine(kept, "plan")).Append(chainFile))
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            var theirs = arrived.TryGetValue(PlanJson.ContentHash(bytes), out var other) ? await File.ReadAllBytesAsync(other, cancellationToken) : null;
            if (theirs is not null && bytes.AsSpan().SequenceEqual(theirs))
            {
                same++;
            }
            else
            {
                different.Add(file);
            }
        }

        return new PlanComparison(chain.Entries.Count, same, different, chain.Head);
    }
}

/// <summary>How the plan's files at the two councils compare.</summary>
/// <param name="Versions">Number of versions of the plan that the plan's chain lists.</param>
/// <param name="Identical">Number of files that are identical byte for byte, including the chain's own file.</param>
/// <param name="Different">Files of the first council of which the second council has no identical copy.</param>
/// <param name="Chain">Hash of the newest entry of the plan's chain.</param>
internal sealed record PlanComparison(int Versions, int Identical, IReadOnlyList<string> Different, string Chain);
