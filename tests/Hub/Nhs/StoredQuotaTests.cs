using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using Microsoft.Extensions.DependencyInjection;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>What is accepted is kept for ever, so there is a limit to what one caller may store, whichever endpoint it uses.</summary>
public sealed class StoredQuotaTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every way to write.</summary>
    private static readonly Dictionary<string, Func<HttpClient, Task<HttpResponseMessage>>> Writes = new(StringComparer.Ordinal)
    {
        ["native Binary"] = client => client.PostAsync("Binary", FhirCalls.Body(new byte[10], "application/pdf"), Cancel),
        ["create"] = client => client.PostAsync("QuestionnaireResponse", FhirCalls.Body(Answering.Response(PatientMapping.IdOf(Given.Ask().Assessment))), Cancel),
        ["update"] = client => Answering.Move(client, task => task.Status = Hl7.Fhir.Model.Task.TaskStatus.Accepted),
        ["patch"] = client => client.Send(
            HttpMethod.Patch, $"Task/{Answering.TaskId}", FhirCalls.Body("""[{"op":"replace","path":"/status","value":"accepted"}]"""u8.ToArray(), FhirFormats.JsonPatch)),
        ["transaction"] = client => client.PostAsync(
            "", FhirCalls.Body(new Bundle { Type = Bundle.BundleType.Transaction, Entry = [new() { Resource = new Binary { ContentType = "application/pdf", Data = [1] }, Request = new() { Method = Bundle.HTTPVerb.POST, Url = "Binary" } }] }), Cancel),
        ["subscription"] = client => client.PostAsync("Subscription", FhirCalls.Body(Subscription()), Cancel),
    };

    public static TheoryData<string> Endpoints => [.. Writes.Keys];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_caller_who_has_stored_its_share_is_refused_by_every_endpoint_and_nobody_else_is(string endpoint)
    {
        await using var host = await Full();
        var before = await host.Store.StoredByAsync("ods:RX1", Cancel);
        using var counted = new CountedRefusals(host.Get<System.Diagnostics.Metrics.IMeterFactory>());

        using var refused = await Writes[endpoint](host.Client());
        using var other = await host.Client("RX2").PostAsync("Binary", FhirCalls.Body(new byte[10], "application/pdf"), Cancel);

        Assert.Equal((413, OperationOutcome.IssueType.TooCostly), await refused.Refusal() is var (status, issue) ? (status, issue.Code!.Value) : default);
        Assert.Equal(before, await host.Store.StoredByAsync("ods:RX1", Cancel));
        Assert.Equal(201, (int)other.StatusCode);
        Assert.Equal(1, counted[nameof(RefusalReason.TooMuchStored)]);
    }

    [Fact]
    public async Task What_takes_back_is_taken_from_a_caller_who_has_stored_its_share()
    {
        await using var host = await Full(configure: options => options.MaxStoredVersions = 3, binaries: 2, subscribes: true);

        using var full = await Writes["native Binary"](host.Client());
        var subscription = (await host.Client().GetResource<Bundle>("Subscription")).Entry.Single().Resource!.Id;
        using var deleted = await host.Client().DeleteAsync($"Subscription/{subscription}", Cancel);

        Assert.Equal((413, 204), ((int)full.StatusCode, (int)deleted.StatusCode));
    }

    [Theory]
    [InlineData(2, long.MaxValue)]
    [InlineData(long.MaxValue, 1000)]
    public async Task Either_bound_refuses(long versions, long bytes)
    {
        await using var host = await FhirHost.Start(configure: options => (options.MaxStoredVersions, options.MaxStoredBytes) = (versions, bytes));

        var answers = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await Writes["native Binary"](host.Client());
            answers.Add((int)answer.StatusCode);
        }

        Assert.Equal(201, answers[0]);
        Assert.Equal(413, answers[^1]);
    }

    [Fact]
    public async Task Before_the_share_is_used_health_warns_without_naming_the_sender()
    {
        await using var host = await FhirHost.Start(configure: options => options.MaxStoredVersions = 10);
        var rooms = host.Services.GetServices<IFreeSpaceMeter>().ToList();
        for (var i = 0; i < 9; i++)
        {
            Assert.Empty(BackgroundHealth.Lines(rooms));
            using var kept = await Writes["native Binary"](host.Client());
        }

        using var last = await Writes["native Binary"](host.Client());

        Assert.Equal(201, (int)last.StatusCode);
        Assert.Equal(["degraded: the storage for one FHIR sender: 90 % used"], BackgroundHealth.Lines(rooms));
        Assert.Equal(("ods:RX1", 0.9), rooms.SelectMany(watch => watch.Measured).Select(room => (room.Holder, room.Used)).Single());
    }

    private static async Task<FhirHost> Full(Action<FhirEndpointOptions>? configure = null, int binaries = 3, bool subscribes = false)
    {
        var host = await FhirHost.Start(configure: configure ?? (options => options.MaxStoredVersions = 3));
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask(), Cancel);
        for (var i = 0; i < binaries; i++)
        {
            using var kept = await Writes["native Binary"](host.Client());
            Assert.Equal(201, (int)kept.StatusCode);
        }

        if (subscribes)
        {
            using var kept = await Writes["subscription"](host.Client());
            Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync(Cancel));
        }

        return host;
    }

    private static Subscription Subscription() => new()
    {
        Status = Hl7.Fhir.Model.Subscription.SubscriptionStatus.Requested,
        Reason = "News of Tasks.",
        Criteria = "Task?status=requested",
        Channel = new() { Type = Hl7.Fhir.Model.Subscription.SubscriptionChannelType.RestHook, Endpoint = "https://rx1.example/hook" },
    };
}
