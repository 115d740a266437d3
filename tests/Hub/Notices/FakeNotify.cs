using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>
/// A runnable stand-in for GOV.UK Notify's REST API, version 2: it checks tokens, schemas, templates and addresses as the real one does,
/// keeps what it took, knows the test addresses, and answers as it is told to.
/// </summary>
internal sealed partial class FakeNotify : IAsyncDisposable
{
    internal const string Service = "11111111-2222-3333-4444-555555555555";
    internal const string Secret = "66666666-7777-8888-9999-000000000000";
    internal const string Key = $"hub_live-{Service}-{Secret}";

    private static readonly Dictionary<string, string[]> Templates = new()
    {
        ["email-template"] = ["subject", "body"],
        ["sms-template"] = ["body"],
        ["letter-template"] = ["heading", "body"],
    };

    private static readonly HashSet<string> Members =
    [
        "template_id", "personalisation", "reference", "email_address", "phone_number", "email_reply_to_id", "sms_sender_id", "one_click_unsubscribe_url",
    ];

    private readonly WebApplication app;
    private readonly Func<DateTimeOffset> now;
    private readonly ConcurrentQueue<(int Status, string Error)> next = new();
    private Func<JsonObject, bool>? losesAnswer;

    private FakeNotify(WebApplication app, Func<DateTimeOffset> now) => (this.app, this.now) = (app, now);

    /// <summary>Everything it took, oldest first.</summary>
    internal List<JsonObject> Taken { get; } = [];

    internal int Calls { get; private set; }

    /// <summary>What its clock is ahead of the hub's.</summary>
    internal TimeSpan Ahead { get; set; }

