using System.IO.Compression;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation;

/// <summary>
/// A family moves to a council of the other hub: the plan goes there as the hub's own signed package, written by the one and taken over by the other. Whatever
/// breaks off in between, because a disk fails or a process dies, is begun again with the same package, as an officer would.
/// </summary>
internal sealed class HandingOver(SimulationOptions options, IReadOnlyList<SimulatedHub> hubs, Ledgers ledgers, Diary diary, TimeProvider time)
{
    private const int MaxTries = 100;

    /// <summary>Numbers of cases that began with a plan of another council, after all those that began with a request.</summary>
    private const int NumbersOfMoved = 100_000_000;

    /// <summary>The plan goes to the other hub, which takes it over; nothing more where it has.</summary>
    /// <exception cref="ProcessDiedException">One of the hubs died; it is tried again when it is back.</exception>
    internal async Task HandOverAsync(CaseLedger ledger)
    {
        var move = ledger.Leaves!;
        var (from, to) = (hubs[ledger.Person.Hub], hubs[England.HubOf(move.To)]);
        if (move.Arrived is not null)
        {
            return;
        }

        if (move.Package is null)
        {
            (var package, move.Problem) = await TriedAsync(from, () => new PackageWriter(from.Store, from.Documents, time).WriteAsync(ledger.Person.Id, from.Key, CancellationToken.None));
            move.Package = package is null ? null : options.AroundPackage(package);
        }

        if (move.Package is null)
        {
            return;
        }

        move.On ??= Calendar.Day(time.GetUtcNow());
        var child = ledger.Person.Facts.Child;
        using var sender = PackageKey.Read(from.Key.PublicPem);
        var receiver = new PackageReceiver(move.To.Profile.Code, move.To.Icb, move.On.Value, Actors.Officer.Id);
        var who = new ChildIdentity(child.DateOfBirth, child.GivenName, child.FamilyName);
        Task<(AssessmentId? Case, string Note)> TakeAsync(ChildIdentity expected) => TriedAsync(to, async () =>
        {
            using var taking = new PackageImport(to.Store, to.Documents, to.HeldRules, time);
            return await taking.TakeAsync(move.Package, sender!, expected, receiver, CancellationToken.None);
        });
        var (taken, note) = await TakeAsync(who);
        if (taken is null && note.StartsWith("earlier-case", StringComparison.Ordinal))
        {
            (taken, note) = await TakeAsync(who with { EarlierCase = Found(ledger, move) });
        }

        (move.Arrived, move.Problem) = (taken, taken is null ? note : null);
        if (taken is { } arrived)
        {
            Arrives(ledger, move, arrived, (await to.Untroubled.EventsAsync(arrived, limit: 1))[0].MessageId!);
        }
    }

    /// <summary>What the officer finds of whom the hub has a case already: the family has come back, or it is a namesake born on the same day.</summary>
    private static EarlierCaseDecision Found(CaseLedger ledger, HandOver move)
    {
        var before = ledger.Person.From;
        while (before is not null && before.Left.Council != move.To.Profile.Code)
        {
            before = before.Before;
        }

        return before is not null ? new EarlierCaseDecision(EarlierCaseAnswer.SameChild, "The family has come back.", before.Left)
            : ledger.Person.From is not null ? new EarlierCaseDecision(EarlierCaseAnswer.SameChild, "The family lived in the area of another council.")
            : new EarlierCaseDecision(EarlierCaseAnswer.AnotherChild, "A namesake, born on the same day.");
    }

    /// <summary>What is on record and kept at both hubs of a plan that came or left; nothing for any other.</summary>
    internal async Task<IReadOnlyList<MoveSeen>> SeeAsync(CaseLedger ledger)
    {
        var seen = new List<MoveSeen>();
        foreach (var move in new[] { ledger.Person.From, ledger.Leaves }.OfType<HandOver>().Where(move => move.Package is not null || move.Problem is not null))
        {
            seen.Add(new MoveSeen(move, await SideAsync(move.Left), move.Arrived is { } arrived ? await SideAsync(arrived) : null));
        }

        return seen;
    }

    private async Task<SideSeen> SideAsync(AssessmentId id)
    {
        var hub = hubs[England.HubOf(England.Find(id.Council.Value)!)];
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in (await hub.Documents.ListAsync($"{id.Council}/{id}/", CancellationToken.None)).Value!)
        {
            files[name] = (await hub.Documents.ReadAsync(name, CancellationToken.None)).Value!.Bytes.ToArray();
        }

        return new SideSeen(id, await hub.Store.EventsAsync(id), files);
    }

    private void Arrives(CaseLedger left, HandOver move, AssessmentId arrived, string opening)
    {
        var person = left.Person;
        var facts = person.Facts;
        var ledger = ledgers.Add(new Person
        {
            Number = person.Number + NumbersOfMoved,
            Id = arrived,
            Council = move.To,
            ArrivesAt = time.GetUtcNow(),
            Facts = facts with { Icb = move.To.Icb, Family = facts.Family with { ElectronicServiceAgreedOn = null } },
            Draw = person.Draw.For("moved"),
            Years = person.Years,
            Moving = person.Moving,
            Eventful = person.Eventful,
            From = move,
        });
        foreach (var (id, said) in Sent(move.Package!, opening))
        {
            var message = ledger.Sending(new Message(id, said, null, move.On!.Value));
            (message.Acknowledged, message.Accepted) = (true, true);
        }

        diary.Look(ledger, time.GetUtcNow().AddHours(20));
        diary.Enter(ledger, time.GetUtcNow().AddDays(60), new Entry(arrived, Matter.Check));
    }

    /// <summary>What taking a package over sends to the case: its opening, the text, and each file of the package that is one of the case, the package itself among them.</summary>
    private static IEnumerable<(string Id, IdentityMatch Said)> Sent(byte[] package, string opening)
    {
        using var zip = new ZipArchive(new MemoryStream(package, writable: false), ZipArchiveMode.Read);
        using var manifest = JsonDocument.Parse(zip.GetEntry("manifest.json")!.Open());
        var files = 1 + manifest.RootElement.GetProperty("files").EnumerateArray().Count(file => file.TryGetProperty("what", out var what) && what.ValueKind == JsonValueKind.String);
        return [(opening, IdentityMatch.Other), ("move-text", IdentityMatch.Other), .. Enumerable.Range(1, files).Select(n => (FormattableString.Invariant($"move-{n}"), IdentityMatch.Other))];
    }

    private static async Task<T> TriedAsync<T>(SimulatedHub hub, Func<Task<T>> act)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await act();
            }
            catch (StoreUnavailableException refused) when (tries < MaxTries && refused.Reason != StoreFault.Closed)
            {
                if (refused.Reason is StoreFault.DiskFull or StoreFault.ReadOnly)
                {
                    hub.SawAilment = true;
                    throw new ProcessDiedException();
                }
            }
        }
    }
}
