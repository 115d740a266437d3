using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Messages.Tests.Bus;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>
/// Messages with one to four things wrong with each, drawn from a seed, through the real reader and the real handlers, and the end of each
/// looked up. All 100,000: <c>MUTATED_MESSAGES=100000 dotnet test --project tests/Local</c>.
/// </summary>
public sealed class MutatedMessagesTests
{
    private static readonly int Messages = int.TryParse(Environment.GetEnvironmentVariable("MUTATED_MESSAGES"), CultureInfo.InvariantCulture, out var asked) ? asked : 20_000;
    private const int Seed = 20260112;

    private static readonly string[] Odd =
    [
        "null", "-1", "1e400", "[]", "{}", "\"\"", "\"\\ud800\"", "true", "\"2026-02-30\"", "\"urn:1\"", "\"la:330/social-care\"", "99999999999999999999", "\"\\u0000\"",
        "\"n1\"", "\"o1\"", "\"2026-06-11\"", "\"2016-06-11\"", new string('[', 200), $"\"{new string('x', 70_000)}\"",
    ];

    [Fact]
    public async Task Each_ends_in_a_case_with_a_person_or_as_a_dead_letter_of_which_its_sender_hears()
    {
        var receiver = new Receiver();
        var id = await receiver.AskedAsync("fuzz");
        var sound = Sound(id);
        var ends = new ConcurrentDictionary<string, int>();
        var oracle = new Ends(receiver, id);

        await Parallel.ForAsync(0, Messages, TestContext.Current.CancellationToken, async (n, cancellationToken) =>
        {
            var random = new Random(Seed + n);
            var arrival = sound[random.Next(sound.Length)](FormattableString.Invariant($"m{n}"));
            for (var faults = random.Next(1, 5); faults > 0; faults--)
            {
                arrival = Mutate(arrival, random);
            }

            arrival = arrival with { CorrelationId = FormattableString.Invariant($"c{n}"), SentBy = random.Next(3) == 0 ? null : arrival.SentBy };
            var verdict = await receiver.Bus.ReceiveAsync(arrival, cancellationToken);

            var end = await oracle.OfAsync(arrival, verdict);
            Assert.True(end is not null, FormattableString.Invariant($"message {n} ends nowhere: {verdict.Settlement} {verdict.Reason}"));
            ends.AddOrUpdate($"-> {end}", 1, (_, count) => count + 1);

            if (verdict.Settlement != Settlement.Complete)
            {
                Assert.Equal(Settlement.DeadLetter, verdict.Settlement);
                Assert.NotEqual("", verdict.Reason ?? "");
                Assert.NotEqual("", verdict.Description ?? "");
                Assert.DoesNotContain("Ada", verdict.Description, StringComparison.Ordinal);
                Assert.DoesNotContain("Okafor", verdict.Description, StringComparison.Ordinal);
            }

            ends.AddOrUpdate(verdict.Reason ?? "completed", 1, (_, count) => count + 1);
        });

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", ends.OrderByDescending(end => end.Value).Select(end => $"{end.Key} {end.Value}")));
        Assert.Equal(2 * Messages, ends.Values.Sum());

        // A test in which nothing got through, or nothing was refused, would show nothing.
        Assert.All(new[] { "completed", "NotACloudEvent", "NotOfTheSchema", "NotAsked", "SessionMismatch", "UnknownType", "RuleNotKept", "-> Case", "-> Held", "-> Told", "-> Untold" },
            end => Assert.True(ends.GetValueOrDefault(end) > 20, end));
    }

