using System.Text;
using System.Text.Json.Nodes;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>Kinds of odd message that foreign clients send, each with the end that it must have.</summary>
internal static partial class OddMessages
{
    private const string Id = "odd-1";
    private static readonly Symbol MicrosoftInstant = "com.microsoft:datetime-offset";
    private static readonly Symbol MicrosoftUri = "com.microsoft:uri";
    private static readonly byte[] Gibberish = [0x80, 0x81, 0xfe];

    /// <summary>All of them by name.</summary>
    internal static IReadOnlyDictionary<string, OddMessage> All { get; } = new OddMessage[]
    {
        // Body sections.
        new("body: one data section", End.Case, m => { }),
        new("body: three data sections", End.Case, m => Several(m, Bytes(m)[..7], Bytes(m)[7..20], Bytes(m)[20..])),
        new("body: an empty data section before it", End.Case, m => Several(m, [], Bytes(m))),
        new("body: value, text", End.Case, m => m.BodySection = new AmqpValue { Value = Text(m) }),
        new("body: value, binary", End.Case, m => m.BodySection = new AmqpValue { Value = Bytes(m) }),
        new("body: value, symbol", End.Told, m => m.BodySection = new AmqpValue { Value = new Symbol("a") }, "NotOfTheSchema"),
        new("body: value, null", End.Told, m => m.BodySection = new AmqpValue { Value = null }, "NotOfTheSchema"),
        new("body: value, number", End.Told, m => m.BodySection = new AmqpValue { Value = 7 }, "NotOfTheSchema"),
        new("body: value, map", End.Told, m => m.BodySection = new AmqpValue { Value = new Map { ["assessment"] = "x" } }, "NotOfTheSchema"),
        new("body: value, list", End.Told, m => m.BodySection = new AmqpValue { Value = new List { "x" } }, "NotOfTheSchema"),
        new("body: one sequence", End.Told, m => m.BodySection = new AmqpSequence { List = new List { "x" } }, "NotOfTheSchema"),
        new("body: none", End.Told, m => m.BodySection = null, "NotOfTheSchema"),
        new("body: empty data", End.Told, m => Body(m, []), "NotOfTheSchema"),
        new("body: an array", End.Told, m => Body(m, "[]"u8), "NotOfTheSchema"),
        new("body: a JSON text that holds the JSON", End.Told, m => Body(m, JsonText(Text(m))), "NotOfTheSchema"),
        new("body: null", End.Told, m => Body(m, "null"u8), "NotOfTheSchema"),
        new("body: two documents", End.Told, m => Body(m, [.. Bytes(m), .. Bytes(m)]), "NotOfTheSchema"),
        new("body: cut off", End.Told, m => Body(m, Bytes(m)[..^1]), "NotOfTheSchema"),
        new("body: JSON with a comment", End.Told, m => Body(m, [.. "/* x */"u8, .. Bytes(m)]), "NotOfTheSchema"),
        new("body: JSON with blanks around it", End.Case, m => Body(m, [.. " \r\n\t"u8, .. Bytes(m), .. "\n"u8])),
        new("body: a member named twice", End.Told, m => Change(m, "{", "{\"request\":\"medical-1\","), "NotOfTheSchema"),
        new("body: nested a thousand deep", End.Told, m => Body(m, Encoding.UTF8.GetBytes(new string('[', 1_000) + new string(']', 1_000))), "NotOfTheSchema"),
        new("body: larger than the bus takes", End.AtOnce, m => Body(m, new byte[BusEntities.MaxMessageBytes + 1])),
        new("body: as large as the bus takes, and of nothing", End.Told, m => Body(m, new byte[BusEntities.MaxMessageBytes - 1_000]), "NotOfTheSchema"),

        // Encodings.
        new("encoding: byte order mark", End.Told, m => Body(m, [0xef, 0xbb, 0xbf, .. Bytes(m)]), "NotOfTheSchema", "byte order mark"),
        new("encoding: UTF-16, little end", End.Told, m => Body(m, Encoding.Unicode.GetBytes(Text(m))), "NotOfTheSchema", "UTF-16"),
        new("encoding: UTF-16, big end, with its mark", End.Told, m => Body(m, [0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes(Text(m))]), "NotOfTheSchema", "UTF-16"),
        new("encoding: UTF-32", End.Told, m => Body(m, Encoding.UTF32.GetBytes(Text(m))), "NotOfTheSchema", "UTF-16 or UTF-32"),
        new("encoding: Latin 1", End.Told, m => Body(m, Encoding.Latin1.GetBytes(Text(m).Replace("Likes trains.", "Aimé les trains.", StringComparison.Ordinal))), "NotOfTheSchema", "not UTF-8", Of: Of.Submitted),
        new("encoding: bytes that are not text", End.Told, m => Body(m, Gibberish), "NotOfTheSchema", "not UTF-8"),
        new("encoding: gzip", End.Told, m => Body(m, Gzip(Bytes(m))), "NotOfTheSchema", "gzip"),
        new("encoding: deflate", End.Told, m => Body(m, Deflate(Bytes(m))), "NotOfTheSchema"),
        new("encoding: base64", End.Told, m => Body(m, Encoding.ASCII.GetBytes(Convert.ToBase64String(Bytes(m)))), "NotOfTheSchema"),
        new("encoding: half a surrogate pair", End.Told, m => Change(m, "Likes trains.", "\\ud800"), "NotOfTheSchema", Of: Of.Submitted),
        new("encoding: letters as escapes", End.Case, m => Change(m, "educational-1", "educational\\u002d1")),
        new("encoding: content-encoding names UTF-8", End.Case, m => m.Properties.ContentEncoding = "UTF-8"),
        new("encoding: content-encoding names gzip and it is not", End.Case, m => m.Properties.ContentEncoding = "gzip"),

        // Content types.
        new("content type: none", End.Case, m => m.Properties = Without(m, content: true)),
        new("content type: JSON with its charset", End.Case, m => m.Properties.ContentType = "application/json; charset=utf-8"),
        new("content type: in capitals", End.Case, m => m.Properties.ContentType = "Application/JSON; Charset=\"UTF-8\""),
        new("content type: another kind of JSON", End.Case, m => m.Properties.ContentType = "application/vnd.example+json"),
        new("content type: plain text", End.Told, m => m.Properties.ContentType = "text/plain", "ContentTypeNotUsable"),
        new("content type: XML", End.Told, m => m.Properties.ContentType = "application/xml", "ContentTypeNotUsable"),
        new("content type: bytes of any kind", End.Told, m => m.Properties.ContentType = "application/octet-stream", "ContentTypeNotUsable"),
        new("content type: JSON in UTF-16", End.Told, m => m.Properties.ContentType = "application/json; charset=utf-16", "ContentTypeNotUsable"),
        new("content type: no media type", End.Told, m => m.Properties.ContentType = "json", "ContentTypeNotUsable"),
        new("content type: empty", End.Told, m => m.Properties.ContentType = "", "ContentTypeNotUsable"),
        new("content type: a batch of events", End.Told, m => m.Properties.ContentType = "application/cloudevents-batch+json", "ContentTypeNotUsable"),
        new("content type: the attribute says another than the property", End.Told, m => Set(m, "datacontenttype", "text/xml"), "ContentTypeNotUsable"),

        // Structured mode.
        new("structured", End.Case, m => Structured(m, _ => { })),
        new("structured: with a charset", End.Case, m => Structured(m, _ => { }, "application/cloudevents+json; charset=utf-8")),
        new("structured: data as base64", End.Case, m => Structured(m, e => { var data = e["data"]!.ToJsonString(); e.Remove("data"); e["data_base64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(data)); })),
        new("structured: data and base64", End.Told, m => Structured(m, e => e["data_base64"] = "e30="), "NotACloudEvent"),
        new("structured: data that is no base64", End.Told, m => Structured(m, e => { e.Remove("data"); e["data_base64"] = "%"; }), "NotACloudEvent"),
        new("structured: no data", End.Told, m => Structured(m, e => e.Remove("data")), "NotOfTheSchema"),
        new("structured: data of another kind", End.Told, m => Structured(m, e => e["datacontenttype"] = "text/xml"), "ContentTypeNotUsable"),
        new("structured: data as text", End.Told, m => Structured(m, e => e["data"] = e["data"]!.ToJsonString()), "NotOfTheSchema"),
        new("structured: an attribute that is an object", End.Told, m => Structured(m, e => e["subject"] = new JsonObject()), "NotACloudEvent"),
        new("structured: without its content type", End.Told, m => { Structured(m, _ => { }); m.Properties.ContentType = "application/json"; m.ApplicationProperties = new ApplicationProperties(); }, "NotACloudEvent"),
        new("structured: the content type alone, over binary mode", End.Told, m => m.Properties.ContentType = "application/cloudevents+json", "NotACloudEvent"),

        // Attributes.
        new("attributes: none", End.Told, m => m.ApplicationProperties = null, "NotACloudEvent"),
        new("attributes: with colons", End.Case, m => Rename(m, name => name.Replace("cloudEvents_", "cloudEvents:", StringComparison.Ordinal))),
        new("attributes: in capitals", End.Told, m => Rename(m, name => name.ToUpperInvariant()), "NotACloudEvent"),
        new("attributes: of the HTTP binding", End.Told, m => Rename(m, name => name.Replace("cloudEvents_", "ce-", StringComparison.Ordinal)), "NotACloudEvent"),
        new("attributes: with both separators, one value", End.Case, m => m.ApplicationProperties["cloudEvents:id"] = Id),
        new("attributes: with both separators, two values", End.Told, m => m.ApplicationProperties["cloudEvents:id"] = "another", "NotACloudEvent"),
        new("attributes: names as symbols", End.Case, m => Retype(m, (name, value) => (new Symbol(name), value))),
        new("attributes: values as symbols", End.Case, m => Retype(m, (name, value) => (name, new Symbol((string)value)))),
        new("attributes: a list", End.Told, m => Set(m, "subject", new List { "a" }), "NotACloudEvent"),
        new("attributes: a map", End.Told, m => Set(m, "source", new Map { ["a"] = "b" }), "NotACloudEvent"),
        new("attributes: a described value of nobody's", End.Told, m => Set(m, "subject", new DescribedValue(new Symbol("x:y"), "a")), "NotACloudEvent"),
        new("attributes: no version", End.Told, m => Set(m, "specversion", null), "NotACloudEvent"),
        new("attributes: an old version", End.Told, m => Set(m, "specversion", "0.3"), "NotACloudEvent"),
        new("attributes: the version as a number", End.Told, m => Set(m, "specversion", 1.0), "NotACloudEvent"),
        new("attributes: no type", End.Told, m => Set(m, "type", null), "NotACloudEvent"),
        new("attributes: a type of nobody's", End.Told, m => Set(m, "type", "uk.example.sung.v1"), "UnknownType"),
        new("attributes: a type of another queue", End.Told, m => Set(m, "type", BusMessages.SchoolClosurePublished), "WrongEntity"),
        new("attributes: a type that the hub sends", End.Told, m => Set(m, "type", BusMessages.AdviceReminder), "WrongEntity"),
        new("attributes: no source", End.Told, m => Set(m, "source", null), "NotACloudEvent"),
        new("attributes: source as a URI of Microsoft's", End.Case, m => Set(m, "source", new DescribedValue(MicrosoftUri, "urn:agency"))),
        new("attributes: an extension with capitals", End.Told, m => Set(m, "traceParent", "x"), "NotACloudEvent"),
        new("attributes: extensions of every simple type", End.Case, m => { Set(m, "a1", true); Set(m, "a2", 7L); Set(m, "a3", 1.5); Set(m, "a4", Guid.NewGuid()); Set(m, "a5", DateTime.UnixEpoch); Set(m, "a6", new byte[] { 1 }); Set(m, "a7", (byte)1); }),
        new("attributes: another agency than the body's", End.Told, m => Set(m, "agency", "ods:RX1"), "NotTheSender"),
        new("attributes: an agency that is none", End.Told, m => Set(m, "agency", "nobody"), "NotTheSender"),

        // Times.
        new("time: an AMQP timestamp", End.Case, m => Set(m, "time", DateTime.UnixEpoch)),
        new("time: a DateTimeOffset of Microsoft's", End.Case, m => Set(m, "time", new DescribedValue(MicrosoftInstant, DateTimeOffset.UnixEpoch.UtcTicks))),
        new("time: text with an offset", End.Case, m => Set(m, "time", "2026-03-02T11:00:00+01:00")),
        new("time: text without an offset", End.Told, m => Set(m, "time", "2026-03-02T11:00:00"), "NotACloudEvent"),
        new("time: a number", End.Told, m => Set(m, "time", 1_772_445_600L), "NotACloudEvent"),
        new("time: an instant outside of the calendar", End.Told, m => Set(m, "time", new DescribedValue(MicrosoftInstant, -1L)), "NotACloudEvent"),

        // Ids.
        new("id: none", End.Told, m => { Set(m, "id", null); m.Properties = Without(m, id: true); }, "NotACloudEvent"),
        new("id: of the event alone", End.Case, m => m.Properties = Without(m, id: true)),
        new("id: another than the message's", End.Told, m => m.Properties.MessageId = "another", "MessageIdMismatch"),
        new("id: 128 characters", End.Case, m => Named(m, new string('x', 128))),
        new("id: 129 characters", End.Told, m => Named(m, new string('x', 129)), "EventIdNotUsable"),
        new("id: with a space", End.Told, m => Named(m, "a b"), "EventIdNotUsable"),
        new("id: outside of ASCII", End.Told, m => Named(m, "né-1"), "EventIdNotUsable"),
        new("id: a uuid on both sides", End.Case, m => { var id = Guid.NewGuid(); Set(m, "id", id); m.Properties = Without(m, id: true); m.Properties.SetMessageId(id); }),
        new("id: a number on both sides", End.Case, m => { Set(m, "id", 7UL); m.Properties = Without(m, id: true); m.Properties.SetMessageId(7UL); }),
        new("id: bytes", End.Told, m => Set(m, "id", new byte[] { 1, 2 }), "NotACloudEvent"),

        // Sessions, and other properties.
        new("session: none", End.Told, m => m.Properties = Without(m, session: true), "SessionMismatch"),
        new("session: another assessment's", End.Told, m => m.Properties.GroupId = "330-000000000000", "SessionMismatch"),
        new("session: with capitals as small letters", End.Told, m => m.Properties.GroupId = m.Properties.GroupId.ToLowerInvariant(), "SessionMismatch"),
        new("properties: a long correlation id", End.Case, m => m.Properties.CorrelationId = new string('c', 5_000)),
        new("properties: subject, reply-to, user and expiry", End.Case, m => { m.Properties.Subject = "x"; m.Properties.ReplyTo = "y"; m.Properties.UserId = [1]; m.Properties.AbsoluteExpiryTime = DateTime.UnixEpoch; m.Properties.GroupSequence = 7; }),
        new("annotations: odd ones", End.Case, m => m.MessageAnnotations = new MessageAnnotations { [new Symbol("x-opt-anything")] = new List { 1, "a", new Map { ["b"] = null } } }),
        new("annotations: the name of another sender", End.Case, m => m.MessageAnnotations = new MessageAnnotations { [new Symbol("x-opt-hub-sent-by")] = "ods-rx1" }),
        new("footer", End.Case, m => m.Footer = new Footer { [new Symbol("x")] = 1 }),
        new("header: delivered often before", End.Case, m => m.Header = new Header { DeliveryCount = 7, Priority = 9 }),

        // What it says.
        new("data: a member of nobody's", End.Told, m => Change(m, "{", "{\"summary\":\"words\","), "NotOfTheSchema"),
        new("data: an agency in small letters", End.Told, m => Change(m, "urn:100001", "URN:100001"), "NotOfTheSchema"),
        new("data: a day that does not exist", End.Told, m => Change(m, "2026-03-02", "2026-02-30"), "NotOfTheSchema", Of: Of.Submitted),
        new("data: a future day", End.Told, m => Change(m, "2026-03-02", "2026-06-11"), "RuleNotKept", Of: Of.Submitted),
        new("data: two lines of one id", End.Told, m => Change(m, "\"id\":\"v1\"", "\"id\":\"n1\""), "RuleNotKept", Of: Of.Submitted),
        new("data: a request of nobody's", End.Told, m => Change(m, "educational-1", "educational-9"), "NotAsked"),
        new("data: a document that was never uploaded", End.Told, m => Change(m, "\"attachments\":[]", $"\"attachments\":[{Attachment}]"), "AttachmentMissing", Of: Of.Submitted),
        new("data: advice that was asked for", End.Case, m => { }, Of: Of.Submitted),
        new("data: a push with one certain match", End.Case, m => { }, Of: Of.Pushed),
        new("data: a push that belongs to nobody", End.Held, m => Change(m, "9434765919", "9000000009", ("Ada", "Bea"), ("B1 1AA", "B2 2AA")), Of: Of.Pushed),
        new("data: a push with a doubt", End.Person, m => Change(m, "2017-05-04", "2016-05-04"), Of: Of.Pushed),
        new("data: a push of the family's views", End.Told, m => Change(m, "\"kind\":\"socialCare\"", "\"kind\":\"familyViews\""), "NotOfTheSchema", Of: Of.Pushed),
        new("data: a push without content", End.Told, m => Change(m, "", "", Empty), "NotOfTheSchema", Of: Of.Pushed),
        new("data: a closure", End.Held, m => { }, Of: Of.Closure),
        new("data: a closure that ends before it begins", End.Told, m => Change(m, "2026-09-03", "2026-07-01"), "RuleNotKept", Of: Of.Closure),
    }.ToDictionary(odd => odd.Name, StringComparer.Ordinal);

    /// <summary>Encoded messages that are no message, or no one message: refused at once, so that their sender hears from the transfer itself.</summary>
    internal static IReadOnlyDictionary<string, Func<byte[], byte[]>> Encoded { get; } = new Dictionary<string, Func<byte[], byte[]>>(StringComparer.Ordinal)
    {
        ["bytes: none of AMQP's"] = _ => [.. "{\"assessment\":1}"u8],
        ["bytes: cut off"] = bytes => bytes[..^3],
        ["bytes: a section of nobody's"] = bytes => [.. bytes, 0x00, 0x53, 0x79, 0x45],
        ["bytes: a value section after a data section"] = bytes => [.. bytes, 0x00, 0x53, 0x77, 0xa1, 0x01, 0x61],
        ["bytes: two value sections"] = _ => [0x00, 0x53, 0x77, 0xa1, 0x01, 0x61, 0x00, 0x53, 0x77, 0xa1, 0x01, 0x62],
        ["bytes: sections out of order"] = bytes => [.. bytes, .. bytes],
        ["bytes: a length that lies"] = _ => [0x00, 0x53, 0x75, 0xb0, 0xff, 0xff, 0xff, 0xff],
    };
}

/// <summary>What a message is.</summary>
internal enum Of
{
    Acknowledged,
    Submitted,
    Pushed,
    Closure,
}

/// <summary>One kind of odd message.</summary>
/// <param name="Name">In words.</param>
/// <param name="End">The end that it must have.</param>
/// <param name="Make">Makes a sound message into it.</param>
/// <param name="Reason">For a dead letter: its reason.</param>
/// <param name="Word">For a dead letter: a word that tells its sender what to change.</param>
/// <param name="Of">What it is.</param>
internal sealed record OddMessage(string Name, End End, Action<Message> Make, string? Reason = null, string Word = "", Of Of = Of.Acknowledged);
