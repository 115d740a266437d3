using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>The body that is pushed to is Medplum's FHIR router (npm: <c>cd tests/peers &amp;&amp; npm ci</c>), which nobody here wrote.</summary>
public sealed class PushToMedplum : IAsyncLifetime
{
    private static readonly CallIds Ids = CallIds.Of("330-0000000000AA/4/1", "case");

    private Process? process;
    private HttpClient theirs = new();
    private string missing = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var peers = Path.Combine(Root(), "tests", "peers");
        if (!Directory.Exists(Path.Combine(peers, "node_modules", "@medplum", "fhir-router")))
        {
            missing = "Medplum's router is not installed: cd tests/peers && npm ci";
            return;
        }

        process = Process.Start(new ProcessStartInfo("node", ["--experimental-websocket", "--no-warnings", "fhir-server.mjs"]) { WorkingDirectory = peers, RedirectStandardOutput = true })!;
        var port = await process.StandardOutput.ReadLineAsync(Cancel);
        theirs = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
    }

    [Fact]
    public async Task An_ask_whose_answer_was_lost_is_there_once_after_the_next_attempt()
    {
        Required();
        var (endpoint, push) = Pusher();
        await theirs.PostAsync("test/fail?status=-2&times=9", null, Cancel);
        var lost = await push.AskAsync(endpoint, Given.Ask(), Given.Now, Ids, Cancel);
        await theirs.PostAsync("test/fail?status=0&times=0", null, Cancel);

        var again = await push.AskAsync(endpoint, Given.Ask(), Given.Now, Ids, Cancel);

        Assert.Equal((PushOutcome.Transient, PushOutcome.Done), (lost.End, again.End));
        foreach (var type in new[] { "Task", "ServiceRequest", "Patient" })
        {
            Assert.Equal(1, await Count(type));
        }

        var asks = (await theirs.GetFromJsonAsync<JsonArray>("test/seen", Cancel))!.Where(call => (string?)call!["method"] == "POST").ToList();
        Assert.True(asks.Count >= 2);
        Assert.Single(asks.Select(call => ((string?)call!["requestId"], (string?)call["correlationId"])).Distinct());
        var task = (await push.LookAsync(endpoint, Given.Ask().RequestId, Ids, Cancel)).Task!;
        Assert.StartsWith("Patient/", task.For!.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chasing_and_withdrawing_change_their_task()
    {
        Required();
        var (endpoint, push) = Pusher();
        var early = await push.ChaseAsync(endpoint, Given.Ask().RequestId, Ids, Cancel);
        await push.AskAsync(endpoint, Given.Ask() with { Standing = RequestProgress.Open }, Given.Now, Ids, Cancel);

        var chased = await push.ChaseAsync(endpoint, Given.Ask().RequestId, Ids, Cancel);
        var standing = (await push.LookAsync(endpoint, Given.Ask().RequestId, Ids, Cancel)).Task!.BusinessStatus;
        var withdrawn = await push.WithdrawAsync(endpoint, Given.Ask().RequestId, "The family moved away.", Ids, Cancel);
        var task = (await push.LookAsync(endpoint, Given.Ask().RequestId, Ids, Cancel)).Task!;

        Assert.Equal((PushOutcome.Transient, PushOutcome.Done, PushOutcome.Done), (early.End, chased.End, withdrawn.End));
        Assert.Equal(RequestProgress.Chased, RequestCodes.ProgressOf(standing));
        Assert.Equal((FhirTask.TaskStatus.Cancelled, "The family moved away."), (task.Status!.Value, task.StatusReason!.Text));
        Assert.Equal(PushOutcome.Done, (await push.ChaseAsync(endpoint, Given.Ask().RequestId, Ids, Cancel)).End);
    }

    [Fact]
    public async Task Advice_that_the_body_keeps_at_home_is_followed_into_the_assessment()
    {
        Required();
        await using var host = await Answering.Asked();
        var (endpoint, push) = Pusher();
        var follower = ActivatorUtilities.CreateInstance<TaskFollower>(host.Services, new PushEndpoints([endpoint]), push, ActivatorUtilities.CreateInstance<TaskStatusChanges>(host.Services, push));
        await push.AskAsync(endpoint, Given.Ask(), Given.Now, Ids, Cancel);
        Assert.Equal(0, await follower.PollAllAsync(Cancel));

        var task = (await push.LookAsync(endpoint, Given.Ask().RequestId, Ids, Cancel)).Task!;
        var binary = await Create(new Binary { ContentType = "application/pdf", Data = "%PDF-1.7\n"u8.ToArray() });
        var document = await Create(new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Subject = new ResourceReference(task.For!.Reference),
            Content = [new() { Attachment = new Attachment { Url = $"Binary/{binary.Id}", Title = "scan.pdf" } }],
        });
        var response = Answering.Response("x");
        response.Subject = new ResourceReference(task.For.Reference);
        response.BasedOn = [new ResourceReference(task.Focus!.Reference)];
        response = (QuestionnaireResponse)await Create(response);
        Answering.Complete(task, $"QuestionnaireResponse/{response.Id}");
        Answering.Complete(task, $"DocumentReference/{document.Id}");
        using var put = await theirs.PutAsync($"fhir/Task/{task.Id}", FhirCalls.Body(task), Cancel);
        Assert.Equal(200, (int)put.StatusCode);

        Assert.Equal(1, await follower.PollAllAsync(Cancel));
        Assert.Equal(0, await follower.PollAllAsync(Cancel));

        Assert.Equal([FhirTask.TaskStatus.Accepted, FhirTask.TaskStatus.Completed], host.Exchange.Delivered.Select(change => change.To));
        var advice = host.Exchange.Delivered[^1].Advice!;
        Assert.Equivalent(Given.Advice().Provision, advice.Provision, strict: true);
        Assert.Equal("scan.pdf", advice.Attachments.Single().FileName);
        Assert.Equal("ods:RX1", host.Exchange.Delivered[^1].Who);
    }

    public async ValueTask DisposeAsync()
    {
        theirs.Dispose();
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    private void Required()
    {
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing.Length > 0, missing);
    }

    private (PushEndpoint Endpoint, FhirPush Push) Pusher()
    {
        var endpoint = new PushEndpoint { Agency = Given.Ask().Provider.Id, Base = new Uri(theirs.BaseAddress!, "fhir") };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new PushRetryOptions { Pause = TimeSpan.FromMilliseconds(1) });
        services.AddSingleton(new OutgoingOptions { AllowLoopback = true });
        services.AddFhirPush([endpoint]);
        return (endpoint, services.BuildServiceProvider().GetRequiredService<FhirPush>());
    }

    private async Task<int> Count(string type) =>
        (await (await theirs.GetAsync($"fhir/{type}?_total=accurate", Cancel)).Resource<Bundle>()).Entry.Count;

    private async Task<Resource> Create(Resource resource)
    {
        using var response = await theirs.PostAsync($"fhir/{resource.TypeName}", FhirCalls.Body(resource), Cancel);
        Assert.Equal(201, (int)response.StatusCode);
        return FhirReader.Read(await response.Content.ReadAsByteArrayAsync(Cancel), FhirFormats.Json).Value!;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", ".."));
}
