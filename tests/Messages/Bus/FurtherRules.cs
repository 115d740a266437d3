using System.Globalization;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Messages.Tests.Bus;

/// <summary>The published further rules as a stranger would write them who has read docs/bus.md: of the JSON alone, without a type of the hub.</summary>
internal static class FurtherRules
{
    internal static readonly string[] Names =
    [
        "ids", "needs", "outcomes", "whole", "lines", "written", "completed", "born", "nhs number", "upn", "reopens after", "reopens late", "one line twice", "progress and notes",
    ];

    /// <summary>The first rule that a message breaks which has the form of its schema; null when it keeps all.</summary>
    internal static string? Broken(string type, JsonObject body, DateOnly today) =>
        body["child"] is JsonObject child && !NhsNumber((string?)child["nhsNumber"]) ? "nhs number"
        : body["child"] is JsonObject pupil && !Upn((string?)pupil["upn"]) ? "upn"
        : body["advice"] is JsonObject advice && OfAdvice(advice, today) is { } broken ? broken
        : type == BusMessages.ReviewAdviceSubmitted ? OfReview(body)
        : type == BusMessages.AssessmentPushed ? OfPush(body, today)
        : type == BusMessages.SchoolClosurePublished ? OfClosure(body, today)
        : null;

    private static string? OfAdvice(JsonObject advice, DateOnly today)
    {
        var ids = ((string[])["views", "needs", "outcomes", "provision"]).SelectMany(list => Ids(advice, list)).ToList();
        return ids.Count > 500 ? "lines"
            : ids.Distinct().Count() != ids.Count ? "ids"
            : !References(advice, "outcomes", "needs").All(Ids(advice, "needs").Contains) ? "needs"
            : !References(advice, "provision", "outcomes").All(Ids(advice, "outcomes").Contains) ? "outcomes"
            : advice["whole"] is { } whole && Items(advice, "attachments").All(one => (string?)one["sha256"] != (string?)whole) ? "whole"
            : Day(advice, "writtenOn") > today ? "written"
            : null;
    }

    private static string? OfReview(JsonObject body)
    {
        var lines = Items(body, "progress").Select(one => (string)one["line"]!).ToList();
        return lines.Distinct().Count() != lines.Count ? "one line twice"
            : lines.Count + Items((JsonObject)body["advice"]!, "notes").Count() > 500 ? "progress and notes"
            : null;
    }

    private static string? OfPush(JsonObject body, DateOnly today)
    {
        var born = Day((JsonObject)body["child"]!, "dateOfBirth");
        return Day(body, "completedOn") > today ? "completed"
            : Day(body, "completedOn") < born || Day((JsonObject)body["advice"]!, "writtenOn") < born ? "born"
            : null;
    }

    private static string? OfClosure(JsonObject body, DateOnly today) =>
        Day(body, "reopensOn") <= Day(body, "closedFrom") ? "reopens after"
        : Day(body, "reopensOn") > today.AddDays(400) ? "reopens late"
        : null;

    private static IEnumerable<JsonObject> Items(JsonObject advice, string list) => ((JsonArray?)advice[list] ?? []).Cast<JsonObject>();

    private static List<string> Ids(JsonObject advice, string list) => [.. Items(advice, list).Select(line => (string)line["id"]!)];

    private static IEnumerable<string> References(JsonObject advice, string list, string member) =>
        Items(advice, list).SelectMany(line => (JsonArray?)line[member] ?? []).Select(id => (string)id!);

    private static DateOnly Day(JsonObject of, string member) => DateOnly.ParseExact((string)of[member]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // https://www.datadictionary.nhs.uk/attributes/nhs_number.html: modulus 11.
    private static bool NhsNumber(string? digits) =>
        digits is null || (digits.Distinct().Count() > 1 && (digits.Take(9).Select((digit, index) => (digit - '0') * (10 - index)).Sum() + digits[9] - '0') % 11 == 0);

    // The department's UPN guide: weights 2 to 13, modulus 23; the letters without I, O and S.
    private static bool Upn(string? upn)
    {
        const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ";
        return upn is null || Letters[upn[1..].Select((c, index) => (char.IsAsciiDigit(c) ? c - '0' : Letters.IndexOf(c, StringComparison.Ordinal)) * (index + 2)).Sum() % 23] == upn[0];
    }
}
