using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Moves;

/// <summary>Two councils' hubs: one has a plan whose family moves away, the other takes it over.</summary>
internal sealed class MovingPlan : IDisposable
{
    internal static readonly LocalAuthorityCode Elsewhere = Cases.Parse<LocalAuthorityCode>("331");

    /// <summary>The child as the family gives them to the new council.</summary>
    internal static readonly ChildIdentity Expected = new(Cases.Facts.Child.DateOfBirth, "Robin", "Example");

    private static readonly byte[] Letter = "The letter of request."u8.ToArray();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("moves-");
    private readonly FakeTimeProvider time;

    private MovingPlan(Life life)
    {
        Life = life;
        time = new FakeTimeProvider(life.Now);
        Old = Documents("old");
        New = Documents("new");
        Taking = new PackageImport(Arrived, New, Rules, time);
    }

    internal Life Life { get; }

    internal MemoryAssessmentStore Left { get; } = new();

    internal MemoryAssessmentStore Arrived { get; } = new();

    internal FolderDocuments Old { get; }

    internal FolderDocuments New { get; }

    internal PackageKey Key { get; } = PackageKey.New();

    internal PackageImport Taking { get; }

    private static RuleBook Rules { get; } = new([Cases.Profile with { Code = Elsewhere }], RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);

    internal DateOnly Today => Life.Today;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A plan that was amended once, with a document, and the move on record unless it is left out.</summary>
    /// <param name="move">Whether the move is on record.</param>
    /// <param name="documents">Documents of the case.</param>
    /// <param name="restrictedTo">The people to whom the case is restricted at the council that the family leaves.</param>
    internal static async Task<MovingPlan> ReadyAsync(bool move = true, int documents = 1, params string[] restrictedTo)
    {
        var life = Disputed.Issued();
        var hash = PlanJson.ContentHash(Letter);
        var folder = AttachmentStore.FolderOf(life.State.Id);
        life.Do(new RecordDocument("letter", "Letter of request", Cases.Received, new AttachmentRef(AttachmentStore.TokenOf(folder, hash), "letter.txt", "text/plain", Letter.Length, hash), "Sam Example"));
        life.Do(new RecordPerson(new FamilyPerson
        {
            Id = "p2",
            Name = "Jo Otherparent",
            Role = PersonRole.Parent,
            Relationship = "father",
            ParentalResponsibility = true,
            Email = "jo@example.org",
            ElectronicServiceAgreedOn = Cases.Received,
            PostalAddress = ["9 Far Street", "Fartown", "FA1 1AA"],
            AddressIsSecret = true,
        }));
        life.Do(new RecordPerson(new FamilyPerson { Id = "p3", Name = "Al Friend", Role = PersonRole.Supporter, ConsentOn = Cases.Received }));
        life.Do(new RecordChildFacts(Sex.Male, "WBRI", Needs: [SenNeed.Asd, SenNeed.Slcn]));
        var more = Enumerable.Range(2, documents - 1).Select(n => System.Text.Encoding.UTF8.GetBytes($"Letter {n}.")).ToList();
        foreach (var bytes in more)
        {
            var own = PlanJson.ContentHash(bytes);
            life.Do(new RecordDocument($"letter-{own[..16]}", "Another letter", Cases.Received, new AttachmentRef(AttachmentStore.TokenOf(folder, own), "letter.txt", "text/plain", bytes.Length, own), "Sam Example"));
        }

        Reviewed.Decided(Amended.Edited(Reviewed.Held(Reviewed.Arranged(life))), ReviewChoice.Amend, 5);
        Amended.Finalised(life);
        if (restrictedTo.Length > 0)
        {
            life.Do(new RestrictCase(restrictedTo, "Her aunt works in the team."));
        }

        if (move)
        {
            life.Do(new MoveToAnotherCouncil(Elsewhere, life.Today, life.Today));
        }

        var moving = new MovingPlan(life);
        foreach (var bytes in more.Prepend(Letter))
        {
            await moving.Old.PutOnceAsync(AttachmentStore.TokenOf(folder, PlanJson.ContentHash(bytes)), bytes, "text/plain", Stop);
        }

        await moving.KeepAsync();
        return moving;
    }

    /// <summary>The package, which must be made.</summary>
    internal async Task<byte[]> PackageAsync()
    {
        var (package, problem) = await WriteAsync();
        Assert.True(package is not null, problem);
        return package;
    }

    internal Task<(byte[]? Package, string Problem)> WriteAsync() => new PackageWriter(Left, Old, time).WriteAsync(Cases.Id, Key, Stop);

    /// <summary>The package is taken over by council 331, or by another.</summary>
    internal Task<(AssessmentId? Case, string Problem)> TakeAsync(
        byte[] package, ChildIdentity? who = null, LocalAuthorityCode? council = null, PackageKey? sender = null, params string[] officers) =>
        Taking.TakeAsync(package, sender ?? Key, who ?? Expected, new PackageReceiver(council ?? Elsewhere, Cases.Icb, Today, "officer-9", officers), Stop);

    /// <summary>Council 331 has a case of the child from before.</summary>
    internal async Task<AssessmentId> LivedHereAsync()
    {
        var id = AssessmentId.For(Elsewhere, "before");
        var opening = new Delivery { Assessment = id, MessageId = "open", By = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-9" }, ReceivedAt = time.GetUtcNow(), Input = new OpenAssessment(Cases.Facts) };
        Assert.True((await new TurnTaker(Arrived, Rules, time).SubmitAsync(opening, null, Stop)).Outcome!.Accepted);
        return id;
    }

    public void Dispose()
    {
        Taking.Dispose();
        Key.Dispose();
        folder.Delete(recursive: true);
    }

    private FolderDocuments Documents(string name) => new(folder.CreateSubdirectory(name).FullName, new KeepingRules(), time);

    private async Task KeepAsync()
    {
        var turn = new Turn
        {
            Assessment = Life.State.Id,
            ExpectedVersion = 0,
            State = Life.State,
            Events = [.. Life.Events.Select((what, n) => new RecordedEvent { Sequence = n + 1, At = Life.Now, By = Cases.Officer, What = what })],
            Decided = [],
            Effects = [],
            WakeAt = null,
            Summary = Summaries.Of(Life.State, Life.Now, Life.Rules),
        };
        Assert.Equal(CommitResult.Committed, await Left.CommitAsync(turn, Stop));
        var plans = new PlanStore(Old, time);
        var state = AssessmentState.None(Cases.Id);
        foreach (var what in Life.Events)
        {
            state = Assessment.Evolve(state, what);
            if (what is PlanPrepared prepared)
            {
                Assert.True((await plans.KeepAsync(PlanFiles.Of(prepared.Document, PlanKeeping.Facts(state, prepared.Document, Life.Rules)), Stop)).Succeeded);
            }
        }
    }
}
