using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>Plans that moved between hubs: who keeps them, and whether what arrived is what left. It reads trails, files and the package by itself.</summary>
internal static class MoveCheck
{
    /// <summary>The lines of the plan in force at the council that handed it on, by the names that they have at the one that took it over; empty for a plan that began here.</summary>
    internal static IReadOnlyDictionary<string, (PlanSectionLetter Section, PlanLine Line)> Entered(CaseFile file) =>
        file.Ledger.Person.From is not { } from || file.Moves.FirstOrDefault(seen => seen.Move == from) is not { } move || InForce(move.Left) is not { } plan
            ? new Dictionary<string, (PlanSectionLetter, PlanLine)>()
            : Lines(plan).ToDictionary(one => NameOf(one.Line.Id), StringComparer.Ordinal);

    internal static void Compare(CaseFile file, Verdict verdict)
    {
        var id = file.Loaded.State.Id;
        bool Holds(Invariant invariant, bool holds, string what) => verdict.Holds(invariant, holds, id, $"{what}");
        foreach (var seen in file.Moves)
        {
            Moved(seen, Holds);
        }

        if (file.Moves is [var one, ..])
        {
            Chain(one.Left.Case == id ? one.Left : one.Arrived, Holds);
        }
    }

    private static void Moved(MoveSeen seen, Func<Invariant, bool, string, bool> holds)
    {
        holds(Invariant.OneHubKeepsThePlan, seen.Move.Problem is null or "", $"the plan did not move: {seen.Move.Problem}");
        var left = Kept(seen.Left.Events);
        var arrived = seen.Arrived is { } there ? Kept(there.Events) : (Has: false, Ended: false);
        holds(
            Invariant.OneHubKeepsThePlan,
            (left.Has ? 1 : 0) + (arrived.Has ? 1 : 0) == ((seen.Arrived is null ? left : arrived).Ended ? 0 : 1),
            FormattableString.Invariant($"{(left.Has ? 1 : 0) + (arrived.Has ? 1 : 0)} hubs keep the plan"));
        holds(Invariant.OneHubKeepsThePlan, !WorksOn(seen.Left.Events), "the council that the family left still works on the plan");
        if (seen.Arrived is { } side)
        {
            Whole(seen, side, holds);
        }
    }

    /// <summary>By the trail: it has the plan, or its plan has ended: ceased, or handed on again.</summary>
    private static (bool Has, bool Ended) Kept(IReadOnlyList<RecordedEvent> events)
    {
        var (has, ended) = (false, false);
        foreach (var recorded in events)
        {
            switch (recorded.What)
            {
                case FinalPlanSent or PlanTakenOver: has = true; break;
                case PlanCeased or ActRecorded { Done.Act: Act.PlanHandedOn }: (has, ended) = (false, true); break;
            }
        }

        return (has, ended);
    }

    private static bool WorksOn(IReadOnlyList<RecordedEvent> events)
    {
        var handedOn = false;
        foreach (var recorded in events)
        {
            if (handedOn && recorded.What is ReviewArranged or PlanReviewMeetingHeld or DecidedAfterReview or AmendmentsProposed or PlanPrepared or DutyChased or PhaseTransferRecorded or CeasingConsidered or PlanCeased
                or ReassessmentAsked or ReassessmentAgreed or ReassessmentRefused or IcbChanged or IcbStatementReceived or TransferPreferenceAsked or BudgetDecided or PaymentsReviewed)
            {
                return true;
            }

            handedOn |= recorded.What is ActRecorded { Done.Act: Act.PlanHandedOn };
        }

        return false;
    }

    /// <summary>Every file of the plan, its chain and its advice is at the other hub as it was here; and the plan in force stands there word for word.</summary>
    private static void Whole(MoveSeen seen, SideSeen arrived, Func<Invariant, bool, string, bool> holds)
    {
        var there = arrived.Files.Values.Select(Hash).ToHashSet(StringComparer.Ordinal);
        var plan = seen.Left.Files.Where(file => file.Key.Contains("/plan/", StringComparison.Ordinal) || file.Key.EndsWith("/manifest.json", StringComparison.Ordinal)).ToList();
        holds(Invariant.MovedPlansAreWhole, plan.Count > 1 && plan.TrueForAll(file => there.Contains(Hash(file.Value))), "a file of the plan is not at the other hub as it was");
        holds(Invariant.MovedPlansAreWhole, there.Contains(Hash(seen.Move.Package!)), "the package is not kept as it came");
        using var zip = new ZipArchive(new MemoryStream(seen.Move.Package!, writable: false), ZipArchiveMode.Read);
        var advice = zip.Entries.Where(entry => entry.FullName.StartsWith("advice/", StringComparison.Ordinal)).ToList();
        holds(Invariant.MovedPlansAreWhole, advice.Count == seen.Left.Events.Count(e => e.What is AdviceReceived), "advice is missing from the package");
        holds(Invariant.MovedPlansAreWhole, advice.TrueForAll(entry => there.Contains(Hash(Bytes(entry)))), "advice is not at the other hub as it left");

        var entered = arrived.Events.Select(e => e.What).OfType<PlanTextEntered>().SingleOrDefault()?.Document;
        var (from, to) = (InForce(seen.Left), entered);
        holds(
            Invariant.MovedPlansAreWhole,
            from is not null && to is not null && Lines(from).Select(one => (one.Section, NameOf(one.Line.Id), one.Line.Text, one.Line.Who, one.Line.HowOften, one.Line.HowLong)).ToHashSet()
                .SetEquals(Lines(to).Select(one => (one.Section, one.Line.Id, one.Line.Text, one.Line.Who, one.Line.HowOften, one.Line.HowLong))),
            "the plan in force reads otherwise at the other hub");
        var taken = arrived.Events.Select(e => e.What).OfType<PlanTakenOver>().SingleOrDefault()?.Plan;
        holds(Invariant.MovedPlansAreWhole, taken is not null && taken.FromCouncil == seen.Left.Case.Council && taken.TransferredOn == seen.Move.On && Reviewed(seen.Left) == taken.LastReviewedOn, "the other hub has another day of the transfer or of the last review");
    }

