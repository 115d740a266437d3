using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Amqp;
using Amqp.Framing;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Messages.Tests.Bus;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>How sound messages are made, and made odd.</summary>
internal static partial class OddMessages
{
    /// <summary>A sound message of one kind, as an agency's system encodes it.</summary>
    internal static (BusEntity Queue, AgencyId Sender, Message Message) Sound(Of of, AssessmentId assessment)
    {
        object body = of switch
        {
            Of.Submitted => new AdviceSubmitted { Assessment = assessment, Request = "educational-1", Agency = Receiver.School, Advice = SampleMessages.Advice with { Attachments = [] } },
            Of.Pushed => new AssessmentPushed
            {
                Agency = Receiver.SocialCare,
                Reference = "S-17",
                Kind = AdviceKind.SocialCare,
                Child = SampleMessages.Child,
                CompletedOn = new DateOnly(2026, 1, 5),
                Advice = SampleMessages.Advice with { Attachments = [] },
            },
            Of.Closure => new SchoolClosurePublished { School = Receiver.School, Reference = "C-3", ClosedFrom = new DateOnly(2026, 7, 22), ReopensOn = new DateOnly(2026, 9, 3), Reason = "holiday" },
            _ => new AdviceAcknowledged { Assessment = assessment, Request = "educational-1", Agency = Receiver.School, ReceivedAt = new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.Zero) },
        };
        var type = BusMessages.For(body);
        var message = new Message
        {
            Properties = new Properties { MessageId = Id, ContentType = "application/json" },
            ApplicationProperties = new ApplicationProperties
            {
                ["cloudEvents_specversion"] = "1.0",
                ["cloudEvents_id"] = Id,
                ["cloudEvents_source"] = "urn:agency",
                ["cloudEvents_type"] = type.Type,
            },
            BodySection = new Data { Binary = BusJson.Write(body) },
        };
        if (body is IAdviceMessage)
        {
            message.Properties.GroupId = assessment.Value;
        }

        return (type.Entity, of == Of.Pushed ? Receiver.SocialCare : Receiver.School, message);
    }

    private static string Attachment { get; } =
        $$"""{"token":"t","fileName":"report.pdf","contentType":"application/pdf","size":1,"sha256":"{{new string('a', 64)}}"}""";

    private static (string From, string To) Empty { get; } = ("\"advice\":{", "\"advice\":{\"author\":\"R\",\"authorRole\":\"H\",\"writtenOn\":\"2026-03-02\"},\"unread\":{");

    private static byte[] Bytes(Message message) => ((Data)message.BodySection).Binary;

    private static string Text(Message message) => Encoding.UTF8.GetString(Bytes(message));

    private static void Body(Message message, ReadOnlySpan<byte> bytes) => message.BodySection = new Data { Binary = bytes.ToArray() };

    private static byte[] JsonText(string text) => Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(text));

    private static void Several(Message message, params ReadOnlySpan<byte[]> parts)
    {
        var list = new DataList();
        foreach (var part in parts)
        {
            list.Add(new Data { Binary = part });
        }

        message.BodySection = list;
    }

    private static void Change(Message message, string from, string to, params ReadOnlySpan<(string From, string To)> more)
    {
        var text = Text(message);
        foreach (var (old, changed) in (ReadOnlySpan<(string, string)>)[(from, to), .. more])
        {
            if (old.Length > 0)
            {
                var at = text.IndexOf(old, StringComparison.Ordinal);
                text = string.Concat(text.AsSpan(0, at), changed, text.AsSpan(at + old.Length));
            }
        }

        Body(message, Encoding.UTF8.GetBytes(text));
    }

    private static void Set(Message message, string attribute, object? value)
    {
        if (value is null)
        {
            message.ApplicationProperties.Map.Remove($"cloudEvents_{attribute}");
        }
        else
        {
            message.ApplicationProperties[$"cloudEvents_{attribute}"] = value;
        }
    }

    private static void Named(Message message, string id)
    {
        Set(message, "id", id);
        message.Properties.MessageId = id;
    }

    private static void Rename(Message message, Func<string, string> name) => Retype(message, (old, value) => (name(old), value));

    private static void Retype(Message message, Func<string, object, (object Name, object Value)> change)
    {
        var properties = new ApplicationProperties();
        foreach (var (name, value) in message.ApplicationProperties.Map)
        {
            var (newName, newValue) = change((string)name, value);
            properties.Map[newName] = newValue;
        }

        message.ApplicationProperties = properties;
    }

    private static void Structured(Message message, Action<JsonObject> change, string contentType = "application/cloudevents+json")
    {
        var parts = new AmqpParts(null, message.ApplicationProperties.Map.ToDictionary(p => (string)p.Key, p => (object?)p.Value), Bytes(message));
        var json = (JsonObject)JsonNode.Parse(CloudEventJson.Write(CloudEventBinding.Read(parts).Value!))!;
        change(json);
        message.Properties.ContentType = contentType;
        message.ApplicationProperties = null;
        Body(message, Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static Properties Without(Message message, bool id = false, bool content = false, bool session = false)
    {
        var properties = new Properties();
        if (!id)
        {
            properties.MessageId = message.Properties.MessageId;
        }

        if (!content)
        {
            properties.ContentType = message.Properties.ContentType;
        }

        if (!session)
        {
            properties.GroupId = message.Properties.GroupId;
        }

        return properties;
    }

    private static byte[] Gzip(byte[] bytes) => Through(bytes, into => new GZipStream(into, CompressionLevel.Optimal));

    private static byte[] Deflate(byte[] bytes) => Through(bytes, into => new ZLibStream(into, CompressionLevel.Optimal));

    private static byte[] Through(byte[] bytes, Func<Stream, Stream> compress)
    {
        using var packed = new MemoryStream();
        using (var stream = compress(packed))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