    private static Func<string, ReceivedBusMessage>[] Sound(Contracts.Identifiers.AssessmentId id)
    {
        var advice = SampleMessages.Advice with { Attachments = [] };
        object[] bodies =
        [
            new AdviceAcknowledged { Assessment = id, Request = "educational-1", Agency = Receiver.School, ReceivedAt = new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero) },
            new AdviceAccepted { Assessment = id, Request = "socialCare-1", Agency = Receiver.SocialCare },
            new AdviceDeclined { Assessment = id, Request = "socialCare-1", Agency = Receiver.SocialCare, Reason = DeclineReason.NotKnown, Explanation = "Not on our list." },
            new AdviceSubmitted { Assessment = id, Request = "educational-1", Agency = Receiver.School, Advice = SampleMessages.Advice },
            new AdviceSubmitted { Assessment = id, Request = "educational-1", Agency = Receiver.School, Advice = advice },
            new AssessmentPushed { Agency = Receiver.SocialCare, Reference = "S-17", Kind = Contracts.Advice.AdviceKind.SocialCare, Child = SampleMessages.Child, CompletedOn = new DateOnly(2026, 1, 5), Advice = advice },
            new SchoolClosurePublished { School = Receiver.School, Reference = "C-3", ClosedFrom = new DateOnly(2026, 7, 22), ReopensOn = new DateOnly(2026, 9, 3), Reason = "summer holiday" },
        ];
        return [.. bodies.Concat(SampleMessages.All).Select(body => (Func<string, ReceivedBusMessage>)(messageId => Receiver.Arrival(body, messageId) with { SentBy = KeyOf(body) }))];
    }

    private static string KeyOf(object body) => BusEntities.SubscriptionName(body switch
    {
        IAdviceMessage message => message.Agency,
        AssessmentPushed push => push.Agency,
        _ => Receiver.School,
    });

    private static ReceivedBusMessage Mutate(ReceivedBusMessage arrival, Random random)
    {
        var body = arrival.Parts.Body.ToArray();
        var properties = new Dictionary<string, object?>(arrival.Parts.ApplicationProperties);
        switch (random.Next(12))
        {
            case 0 when body.Length > 0:
                body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                body = body[..random.Next(body.Length + 1)];
                break;
            case 2 or 3 or 4:
                body = Replace(body, random);
                break;
            case 5:
                body = [.. body, .. body[..random.Next(body.Length + 1)]];
                break;
            case 6 when properties.Count > 0:
                properties.Remove(properties.Keys.ElementAt(random.Next(properties.Count)));
                break;
            case 7 when properties.Count > 0:
                properties[properties.Keys.ElementAt(random.Next(properties.Count))] = random.Next(6) switch
                {
                    0 => null,
                    1 => new byte[] { 0xff, 0x00 },
                    2 => long.MinValue,
                    3 => "\ud800",
                    4 => DateTime.MinValue,
                    _ => new string('y', 300),
                };
                break;
            case 8:
                properties["cloudEvents_agency"] = random.Next(2) == 0 ? "ods:RX1" : "urn:100001";
                break;
            case 9:
                return arrival with { SessionId = random.Next(2) == 0 ? null : "\0", MessageId = random.Next(2) == 0 ? arrival.MessageId : " " };
            case 10:
                return arrival with { Entity = BusEntities.All[random.Next(BusEntities.All.Count)].Name };
            case 11:
                var structured = CloudEventBinding.Read(arrival.Parts).Value is { } read && IsJson(read.Data) ? CloudEventJson.Write(read) : body;
                return arrival with { Parts = new AmqpParts(CloudEventBinding.StructuredContentType, properties, random.Next(3) == 0 ? Replace(structured, random) : structured) };
        }

        return arrival with { Parts = new AmqpParts(arrival.Parts.ContentType, properties, body) };
    }

    /// <summary>Puts something odd where one value stands.</summary>
    private static byte[] Replace(byte[] body, Random random)
    {
        var text = Encoding.UTF8.GetString(body);
        var colons = Enumerable.Range(0, text.Length).Where(i => text[i] == ':').ToList();
        if (colons.Count == 0)
        {
            return body;
        }

        var from = colons[random.Next(colons.Count)] + 1;
        var to = text.AsSpan(from).IndexOfAny(",}") is var found and >= 0 ? from + found : text.Length;
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, from), Odd[random.Next(Odd.Length)], text.AsSpan(to)));
    }

    private static bool IsJson(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(data);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
