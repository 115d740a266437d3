using Amqp;
using Amqp.Framing;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>
/// What three agencies send, drawn from a seed: three steps for every request, an assessment that nobody asked for in every third case and
/// some about children without a case, a few closures of the school; shuffled, with duplicates and bad messages among them.
/// </summary>
internal sealed class BusLoad : IAsyncDisposable
{
    internal static readonly IReadOnlyList<AgencyId> Agencies = [Parse("urn:100001"), Parse("la:330/educational-psychology"), Parse("la:330/social-care")];

    private static readonly string[] Requests = ["educational-1", "psychological-1", "socialCare-1"];
    private static readonly DateOnly Received = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-3);

    private readonly List<IdentityMatch> plan;
    private readonly Dictionary<(AgencyId, string), SenderLink> links;
    private readonly List<Connection> connections;
    private readonly Random random;

    private BusLoad(List<IdentityMatch> plan, Dictionary<(AgencyId, string), SenderLink> links, List<Connection> connections, Random random) =>
        (this.plan, this.links, this.connections, this.random) = (plan, links, connections, random);

    /// <summary>The queues that they send to.</summary>
    internal static readonly IReadOnlyList<string> Queues = [BusEntities.AdviceResponses.Name, BusEntities.AssessmentsPushed.Name, BusEntities.SchoolClosures.Name];

    /// <summary>The ids of all good messages.</summary>
    internal HashSet<string> Good { get; } = [];

    /// <summary>What the good messages must have put into inboxes: the assessment, and the id under which its inbox knows the message.</summary>
    internal HashSet<(AssessmentId Assessment, string MessageId)> Taken { get; } = [];

    /// <summary>Assessments that were pushed and belong to no case: each must be held once.</summary>
    internal HashSet<string> Unmatched { get; } = [];

    /// <summary>Closures of the school: each must be proposed once in every case.</summary>
    internal HashSet<string> Closures { get; } = [];

    /// <summary>The cases to which an assessment was pushed: each must have it once among its existing advice.</summary>
    internal HashSet<AssessmentId> Pushed { get; } = [];

    /// <summary>Every bad message with the reason it must be a dead letter for.</summary>
    internal HashSet<(string MessageId, string Reason)> Bad { get; } = [];

    /// <summary>Messages in the plan; a few more than asked for.</summary>
    internal int Planned => plan.Count;

    internal int Sent { get; private set; }

    /// <summary>Assessments in which the three were asked, written into the hub's store before it starts: enough for this many messages.</summary>
    internal static async Task<IReadOnlyList<AssessmentId>> OpenAsync(string data, int messages, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(
            Path.Combine(data, AgenciesFile.Name), $"[{string.Join(',', Agencies.Select(agency => $$"""{ "id": "{{agency}}", "reach": "bus" }"""))}]", cancellationToken);
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(data, LocalHub.StoreFile) });
        var turns = new TurnTaker(store, new RuleBook(CouncilsFile.Development, RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default), TimeProvider.System);
        var officer = new Actor { Role = ActorRole.CouncilOfficer, Id = "officer" };
        var council = LocalAuthorityCode.TryParse("330", out var code, out var problem) ? code : throw new ArgumentException(problem);
        var ids = Enumerable.Range(0, (messages / 13) + 1).Select(n => AssessmentId.For(council, $"bus-{n}")).ToList();
        await Parallel.ForEachAsync(ids, cancellationToken, async (id, cancellationToken) =>
        {
            AssessmentInput[] inputs = [new OpenAssessment(Facts(ids.IndexOf(id))), new RecordConsultation(Received.AddDays(1), "They wish for it."), new DecideWhetherToAssess(true, "It may be necessary.")];
            foreach (var (input, n) in inputs.Select((input, n) => (input, n)))
            {
                var outcome = await turns.SubmitAsync(new Delivery { Assessment = id, MessageId = $"{n}", By = officer, ReceivedAt = DateTimeOffset.UtcNow, Input = input }, cancellationToken);
                Assert.True(outcome.Accepted, outcome.Refusal?.Reason);
            }
        });
        return ids;
    }

    /// <summary>Connects each agency with its own key, and draws what they will say.</summary>
    internal static async Task<BusLoad> ConnectAsync(int port, BusKeyFile keys, IReadOnlyList<AssessmentId> ids, int messages, Random random)
    {
        var (links, connections) = (new Dictionary<(AgencyId, string), SenderLink>(), new List<Connection>());
        foreach (var agency in Agencies)
        {
            var key = keys.Of(agency);
            var connection = await new ConnectionFactory().CreateAsync(new Address("localhost", port, key.Name, key.Secret, "/", "amqp"));
            connections.Add(connection);
            foreach (var queue in Queues)
            {
                links[(agency, queue)] = new SenderLink(new Session(connection), queue, queue);
            }
        }

        var steps = ids.SelectMany(id => Enumerable.Range(0, Requests.Length).SelectMany(n => Steps(id, n)))
            .Concat(ids.Index().Where(one => one.Index % 3 == 0).Select(one => Push(one.Index, one.Item)))
            .Concat(Enumerable.Range(0, (ids.Count / 20) + 1).Select(n => Push(ids.Count + n, null)))
            .Concat(Enumerable.Range(0, Math.Min(5, (ids.Count / 100) + 2)).Select(n => Closure(n, ids))).ToArray();
        random.Shuffle(steps);
        return new BusLoad(Draw(steps, ids, messages, random), links, connections, random);
    }

    /// <summary>Sends a part of the plan; somewhere in it, <paramref name="disturb"/> happens while messages are on their way.</summary>
    internal async Task SendAsync(int from, int to, Func<Task>? disturb)
    {
        var moment = random.Next(from, Math.Max(from + 1, to));
        var waiting = new List<Task>();
        for (var n = from; n < to; n++)
        {
            waiting.Add(SendAsync(plan[n]));
            if (n == moment && disturb is not null)
            {
                await disturb();
            }
        }

        await Task.WhenAll(waiting);
    }

    /// <summary>Repeats a tenth of everything, long after.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> SendLateAsync()
    {
        var late = plan.Where(_ => random.Next(10) == 0).ToList();
        await Task.WhenAll(late.Select(SendAsync));
        return late.Count;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(5), null);
        }
    }

    private async Task SendAsync(IdentityMatch said)
    {
        Sent++;
        if (said.Reason is { } reason)
        {
            Bad.Add((said.Id, reason));
        }
        else if (Good.Add(said.Id))
        {
            Taken.UnionWith(said.Taken);
            _ = said.Type switch
            {
                BusMessages.SchoolClosurePublished => Closures.Add(said.Id),
                BusMessages.AssessmentPushed when said.Taken.Count == 0 => Unmatched.Add(said.Id),
                BusMessages.AssessmentPushed => Pushed.Add(said.Taken[0].Assessment),
                _ => true,
            };
        }

        var message = new Message
        {
            Properties = new Properties { MessageId = said.Id, GroupId = said.Session, ContentType = "application/json" },
            ApplicationProperties = new ApplicationProperties
            {
                ["cloudEvents:specversion"] = "1.0",
                ["cloudEvents:id"] = said.Id,
                ["cloudEvents:source"] = "urn:agency",
                ["cloudEvents:type"] = said.Type,
            },
            BodySection = new Data { Binary = said.Body },
        };
        await links[(said.By, said.Queue)].SendAsync(message);
    }

    /// <summary>All steps once, and in the places that are left duplicates (three in ten) and bad messages (one in ten).</summary>
    private static List<IdentityMatch> Draw(IdentityMatch[] steps, IReadOnlyList<AssessmentId> ids, int messages, Random random)
    {
        var plan = new List<IdentityMatch>(messages);
        for (var next = 0; plan.Count < messages || next < steps.Length;)
        {
            var drawn = random.Next(13);
            if (drawn < 9 && next < steps.Length)
            {
                plan.Add(steps[next++]);
            }
            else if (drawn is 9 or 10 or 11 && plan.Count > 0)
            {
                plan.Add(plan[random.Next(plan.Count)]);
            }
            else
            {
                plan.Add(BadOne(plan.Count, ids[random.Next(ids.Count)], random.Next(9)));
            }

            if (next == steps.Length && plan.Count >= messages)
            {
                break;
            }
        }

        return plan;
    }

    private static IEnumerable<IdentityMatch> Steps(AssessmentId id, int n)
    {
        var (agency, request) = (Agencies[n], Requests[n]);
        object[] bodies =
        [
            new AdviceAcknowledged { Assessment = id, Request = request, Agency = agency, ReceivedAt = DateTimeOffset.UtcNow },
            new AdviceAccepted { Assessment = id, Request = request, Agency = agency },
            new AdviceSubmitted { Assessment = id, Request = request, Agency = agency, Advice = Advice() },
        ];
        return bodies.Select((body, step) => new IdentityMatch($"{id}-{n}-{step}", BusEntities.AdviceResponses.Name, agency, id.Value, BusMessages.For(body).Type, BusJson.Write(body))
        {
            Taken = [(id, $"bus {agency} {id}-{n}-{step}")],
        });
    }

    /// <summary>An assessment that nobody asked for, of the child of a case or, where null, of one that has none.</summary>
    private static IdentityMatch Push(int n, AssessmentId? id) => new($"push-{n}", BusEntities.AssessmentsPushed.Name, Agencies[2], null, BusMessages.AssessmentPushed, BusJson.Write(PushOf(n)))
    {
        Taken = id is { } matched ? [(matched, $"bus {Agencies[2]} push-{n}")] : [],
    };

    private static AssessmentPushed PushOf(int n) => new()
    {
        Agency = Agencies[2],
        Reference = $"S-{n}",
        Kind = AdviceKind.SocialCare,
        Child = ChildOf(n),
        CompletedOn = Received,
        Advice = Advice(),
    };

    /// <summary>A closure long enough to meet the window of every case; the inbox knows it by how often the school was asked: once.</summary>
    private static IdentityMatch Closure(int n, IReadOnlyList<AssessmentId> ids) =>
        new($"closure-{n}", BusEntities.SchoolClosures.Name, Agencies[0], null, BusMessages.SchoolClosurePublished, BusJson.Write(ClosureOf(n)))
        {
            Taken = [.. ids.Select(id => (id, $"bus {Agencies[0]} closure-{n} 1"))],
        };

    private static SchoolClosurePublished ClosureOf(int n) =>
        new() { School = Agencies[0], Reference = $"C-{n}", ClosedFrom = Received.AddDays(6 + n), ReopensOn = Received.AddDays(60 + n), Reason = "building works" };

    private static Child ChildOf(int n) =>
        new() { GivenName = "A", FamilyName = $"Child {n}", DateOfBirth = Received.AddYears(-8), Postcode = "AB1 2CD" };

    private static IdentityMatch BadOne(int n, AssessmentId id, int kind)
    {
        var sound = new AdviceAccepted { Assessment = id, Request = Requests[0], Agency = Agencies[0] };
        var said = new IdentityMatch($"bad-{n}", BusEntities.AdviceResponses.Name, Agencies[0], id.Value, BusMessages.AdviceAccepted, BusJson.Write(sound));
        var (push, closure) = (Push(n, null) with { Id = said.Id }, Closure(n, []) with { Id = said.Id });
        return kind switch
        {
            0 => said with { Body = "{ \"assessment\": "u8.ToArray(), Reason = "NotOfTheSchema" },
            1 => said with { Body = BusJson.Write(sound with { Request = "medical-1" }), Reason = "NotAsked" },
            2 => said with { Body = BusJson.Write(sound with { Agency = Agencies[1] }), Reason = "NotTheSender" },
            3 => said with { Type = "uk.integrationhub.advice.sung.v1", Reason = "UnknownType" },
            4 => said with { Session = "another", Reason = "SessionMismatch" },
            5 => push with { Body = BusJson.Write(PushOf(n) with { Kind = AdviceKind.FamilyViews }), Reason = "NotOfTheSchema" },
            6 => push with { By = Agencies[1], Reason = "NotTheSender" },
            7 => closure with { Body = BusJson.Write(ClosureOf(n) with { ReopensOn = Received }), Reason = "RuleNotKept" },
            _ => said with { Type = BusMessages.SchoolClosurePublished, Reason = "WrongEntity" },
        };
    }

    private static AdviceContent Advice() => new()
    {
        Author = "A. Author",
        AuthorRole = "Professional",
        WrittenOn = Received,
        Needs = [new AdviceNeed("n1", NeedArea.Education, "Needs help with reading.")],
        Outcomes = [new AdviceOutcome("o1", "Reads a page alone by July 2027.", ["n1"])],
        Provision = [new AdviceProvision { Id = "p1", Kind = ProvisionKind.Education, Text = "Teaching in a group of three.", Who = "A trained assistant", HowOften = "4 times a week", HowLong = "30 minutes", Outcomes = ["o1"] }],
    };

    private static OpeningFacts Facts(int n) => new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = Received,
        Child = ChildOf(n),
        Family = new FamilyContact { Name = "A. Parent", Relationship = "father", Email = "parent@example.org", ElectronicServiceAgreedOn = Received },
        SettingKind = SettingKind.School,
        Setting = new Agency { Id = Agencies[0], Name = "Example Primary School" },
        Icb = new Agency { Id = Parse("ods:QHL"), Name = "Example ICB" },
        Advisers = [new NamedAdviser(AdviceKind.Medical, new Agency { Id = Parse("ods:RX1"), Name = "Example Trust" })],
    };

    private static AgencyId Parse(string text) => AgencyId.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem, nameof(text));

    /// <summary>One message of an agency. A reason: why it is bad.</summary>
    private sealed record IdentityMatch(string Id, string Queue, AgencyId By, string? Session, string Type, byte[] Body, string? Reason = null)
    {
        /// <summary>What it must have put into inboxes.</summary>
        internal IReadOnlyList<(AssessmentId Assessment, string MessageId)> Taken { get; init; } = [];
    }
}
