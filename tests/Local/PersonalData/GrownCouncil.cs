using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>
/// The demonstration's data in which a council goes on working: thirty more children, some of whose requests are withdrawn, a plan that ceases, requests
/// for advice that wait on the bus, a held message, a kept SEN2 return.
/// </summary>
public sealed class GrownCouncil : IAsyncLifetime
{
    internal const int Children = 30;
    private const int Withdrawn = 6;
    private readonly DemoData demo = new();

    /// <summary>The child of the demonstration; its plan has ceased.</summary>
    internal AssessmentId Alex { get; private set; }

    /// <summary>The others in the order in which they came; the first six requests were withdrawn.</summary>
    internal IReadOnlyList<AssessmentId> Others { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await demo.InitializeAsync();
        Alex = AssessmentId.TryParse(Path.GetFileName(Directory.GetDirectories(Path.Combine(demo.Whole, "documents", "330")).Single()), out var id, out var problem) ? id : throw new InvalidDataException(problem);
        await using (var hub = Hub())
        {
            await hub.StartAsync(CancellationToken.None);
            using var http = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
            var officer = new HubClient(http, hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.CouncilOfficer, "officer-grown", Cast.CouncilCode, null, null)), "officer-grown");
            await GrowAsync(officer, hub.Services.GetRequiredService<EmbeddedEngine>());
            await hub.StopAsync(CancellationToken.None);
        }

        await KeepAsync();
    }

    public ValueTask DisposeAsync() => demo.DisposeAsync();

    internal string Copy() => demo.Copy();

    /// <summary>Names that stand in no ordinary text.</summary>
    internal static (string Given, string Family, string Mother) NameOf(int n) => ($"Zelq{Word(n)}", $"Vrostam{Word(n + 7)}", $"Ixandra{Word(n + 3)}");

    internal static string NhsOf(int n)
    {
        for (var tried = 123_450_000 + (n * 37); ; tried++)
        {
            var nine = $"9{tried.ToString(CultureInfo.InvariantCulture)[1..]}";
            var check = 11 - (nine.Select((digit, at) => (digit - '0') * (10 - at)).Sum() % 11);
            if (check != 10)
            {
                return nine + (check == 11 ? 0 : check).ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private async Task GrowAsync(HubClient officer, EmbeddedEngine engine)
    {
        var others = new List<AssessmentId>();
        for (var n = 0; n < Children; n++)
        {
            var opened = await officer.PostAsync("/v1/cases", FactsOf(n), CancellationToken.None);
            others.Add(AssessmentId.TryParse(opened.GetProperty("assessment").GetString(), out var id, out var problem) ? id : throw new InvalidDataException(problem));
            await engine.RunDueAsync(CancellationToken.None);
        }

        foreach (var (id, n) in others.Take(Withdrawn).Select((id, n) => (id, n)))
        {
            // Asked before it ends: the school has not read its message yet, and the trust's Task is open.
            await officer.SendAsync(id, new RecordConsultation(Cast.Start.AddDays(3), "The family wishes for it."), CancellationToken.None);
            await officer.SendAsync(id, new DecideWhetherToAssess(true, $"{NameOf(n).Given} may need a plan."), CancellationToken.None);
            await engine.RunDueAsync(CancellationToken.None);
            await officer.GetAsync($"/v1/cases/{id}", CancellationToken.None);
            await officer.SendAsync(id, new WithdrawRequest(Cast.Start.AddDays(20), "The family no longer wishes for it."), CancellationToken.None);
            await engine.RunDueAsync(CancellationToken.None);
        }

        await officer.SendAsync(Alex, new RecordPlanCeased(new DateOnly(2026, 6, 1), Died: true), CancellationToken.None);
        await engine.RunDueAsync(CancellationToken.None);
        Others = others;
    }

    private async Task KeepAsync()
    {
        var documents = new FolderDocuments(Path.Combine(demo.Whole, LocalHub.Documents), new KeepingRules(), TimeProvider.System);
        await MailAsync(documents);
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(demo.Whole, LocalHub.StoreFile) });
        await new ReturnStore(documents).BuildAsync(store, Sen2Layout.Newest, Cast.CouncilCode, 2027, "officer-grown", TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Assert.True(await new HeldMessages(documents).KeepAsync(
            HeldKind.Pushed,
            new HeldMessage
            {
                Key = "k1",
                MessageId = "bus urn:100001 k1",
                Sender = Cast.School.Id,
                Type = "pushed",
                Until = DateTimeOffset.MaxValue,
                Data = JsonSerializer.SerializeToUtf8Bytes(new { nhsNumber = NhsOf(0), name = $"{NameOf(0).Given} {NameOf(0).Family}" }),
            },
            CancellationToken.None));
    }

    /// <summary>A message in the case of the first child, one about the second that was dismissed, and one about an open case that waits.</summary>
    private async Task MailAsync(FolderDocuments documents)
    {
        var tray = new TrayStore(documents, new KeepingRules());
        var (first, second, open) = (NameOf(0), NameOf(1), NameOf(20));
        await tray.DecideAsync(
            await MailIn.TakeAsync(documents, "1", $"About {first.Given} {first.Family}, from {first.Mother} {first.Family}."), new TrayDecision("officer-grown", DateTimeOffset.UnixEpoch, Others[0], "Document"), CancellationToken.None);
        await tray.DecideAsync(
            await MailIn.TakeAsync(documents, "2", $"{second.Given} {second.Family}, NHS number {NhsOf(1).Insert(6, " ").Insert(3, " ")}."), new TrayDecision("officer-grown", DateTimeOffset.UnixEpoch, Reason: "Sent twice"), CancellationToken.None);
        await MailIn.TakeAsync(documents, "3", $"{open.Given} {open.Family}, NHS number {NhsOf(20)}.");
    }

    private static OpeningFacts FactsOf(int n)
    {
        var (given, family, mother) = NameOf(n);
        return Cast.Facts with
        {
            Child = new Child
            {
                GivenName = given,
                FamilyName = family,
                DateOfBirth = new DateOnly(2012, 1, 1).AddDays(n * 40),
                NhsNumber = NhsNumber.TryParse(NhsOf(n), out var nhs, out var problem) ? nhs : throw new InvalidDataException(problem),
                NhsNumberStatus = NhsNumberStatus.Verified,
            },
            Family = new FamilyContact { Name = $"{mother} {family}", Relationship = "mother", Email = $"{mother.ToLowerInvariant()}@example.org", ElectronicServiceAgreedOn = Cast.Start, PostalAddress = [$"{n + 1} {family} Row", "Northbridge", "NB1 2AB"] },
        };
    }

    private static string Word(int n) => string.Concat((n * 7919).ToString("D6", CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));

    private WebApplication Hub() => LocalHub.Build(new LocalHubOptions
    {
        Development = true,
        DataDirectory = demo.Whole,
        Url = "http://127.0.0.1:0",
        StartEngine = false,
        RequestsPerMinute = 0,
        AllowLoopback = true,
        Councils = [Cast.Council],
        Agencies =
        [
            .. new[] { Cast.School, Cast.SocialCare, Cast.Psychology }.Select(one => new AgencyEntry { Id = one.Id, Reach = Reach.Bus }),
            new AgencyEntry { Id = Cast.Trust.Id, Reach = Reach.FhirPull },
        ],
        Bus = new EmbeddedBusOptions { Enabled = true, Port = 0 },
        Add = builder => builder.Logging.ClearProviders(),
    });
}
