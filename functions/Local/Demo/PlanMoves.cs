using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Moves;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Demo;

/// <summary>The family moves: the plan goes to the hub of another council as one signed package, as docs/moves.md describes it.</summary>
/// <param name="first">Data directory of the hub that hands the plan on.</param>
/// <param name="assessment">Its case.</param>
/// <param name="clock">The clock of both hubs.</param>
internal sealed class PlanMoves(string first, AssessmentId assessment, VirtualClock clock)
{
    internal const string Part = "Move to another council";

    /// <summary>The day on which the first council learns of the move, that of the move, and that on which the second council writes to the family.</summary>
    internal static readonly DateOnly Known = new(2028, 5, 15), On = new(2028, 6, 5), Told = new(2028, 6, 12);

    /// <summary>The day by which the second council reviews the plan, as it tells the family.</summary>
    private static readonly DateOnly ReviewBy = new(2028, 11, 1);

    /// <summary>What the first council records once the second has the package.</summary>
    internal static RecordAct HandedOn => new(Act.PlanHandedOn, On, "The signed package was handed over, and its key was compared over the telephone.");

    /// <summary>Data directory of the hub that takes the plan over.</summary>
    internal string Second { get; } = $"{first}-second-council";

    /// <summary>The package.</summary>
    internal string Package { get; } = $"{first}-plan.zip";

    /// <summary>Hands the plan over from one stopped hub to the other.</summary>
    /// <returns>The case at the other council.</returns>
    /// <exception cref="HubRefusedException">One of the hubs refused.</exception>
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
            Cast.SecondCouncil.Code.Value,
            On,
            "officer-osei",
            cancellationToken);
        return taken ?? throw new HubRefusedException(note);
    }

    /// <summary>What the officer of the second council does: the family's new address, and the letter that tells it of the transfer.</summary>
    internal static async Task TakeOnAsync(HubClient officer, AssessmentId taken, CancellationToken cancellationToken)
    {
        await officer.SendAsync(taken, new AssignCaseOfficer("A. Osei, SEND officer"), cancellationToken);
        await officer.SendAsync(taken, new CorrectFacts("The family's letter: its new address.", Family: Cast.Facts.Family with { ElectronicServiceAgreedOn = On, PostalAddress = null }), cancellationToken);
        await officer.SendAsync(taken, new TellOfTransfer(WillAssess: false, ReviewBy), cancellationToken);
    }

    /// <summary>Compares every version of the plan and its chain, byte for byte, with what the second hub keeps.</summary>
    internal async Task<PlanComparison> CompareAsync(AssessmentId taken, CancellationToken cancellationToken)
    {
        var arrived = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Second, LocalHub.Documents), "*", SearchOption.AllDirectories).Where(file => file.Contains(taken.Value, StringComparison.Ordinal)))
        {
            arrived[PlanJson.ContentHash(await File.ReadAllBytesAsync(file, cancellationToken))] = file;
        }

        var kept = Path.Combine(first, LocalHub.Documents, assessment.Council.Value, assessment.Value);
        var chainFile = Path.Combine(kept, "manifest.json");
        var chain = await new MovePackages(first, clock).ChainAsync(assessment, cancellationToken) ?? throw new HubRefusedException("The chain of the plan's versions does not hold.");
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

/// <summary>The plan at both councils.</summary>
/// <param name="Versions">Versions in the chain.</param>
/// <param name="Same">Files that are byte-equal, the chain's own among them.</param>
/// <param name="Different">Files of the first council that the second does not have like that.</param>
/// <param name="Chain">Hash of the newest entry of the chain.</param>
internal sealed record PlanComparison(int Versions, int Same, IReadOnlyList<string> Different, string Chain);
