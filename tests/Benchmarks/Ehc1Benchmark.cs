using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// EHC-1: whole cases through the real decisions, engine and store on a virtual clock. A case is opened, assessed, and its advisers are
/// asked; 70 in a hundred answer on time, 15 once reminded, 10 once escalated, 5 never; then the draft is put together. Every effect
/// succeeds at once.
/// </summary>
internal static class Ehc1Benchmark
{
    /// <summary>Callers at the same time.</summary>
    internal const int Window = 1024;

    internal static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    internal static readonly LocalAuthorityCode Council = Parse<LocalAuthorityCode>("330");

    /// <param name="driver">What drives the cases.</param>
    /// <param name="store">Where they are kept.</param>
    /// <param name="clock">The virtual clock.</param>
    /// <param name="ids">The cases.</param>
    /// <param name="window">Callers at the same time.</param>
    internal static async Task LiveAsync(Ehc1Driver driver, Counting store, SetClock clock, AssessmentId[] ids, int window = Window)
    {
        await EachAsync(ids, id => SayAsync(id, "open", new OpenAssessment(Facts)));
        await ToAsync(1);
        await EachAsync(ids, id => SayAsync(id, "consulted", new RecordConsultation(Today(), "The family wants an assessment.")));
        await EachAsync(ids, id => SayAsync(id, "assess", new DecideWhetherToAssess(true, "May be necessary.")));
        // On time within six weeks of being asked; once reminded, in the week after; once escalated, three weeks after.
        foreach (var (day, upTo) in new[] { (20, 25), (28, 50), (40, 70), (48, 85), (65, 95) })
        {
            await ToAsync(day);
            await EachAsync(ids, id => AdviseAsync(id, upTo));
        }

        await ToAsync(70);
        await EachAsync(ids, id => SayAsync(id, "issue", new DecideWhetherToIssuePlan(true, "Necessary.", ["medical", "educational", "psychological", "socialCare"], "Did not answer.")));
        await EachAsync(ids, id => SayAsync(id, "draft", new PrepareDraft()));
        await ToAsync(71);

        DateOnly Today() => DateOnly.FromDateTime(clock.Now.UtcDateTime);

        Task ToAsync(int day) => driver.AdvanceToAsync(Start.AddDays(day), now => clock.Now = now);

        Task EachAsync(AssessmentId[] all, Func<AssessmentId, Task> doAsync) => Ehc1Benchmark.EachAsync(all, doAsync, window);

        async Task SayAsync(AssessmentId id, string messageId, AssessmentInput input, Actor? by = null) =>
            await driver.SubmitAsync(Says(id, messageId, input, clock.Now, by));

        async Task AdviseAsync(AssessmentId id, int upTo)
        {
            foreach (var request in (await store.LoadAsync(id)).State.Requests.Where(r => r.IsOpen))
            {
                var lot = Lot(id, request.Id);
                if (lot < upTo)
                {
                    var by = request.Agency is { } agency ? new Actor { Role = ActorRole.Agency, Id = agency.Id.Value, Agency = agency.Id } : new Actor { Role = ActorRole.Family, Id = "family-1" };
                    await store.PutAsync(Says(id, "advice-" + request.Id, new SubmitAdvice(request.Id, Advice(Today(), request.Id)), clock.Now, by));
                }
            }
        }
    }

    /// <summary>0 to 99, the same for the same request every time.</summary>
    internal static int Lot(AssessmentId id, string request)
    {
        var hash = 2166136261;
        foreach (var character in id.Value + request)
        {
            hash = (hash ^ character) * 16777619;
        }

        return (int)(hash % 100);
    }

    /// <summary>Many at a time, as many callers would.</summary>
    internal static async Task EachAsync(AssessmentId[] ids, Func<AssessmentId, Task> doAsync, int window = Window)
    {
        using var places = new SemaphoreSlim(window);
        await Task.WhenAll(ids.Select(async id =>
        {
            await places.WaitAsync();
            await doAsync(id);
            places.Release();
        }));
    }

    internal static Delivery Says(AssessmentId id, string messageId, AssessmentInput input, DateTimeOffset at, Actor? by) => new()
    {
        Assessment = id,
        MessageId = messageId,
        By = by ?? new Actor { Role = ActorRole.CouncilOfficer, Id = "officer-1" },
        ReceivedAt = at,
        Input = input,
    };

    internal static readonly OpeningFacts Facts = new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = new DateOnly(2026, 1, 5),
        Child = new Child { GivenName = "Robin", FamilyName = "Example", DateOfBirth = new DateOnly(2012, 5, 1) },
        Family = new FamilyContact { Name = "Sam Example", Relationship = "mother", Email = "sam@example.org", ElectronicServiceAgreedOn = new DateOnly(2026, 1, 5) },
        SettingKind = SettingKind.School,
        Setting = Agency("urn:100001", "Example School"),
        Icb = Agency("ods:QHL", "Example ICB"),
        Advisers = [new NamedAdviser(AdviceKind.Medical, Agency("ods:RX1", "Example Community NHS Trust"))],
    };

    internal static RuleBook Rules() => new(
        [
            new CouncilProfile
            {
                Code = Council,
                Name = "Example Council",
                SocialCare = Agency("la:330/social-care", "Children's Services"),
                EducationalPsychology = Agency("la:330/educational-psychology", "Educational Psychology Service"),
                MediationAdviser = "Example Mediation, 0300 000 0001",
                MediationContact = "SEND team, 0300 000 0002",
                DisagreementResolution = "Example Resolution, 0300 000 0003",
                InformationAndAdvice = "Example SENDIASS, 0300 000 0004",
            },
        ],
        RuleSet.England2014,
        CountingPractice.AfterTheDay,
        ChaseLadder.Default);

    internal static AdviceContent Advice(DateOnly writtenOn, string about) => new()
    {
        Author = "A. Author",
        AuthorRole = "Professional",
        WrittenOn = writtenOn,
        Views = [new AdviceView("v1", $"Likes drawing and {about}.")],
        Needs = [new AdviceNeed("n1", NeedArea.Education, $"Needs help with {about}.")],
        Outcomes = [new AdviceOutcome("o1", $"By July 2027 uses {about} to ask three questions in a lesson.", ["n1"])],
        Provision =
        [
            new AdviceProvision
            {
                Id = "p1",
                Kind = ProvisionKind.Education,
                Text = $"Direct teaching of {about} in a group of three.",
                Who = "Teaching assistant trained to level 3",
                HowOften = "4 times a week",
                HowLong = "30 minutes",
                Outcomes = ["o1"],
            },
        ],
    };

    internal static Agency Agency(string id, string name) => new() { Id = Parse<AgencyId>(id), Name = name };

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem);

    internal sealed class AtOnce : IEffectHandler
    {
        public bool Handles(Effect effect) => true;

        public ValueTask<EffectResult> RunAsync(OutboxEffect effect, CancellationToken cancellationToken = default) => new(EffectResult.Done("kept"));
    }

    internal sealed class SetClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