    internal Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    internal static async Task<FakeNotify> StartAsync(Func<DateTimeOffset> now)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var notify = new FakeNotify(app, now);
        app.MapPost("/v2/notifications/{kind}", notify.SendAsync);
        app.MapGet("/v2/notifications", (Delegate)notify.List);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return notify;
    }

    /// <summary>The next call is answered with this.</summary>
    internal void Next(int status, string error) => next.Enqueue((status, error));

    /// <summary>It takes the next message, and its answer is lost.</summary>
    internal void LoseTheNextAnswer() => losesAnswer = _ => true;

    /// <summary>It takes the next message to this address, and its answer is lost; other messages may come before it.</summary>
    internal void LoseTheNextAnswerTo(string mail) => losesAnswer = taken => (string?)taken["email_address"] == mail;

    /// <summary>Letters are printed and posted.</summary>
    internal void Print() => Move("letter", "accepted", "received");

    /// <summary>E-mails reach their mailboxes, or fail as their addresses say.</summary>
    internal void Deliver()
    {
        foreach (var one in Taken.Where(t => (string)t["type"]! == "email" && (string)t["status"]! == "created"))
        {
            one["status"] = (string)one["email_address"]! switch
            {
                "perm-fail@simulator.notify" => "permanent-failure",
                "temp-fail@simulator.notify" => "temporary-failure",
                _ => "delivered",
            };
            one["completed_at"] = Time(now());
        }
    }

    /// <summary>The receipt that it would post for a message.</summary>
    internal static string Receipt(JsonObject one, string? status = null) => new JsonObject
    {
        ["id"] = (string)one["id"]!,
        ["reference"] = (string?)one["reference"],
        ["to"] = (string?)one["email_address"],
        ["status"] = status ?? (string)one["status"]!,
        ["created_at"] = (string)one["created_at"]!,
        ["completed_at"] = (string?)one["completed_at"],
        ["sent_at"] = (string)one["created_at"]!,
        ["notification_type"] = (string)one["type"]!,
        ["template_id"] = (string)one["template_id"]!,
        ["template_version"] = 1,
    }.ToJsonString();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Move(string type, string from, string to)
    {
        foreach (var one in Taken.Where(t => (string)t["type"]! == type && (string)t["status"]! == from))
        {
            one["status"] = to;
        }
    }

    private async Task<IResult> SendAsync(HttpContext http, string kind)
    {
        if (Refusal(http) is { } refused)
        {
            return refused;
        }

        var sent = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        if (Wrong(kind, sent) is { } wrong)
        {
            return Error(400, wrong);
        }

        var taken = (JsonObject)sent.DeepClone();
        taken["id"] = Guid.NewGuid().ToString();
        taken["type"] = kind;
        taken["status"] = kind == "letter" ? "accepted" : "created";
        taken["created_at"] = Time(now());
        for (var line = 1; kind == "letter" && line <= 6; line++)
        {
            taken[$"line_{line}"] = (string?)sent["personalisation"]?[$"address_line_{line}"];
        }

        if (!((string?)sent["email_address"])?.StartsWith("simulate-delivered", StringComparison.Ordinal) ?? true)
        {
            Taken.Add(taken);
        }

        if (losesAnswer?.Invoke(taken) == true)
        {
            losesAnswer = null;
            http.Abort();
            return Results.Empty;
        }

        return Results.Json(new JsonObject { ["id"] = (string)taken["id"]!, ["reference"] = (string?)sent["reference"], ["uri"] = "https://x", ["content"] = new JsonObject() }, statusCode: 201);
    }

    private IResult List(HttpContext http)
    {
        if (Refusal(http) is { } refused)
        {
            return refused;
        }

        var reference = http.Request.Query["reference"].ToString();
        var olderThan = http.Request.Query["older_than"].ToString();
        var found = Enumerable.Reverse(Taken).Where(t => reference.Length == 0 || (string?)t["reference"] == reference).ToList();
        if (olderThan.Length > 0)
        {
            found = [.. found.SkipWhile(t => (string)t["id"]! != olderThan).Skip(1)];
        }

        return Results.Json(new JsonObject { ["notifications"] = new JsonArray([.. found.Take(2).Select(t => t.DeepClone())]) });
    }

    private IResult? Refusal(HttpContext http)
    {
        Calls++;
        var theirs = now() + Ahead;
        http.Response.Headers.Date = theirs.ToString("R", CultureInfo.InvariantCulture);
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return Error(401, "AuthError");
        }

        if (header["Bearer ".Length..].Split('.') is not [var head, var payload, var signature]
            || Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), Encoding.ASCII.GetBytes($"{head}.{payload}"))) != signature
            || JsonNode.Parse(Base64Url.DecodeFromChars(head)) is not JsonObject { Count: 2 } h || (string?)h["alg"] != "HS256" || (string?)h["typ"] != "JWT"
            || JsonNode.Parse(Base64Url.DecodeFromChars(payload)) is not JsonObject { Count: 2 } p || (string?)p["iss"] != Service
            || Math.Abs((long)p["iat"]! - theirs.ToUnixTimeSeconds()) > 30)
        {
            return Error(403, "AuthError");
        }

        return next.TryDequeue(out var told) && told.Status > 0 ? Error(told.Status, told.Error) : null;
    }

    private static string? Wrong(string kind, JsonObject sent)
    {
        if (sent.Any(m => !Members.Contains(m.Key)) || !Templates.TryGetValue((string)sent["template_id"]!, out var places))
        {
            return "ValidationError";
        }

        var given = sent["personalisation"]?.AsObject() ?? [];
        if (places.Any(place => given[place] is null))
        {
            return "BadRequestError";
        }

        return kind switch
        {
            "email" => Mail().IsMatch((string?)sent["email_address"] ?? "") ? null : "ValidationError",
            "sms" => sent["phone_number"] is null ? "ValidationError" : null,
            _ => Enumerable.Range(1, 7).Select(n => (string?)given[$"address_line_{n}"]).OfType<string>().ToList() is { Count: >= 3 } lines
                && Postcode().IsMatch(lines[^1]) && lines.TrueForAll(line => line.Length > 0 && !"@()=[]\"\\/,<>~".Contains(line[0], StringComparison.Ordinal)) ? null : "ValidationError",
        };
    }

    /// <summary>As Notify does, the message repeats what was sent: the hub must not pass it on.</summary>
    private static IResult Error(int status, string error) =>
        Results.Json(new { status_code = status, errors = new[] { new { error, message = "sam@example.org is not a valid address" } } }, statusCode: status);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex("^[^@ ]+@[^@ ]+[.][^@ ]+$")]
    private static partial Regex Mail();

    [GeneratedRegex("^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$")]
    private static partial Regex Postcode();
}
