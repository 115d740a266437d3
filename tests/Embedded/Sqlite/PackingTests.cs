using System.Text.Json;
using IntegrationHub.Embedded.Tests.Living;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Packing;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Embedded.Tests.Sqlite;

/// <summary>What is packed comes back as it was, and in few bytes.</summary>
public sealed class PackingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_state_of_a_whole_life_comes_back_as_it_was()
    {
        var (store, clock) = (new MemoryAssessmentStore(), new FakeTimeProvider(Council.Start));
        await using var engine = new EmbeddedEngine(store, Council.Rules, [new Outside()], clock);
        await new StatutoryLife(Council.Id(1)).LiveAsync(store, engine, clock, Cancelled);
        var events = await store.EventsAsync(Council.Id(1), cancellationToken: Cancelled);
        Assert.True(events.Count > 50, $"{events.Count} events");

        var state = AssessmentState.None(Council.Id(1));
        foreach (var recorded in events)
        {
            state = Assessment.Evolve(state, recorded.What);
            var held = new HeldAssessment(state.Id) { Key = 7, State = state, WakeAt = recorded.At, Head = 9, SummaryFingerprints = new SummaryFingerprints(long.MinValue, 5, long.MaxValue) };
            held.Remember(new KeptOutcome("m1", new Outcome(false, new Refusal("no", "Not lawful."), 3, "fingerprint")));
            var packed = PackedAssessment.Pack(held)!;
            var unpacked = PackedAssessment.Unpack(packed);

            var json = Json(state);
            Assert.Equal(json, Json(unpacked.State));
            Assert.Equal((7L, recorded.At, 9L, held.SummaryFingerprints, held.Bytes), (unpacked.Key, unpacked.WakeAt!.Value, unpacked.Head, unpacked.SummaryFingerprints, unpacked.Bytes));
            Assert.Equal(held.Outcomes, unpacked.Outcomes);
            Assert.True(packed.Length < json.Length, $"{packed.Length} bytes packed, {json.Length} as JSON");
        }
    }

    [Fact]
    public void Numbers_and_texts_at_their_ends_come_back_as_they_were()
    {
        Same(long.MinValue, long.MaxValue, 0, -1, 63, 64, -64, -65);
        Same(decimal.MinValue, decimal.MaxValue, 0.10m, -1.5m);
        Same(DateOnly.MinValue, DateOnly.MaxValue);
        Same(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2026, 3, 29, 2, 0, 0, TimeSpan.FromHours(1)));
        Same<string?>(null, "", "Zoë \ud83d\ude00", new string('x', 10_000));
        Same<Stage?>(null, Stage.Moved);
    }

    [Fact]
    public void What_cannot_be_packed_is_refused_when_its_packer_is_made() =>
        Assert.ThrowsAny<Exception>(() => Packers.Of<Dictionary<string, string>>());

    [Fact]
    public void News_in_the_inbox_is_packed_with_the_assessment()
    {
        var held = new HeldAssessment(Council.Id(1));
        held.Inbox.Add(new WaitingDelivery(1, Council.Says(Council.Id(1), "m1", new AssignCaseOfficer("Officer"), Council.Start)));
        held.Inbox.Add(new WaitingDelivery(2, Council.Says(Council.Id(1), "m2", new RecordConsultation(Council.Received, "Wants it."), Council.Start)));

        var back = PackedAssessment.Unpack(PackedAssessment.Pack(held));

        Assert.Equal(held.Inbox, back.Inbox);
    }

    private static string Json(AssessmentState state) => JsonSerializer.Serialize(state, AssessmentJson.Default.AssessmentState);

    private static void Same<T>(params T[] values)
    {
        var writer = new PackWriter();
        var packer = Packers.Of<T>();
        foreach (var value in values)
        {
            packer.Pack(writer, value);
        }

        var reader = new PackReader(writer.ToArray());
        Assert.Equal(values, values.Select(_ => packer.Unpack(reader)));
    }
}
