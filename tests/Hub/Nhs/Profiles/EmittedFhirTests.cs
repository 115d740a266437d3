using System.Net;
using Firely.Fhir.Validation;
using Hl7.Fhir.Model;
using Hl7.Fhir.Specification.Source;
using Hl7.Fhir.Specification.Terminology;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Subscriptions;
using IntegrationHub.Hub.Tests.Background;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Profiles;

/// <summary>
/// Everything that the hub sends out in FHIR holds against the definitions of R4 and the excerpts of UK Core, as Firely's validator
/// judges: invariants, cardinalities, required bindings, extensions and their contexts.
/// </summary>
public sealed class EmittedFhirTests
{
    // The definitions are read from a zip of 40 MB; once for all tests.
    private static readonly Lazy<Validator> Definitions = new(() =>
    {
        var definitions = new CachedResolver(new MultiResolver(ZipSource.CreateValidationSource(Path.Combine(AppContext.BaseDirectory, "specification.zip")), new UkCoreExcerpt()));
        var resolver = new CachedResolver(new SnapshotSource(definitions));
        return new Validator(resolver, new LocalTerminologyService(resolver), null, new ValidationSettings());
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Asks => ["verified", "no number", "pre-school", "claimed", "review"];

    [Theory]
    [MemberData(nameof(Asks))]
    public void What_a_body_is_asked_is_valid(string which)
    {
        var ask = which switch
        {
            "no number" => Given.Ask() with { Child = Given.Ask().Child with { NhsNumber = null, NhsNumberStatus = NhsNumberStatus.NotPresent } },
            "pre-school" => Given.Ask() with { School = null },
            "review" => Given.Ask() with { Review = new ReviewRequest(1, new DateOnly(2027, 5, 10), [new ReviewedLine("medical-1.1/o1", "E", "Uses the aids.")]) },
            "claimed" => Given.Ask() with { Standing = RequestProgress.ExceptionClaimed, Kind = AdviceKind.Other },
            _ => Given.Ask(),
        };

        Valid(RequestBundle.Transaction(ask, Given.Now));
        Assert.All(RequestResources.Of(ask, Given.Now).All, Valid);
    }

    [Fact]
    public void The_questionnaire_and_its_responses_are_valid()
    {
        Valid(HealthAdviceQuestionnaire.Build());
        Valid(ReviewAdviceQuestionnaire.Build());
        Valid(QuestionnaireResponseWriter.Write(Given.Advice() with { Notes = [new("Allergies", "Nuts.")] }));
    }

    [Fact]
    public async Task Every_answer_of_the_endpoint_is_valid()
    {
        await using var host = await Answering.Asked();
        await host.Get<FhirPublisher>().PublishQuestionnaireAsync(Cancel);
        var client = host.Client();
        using var accepted = await Answering.Move(client, task => task.Status = FhirTask.TaskStatus.Accepted);
        using var handedIn = await client.PostAsync("", FhirCalls.Body(await Answering.Completion(client)), Cancel);

        Valid(await handedIn.Resource<Bundle>());
        foreach (var address in (string[])["metadata", "Task", "Task?_include=Task:focus&_count=1", "Patient", "Organization", "ServiceRequest", "Questionnaire", "QuestionnaireResponse",
            $"Task/{Answering.TaskId}", $"Task/{Answering.TaskId}/_history", $"Task/{Answering.TaskId}/_history/1", "Task?status=nonsense", "Task/none", "Nonsense"])
        {
            using var answer = await client.GetAsync(address, Cancel);
            Valid(FhirReader.Read(await answer.Content.ReadAsByteArrayAsync(Cancel), FhirFormat.Json).Value!);
        }

        using var refused = await client.PostAsync("QuestionnaireResponse", FhirCalls.Body(new QuestionnaireResponse { Status = QuestionnaireResponse.QuestionnaireResponseStatus.Completed }), Cancel);
        Valid(await refused.Resource<OperationOutcome>());
    }

    /// <summary>What a message is answered with: taken, refused for a word of it, and refused as it says nothing.</summary>
    [Fact]
    public async Task The_answers_to_messages_are_valid()
    {
        await using var host = await Answering.Asked();
        var client = host.Client();
        var empty = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Accepted);
        empty.Entry.RemoveRange(1, empty.Entry.Count - 1);
        var other = MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Accepted);
        other.Entry.Add(new() { FullUrl = "urn:uuid:00000000-0000-4000-8000-000000000008", Resource = new Condition { Subject = new ResourceReference("urn:uuid:00000000-0000-4000-8000-000000000003"), Code = new CodeableConcept { Text = "Epilepsy" } } });
        foreach (var (message, taken) in new[] { (other, false), (empty, false), (MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Accepted), true), (MessagesAndSubscriptions.Message(FhirTask.TaskStatus.Completed), true) })
        {
            using var answer = await client.Send(HttpMethod.Post, "$process-message", FhirCalls.Body(message), MessagesAndSubscriptions.Ids());
            Assert.True(taken == answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
            Valid(FhirReader.Read(await answer.Content.ReadAsByteArrayAsync(Cancel), FhirFormat.Json).Value!);
        }
    }

    [Fact]
    public async Task Subscriptions_are_valid_as_requested_active_and_in_error()
    {
        foreach (var (answer, standing) in new[] { (HttpStatusCode.OK, Subscription.SubscriptionStatus.Active), (HttpStatusCode.BadGateway, Subscription.SubscriptionStatus.Error) })
        {
            using var world = new Subscribers { Answer = _ => Task.FromResult(answer) };
            await using var host = await FhirHost.Start(add: world.Serve);
            using var created = await host.Client().PostAsync("Subscription", FhirCalls.Body(Subscribers.To("https://rx1.example/hook")), Cancel);
            Valid(await created.Resource<Subscription>());

            Subscription? found = null;
            await host.Time.UntilAsync(
                TimeSpan.FromMinutes(10),
                async () => (found = await host.Client().GetResource<Subscription>(Answering.Short(host, created))).Status == standing,
                host.Get<SubscriptionDelivery>().SignalChange);
            Valid(found!);
        }
    }

    [Fact]
    public void The_validator_finds_what_is_wrong()
    {
        var task = RequestResources.Of(Given.Ask(), Given.Now).All.OfType<FhirTask>().Single();
        task.Intent = null;
        var patient = RequestResources.Of(Given.Ask(), Given.Now).All.OfType<Patient>().Single();
        patient.Identifier[0].Extension[0].Value = new CodeableConcept(FhirUris.NhsNumberVerificationStatusCodes, "99");

        Assert.NotEmpty(Errors(task));
        Assert.NotEmpty(Errors(patient));
    }

    private static void Valid(Resource resource) => Assert.True(Errors(resource) is [], $"{resource.TypeName}: {string.Join("\n", Errors(resource))}");

    private static List<string> Errors(Resource resource) =>
    [
        .. Definitions.Value.Validate(resource).Issue.Where(issue => issue.Severity is OperationOutcome.IssueSeverity.Error or OperationOutcome.IssueSeverity.Fatal)
            .Select(issue => $"{issue.Expression.FirstOrDefault()}: {issue.Details?.Text}"),
    ];
}