    /// <summary>Each entry of the chain follows the one before, lists the text that the trail has under its version, and its files are those that it lists.</summary>
    private static void Chain(SideSeen? side, Func<Invariant, bool, string, bool> holds)
    {
        if (side is null || !side.Files.TryGetValue($"{side.Case.Council}/{side.Case}/manifest.json", out var bytes))
        {
            holds(Invariant.MovedPlansAreWhole, false, "there is no chain of versions");
            return;
        }

        var texts = side.Events.Select(e => e.What switch { PlanPrepared p => (p.Document.Version, p.ContentHash), PlanTextEntered t => (t.Document.Version, t.ContentHash), _ => default }).Where(one => one.Version > 0).ToList();
        using var manifest = JsonDocument.Parse(bytes);
        var entries = manifest.RootElement.GetProperty("entries").EnumerateArray().ToList();
        holds(Invariant.MovedPlansAreWhole, entries.Count == texts.Count, "the chain has other versions than the trail");
        var previous = "";
        foreach (var entry in entries)
        {
            var files = entry.GetProperty("files").EnumerateArray().Select(file => (Format: Text(file, "format"), Name: Text(file, "name"), Sha256: Text(file, "sha256"), Size: file.GetProperty("size").GetInt64())).ToList();
            var (version, hash) = (entry.GetProperty("version").GetInt32(), Text(entry, "hash"));
            holds(Invariant.MovedPlansAreWhole, Text(entry, "previous") == previous && hash == Recomputed(entry, files), FormattableString.Invariant($"the chain breaks at version {version}"));
            holds(
                Invariant.MovedPlansAreWhole,
                files.TrueForAll(file => side.Files.TryGetValue(file.Name, out var kept) && Hash(kept) == file.Sha256) && texts.Contains((version, files.Find(file => file.Format == "json").Sha256)),
                FormattableString.Invariant($"version {version} is not kept as the chain and the trail have it"));
            previous = hash;
        }
    }

    /// <summary>The hash of an entry, as docs/plans.md describes it: its lines, and those of its files.</summary>
    private static string Recomputed(JsonElement entry, List<(string Format, string Name, string Sha256, long Size)> files)
    {
        var kept = entry.GetProperty("keptAt").GetDateTimeOffset().UtcDateTime;
        var text = FormattableString.Invariant($"{entry.GetProperty("version").GetInt32()}\n{Capital(Text(entry, "kind"))}\n{Text(entry, "preparedOn")}\n{kept:O}\n{Text(entry, "previous")}\n")
            + string.Concat(files.Select(file => FormattableString.Invariant($"{Capital(file.Format)}\n{file.Name}\n{file.Sha256}\n{file.Size}\n")));
        return Hash(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The last day on which both the family and the institution had the decision of a review, or the one that another council told.</summary>
    private static DateOnly? Reviewed(SideSeen side)
    {
        var story = new Retelling();
        foreach (var recorded in side.Events.TakeWhile(e => e.What is not ActRecorded { Done.Act: Act.PlanHandedOn }))
        {
            story.Hear(recorded);
        }

        return LifeByHand.LastReviewed(story) ?? story.Life.Taken?.LastReviewedOn;
    }

    private static PlanDocument? InForce(SideSeen side) => side.Events
        .Select(e => e.What switch { PlanPrepared { Document: { Kind: not PlanKind.Draft } plan } => plan, PlanTextEntered entered => entered.Document, _ => null }).LastOrDefault(plan => plan is not null);

    private static IEnumerable<(PlanSectionLetter Section, PlanLine Line)> Lines(PlanDocument plan) =>
        plan.Sections.Where(section => section.Letter is not (PlanSectionLetter.I or PlanSectionLetter.K)).SelectMany(section => section.Lines, (section, line) => (section.Letter, line));

    private static string NameOf(string line) => string.Concat(line.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' ? letter : '.'));

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
