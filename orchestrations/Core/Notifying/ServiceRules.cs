using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>When a notice that was sent in a given way is treated as served.</summary>
/// <param name="By">How the notice was sent.</param>
/// <param name="WorkingDays">Working days from sending to service; 0 for the same day.</param>
/// <param name="Citation">The law.</param>
/// <param name="Verified">Whether the rule was checked against the text of the law.</param>
/// <param name="Note">Remarks on what must be checked.</param>
public sealed record ServiceRule(NoticeChannel By, int WorkingDays, string Citation, bool Verified, string Note);

/// <summary>The rules of service, as data in service-rules.json.</summary>
public static class ServiceRules
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly Lazy<IReadOnlyDictionary<NoticeChannel, ServiceRule>> England = new(() =>
    {
        using var data = typeof(ServiceRules).Assembly.GetManifestResourceStream("IntegrationHub.Orchestrations.Notifying.service-rules.json")
            ?? throw new InvalidDataException("The file service-rules.json is not embedded in the assembly.");
        var rules = JsonSerializer.Deserialize<List<ServiceRule>>(data, Json)!.ToDictionary(r => r.By);
        return Enum.GetValues<NoticeChannel>().Where(by => !rules.ContainsKey(by)).ToList() is { Count: > 0 } missing
            ? throw new InvalidDataException($"service-rules.json has no entry for {string.Join(", ", missing)}.")
            : rules;
    });

    /// <summary>The rule of service for notices that are sent in the given way, for instance by post.</summary>
    public static ServiceRule Of(NoticeChannel by) => England.Value[by];

    /// <summary>The day on which something sent on a given day is treated as served, unless another day is known.</summary>
    public static DateOnly ServedOn(DateOnly sent, NoticeChannel by) => Of(by).WorkingDays is > 0 and var days ? WorkingCalendar.England.Add(sent, days) : sent;
}
