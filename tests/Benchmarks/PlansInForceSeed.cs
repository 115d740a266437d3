using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Driving;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Benchmarks;

/// <summary>
/// A store full of plans in force, each taken over four weeks ago by the step with which the import opens a case, with its text and its officer, and lived
/// up to a working day ago. The last reviews are spread over the year and some are late; where the next is due within eight weeks its meeting is arranged and the
/// school and a trust are asked for advice. Beside every twenty plans there is one request that is being considered.
/// </summary>
internal static class PlansInForceSeed
{
    /// <summary>Every twentieth case is a request, not a plan.</summary>
    internal const int RequestEach = 20;

    private const int Batch = 20_000;
    private const int Window = 512;
    private const int Trusts = 200;
    private const int SchoolsOfCouncil = 140;
    private const int CasesOfOfficer = 150;
    private const int DaysTaken = 28;

    /// <summary>The id of a case.</summary>
    internal static AssessmentId Id(int number) => AssessmentId.For(EnglandsCouncils.Of(number), FormattableString.Invariant($"plan-{number}"));

    /// <summary>Fills the store of a folder, unless it is filled.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cases">How many cases.</param>
    /// <param name="until">The instant up to which they are lived.</param>
    internal static async Task FillAsync(string folder, int cases, DateTimeOffset until)
    {
        var path = Path.Combine(folder, "assessments.db");
        var complete = path + ".complete";
        if (File.Exists(complete))
        {
            return;
        }

        File.Delete(path);
        EnglandsCouncils.WriteTo(folder);
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = path });
        var clock = new Ehc1Benchmark.SetClock { Now = until.AddDays(-DaysTaken) };
        var rules = new RuleBook(CouncilsFile.Read(folder), RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default);
        await using var engine = new EmbeddedEngine(store, rules, [new Ehc1Benchmark.AtOnce()], clock, new EngineOptions { MaxTurns = Window, Deciders = Environment.ProcessorCount });
        var watch = Stopwatch.StartNew();
        for (var first = 0; first < cases; first += Batch)
        {
            var ends = Math.Min(cases, first + Batch);
            await Parallel.ForEachAsync(Enumerable.Range(first, ends - first), new ParallelOptions { MaxDegreeOfParallelism = Window }, async (number, _) =>
            {
                var id = Id(number);
                var steps = number % RequestEach == 0 ? Request(number, LondonDate.Of(clock.Now)) : Plan(number, id, LondonDate.Of(clock.Now));
                for (var n = 0; n < steps.Count; n++)
                {
                    var outcome = await engine.SubmitAsync(Ehc1Benchmark.Says(id, FormattableString.Invariant($"seed-{n}"), steps[n], clock.Now, null), CancellationToken.None);
                    if (!outcome.Accepted)
                    {
                        throw new InvalidOperationException($"{steps[n].GetType().Name} was refused: {outcome.Refusal!.Code}.");
                    }
                }
            });

            // What the steps must send is sent while the cases are still in memory.
            await engine.RunDueAsync();
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ends:N0} of {cases:N0} cases are in the store after {watch.Elapsed:mm\\:ss}"));
        }

        await engine.AdvanceToAsync(until, now => clock.Now = now);
        await File.WriteAllTextAsync(complete, "");
    }

    /// <summary>A name that few other cases have; a plan's child is 3 to 22 years old on the day, a request's 4 to 10.</summary>
    internal static Child ChildOf(int number, DateOnly today) => MonitorSeed.ChildOf(Ehc1Benchmark.Facts.Child, number) with
    {
        DateOfBirth = number % RequestEach == 0 ? today.AddDays(-1_500 - Spread(number, 2_200)) : today.AddDays(-1_100 - Spread(number, 7_000)),
    };

    private static List<AssessmentInput> Request(int number, DateOnly today) =>
    [
        new OpenAssessment(Ehc1Benchmark.Facts with
        {
            ReceivedOn = today,
            Child = ChildOf(number, today),
            Family = Ehc1Benchmark.Facts.Family with { ElectronicServiceAgreedOn = today },
            Setting = SchoolOf(number),
        }),
        new AssignCaseOfficer(OfficerOf(number)),
    ];

    private static List<AssessmentInput> Plan(int number, AssessmentId id, DateOnly today)
    {
        var child = ChildOf(number, today);
        var issued = Later(today.AddDays(-60 - Spread(number / 3, 2_700)), child.DateOfBirth.AddDays(700));
        DateOnly? reviewed = today.AddDays(-10 - Spread(number / 7, number % 17 == 0 ? 500 : 330)) is var day && day > issued ? day : null;
        List<AssessmentInput> steps =
        [
            new OpenAssessment(Ehc1Benchmark.Facts with
            {
                Route = RequestRoute.BecameResponsible,
                ReceivedOn = issued.AddDays(-140),
                Child = child,
                Family = Ehc1Benchmark.Facts.Family with { ElectronicServiceAgreedOn = today },
                Setting = SchoolOf(number),
                Icb = Ehc1Benchmark.Agency(EnglandsCouncils.IcbOf(id.Council), "Integrated care board"),
                Advisers = [],
                TakenOver = new TakenPlan
                {
                    IssuedOn = issued,
                    LastReviewedOn = reviewed,
                    NeverReviewed = reviewed is null,
                    Placement = new Placement("Mainstream school", SchoolOf(number)),
                    Source = FormattableString.Invariant($"return.xml, Person {number}/Requests 1"),
                },
            }),
            PlanTextOf(number),
            new AssignCaseOfficer(OfficerOf(number)),
        ];
        var due = (reviewed ?? issued).AddYears(1);
        if (due > today.AddDays(28) && due < today.AddDays(84))
        {
            steps.Add(new ArrangeReview(due.AddDays(-14), ReviewArranger.School, Enum.GetValues<ReviewInvitee>()));
            steps.Add(new RequestReviewAdvice(AdviceKind.Educational, SchoolOf(number)));
            steps.Add(new RequestReviewAdvice(AdviceKind.Medical, Ehc1Benchmark.Agency(FormattableString.Invariant($"ods:RX{number % Trusts:D3}"), "Community trust")));
        }

        return steps;
    }

    /// <summary>A plan of 14 lines of about the usual length.</summary>
    private static EnterPlanText PlanTextOf(int number)
    {
        var goal = FormattableString.Invariant($"goal {number % 97}");
        return new(
            [
                new("a1", PlanSectionLetter.A, "Likes drawing, swimming and looking after the family's dog; wants to work with animals and to travel to school without a taxi."),
                new("b1", PlanSectionLetter.B, "Finds it hard to follow spoken instructions of more than two steps and to stay with a task that was set for the whole class."),
                new("b2", PlanSectionLetter.B, "Is anxious in noisy places such as the dining hall, and leaves the room when a day does not go as it was announced."),
                new("b3", PlanSectionLetter.B, "Reads and writes about three years behind others of the same age; spelling holds back what could be said in writing."),
                new("c1", PlanSectionLetter.C, "Has a hearing loss in the left ear, for which an aid is worn, and is seen by audiology twice a year."),
                new("d1", PlanSectionLetter.D, "The family has a social worker of the disabled children's team; short breaks are agreed for eight hours a month."),
                new("e1", PlanSectionLetter.E, $"By July 2027 follows three-step instructions in a lesson ({goal}).", Answers: ["b1"]),
                new("e2", PlanSectionLetter.E, $"By July 2027 eats with a small group in the dining hall on four days a week ({goal}).", Answers: ["b2"]),
                new("f1", PlanSectionLetter.F, "Direct teaching of listening and memory in a group of three.", "A teaching assistant trained to level 3", "4 times a week", "30 minutes", ["e1"]),
                new("f2", PlanSectionLetter.F, "A visual timetable, prepared with the child at the start of each day.", "The class teacher", "Every day", "10 minutes", ["e2"]),
                new("f3", PlanSectionLetter.F, "A programme of reading and spelling in steps, written and reviewed by a specialist teacher.", "A specialist teacher", "Once a week", "45 minutes", ["e1"]),
                new("g1", PlanSectionLetter.G, "Audiology sees the child and checks the aid.", "The audiology service", "Twice a year", "40 minutes", ["e1"]),
                new("h1", PlanSectionLetter.H1, "Short breaks with a support worker.", "The council's short breaks service", "8 hours a month", "2 hours", ["e2"]),
            ],
            ["Educational advice of the head teacher", "Psychological advice", "Medical advice"],
            "The signed plan.");
    }

    private static Agency SchoolOf(int number) => Ehc1Benchmark.Agency(
        FormattableString.Invariant($"urn:{100_000 + (int.Parse(EnglandsCouncils.Of(number).Value, CultureInfo.InvariantCulture) * SchoolsOfCouncil) + Spread(number, SchoolsOfCouncil)}"), "Example School");

    // A council's officers share its cases; the first of the largest council is the officer who is signed in.
    private static string OfficerOf(int number)
    {
        var officer = number / CasesOfOfficer / 50;
        return officer == 0 && EnglandsCouncils.Of(number) == EnglandsCouncils.Largest ? WorkspaceBenchmark.Officer : FormattableString.Invariant($"officer-{officer}");
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    /// <summary>0 to below <paramref name="most"/>, the same for the same number every time.</summary>
    private static int Spread(int number, int most) => (int)((uint)((number * 2_654_435_761L) >> 7) % (uint)most);
}
