using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>A correction of the child's details reaches the Patient that a body's own server made from ours, and no other.</summary>
public sealed class Correcting
{
    private static readonly RequestForAdvice Corrected = Given.Ask() with
    {
        Child = Given.Ask().Child with { GivenName = "Otto", FamilyName = "Ellesworth", DateOfBirth = new DateOnly(2012, 1, 1), NhsNumber = Given.Id<NhsNumber>("9449305552"), Postcode = null },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_made_from_ours_says_the_new_child_or_nobody(bool showsChild)
    {
        var theirs = Theirs(Given.Ask());
        theirs.Telecom.Add(new ContactPoint { System = ContactPoint.ContactPointSystem.Phone, Value = "their own" });

        var (result, patch, ifMatch) = await Correct(theirs, showsChild);

        Assert.Equal((PushOutcome.Done, "W/\"3\""), (result.End, ifMatch));
        var after = Applied(theirs, patch!);
        var wanted = showsChild ? PatientMapping.ToFhir(Corrected.Child, Corrected.Assessment) : PatientMapping.WithoutChildDetails(Corrected.Assessment);
        Assert.True(after.Identifier.IsExactly(wanted.Identifier) && after.Name.IsExactly(wanted.Name) && after.Address.IsExactly(wanted.Address));
        Assert.Equal((wanted.BirthDate, wanted.Active, "their own"), (after.BirthDate, after.Active, after.Telecom.Single().Value));
    }

    [Fact]
    public async Task What_is_right_already_is_left_alone()
    {
        var (result, patch, _) = await Correct(Theirs(Corrected), showsChild: true);

        Assert.Equal((PushOutcome.Done, null), (result.End, patch));
    }

    [Theory]
    [InlineData("9449305552", PushOutcome.Done)]
    [InlineData("9449307873", PushOutcome.NeedsHuman)]
    public async Task A_record_of_their_own_is_never_written(string number, PushOutcome end)
    {
        var (result, patch, _) = await Correct(new Patient { Id = "p", Identifier = [new Identifier(FhirUris.NhsNumber, number)] }, showsChild: true);

        Assert.Equal((end, null), (result.End, patch));
    }

    /// <summary>The school named in their copy of the request: of now, or none; and nothing that they added is lost.</summary>
    [Theory]
    [InlineData("before", true, "urn:100009", "urn:100009")]
    [InlineData("before", true, null, null)]
    [InlineData("before", false, "urn:100009", null)]
    [InlineData("now", true, "urn:100009", "unchanged")]
    [InlineData("none", true, "urn:100009", "urn:100009")]
    [InlineData("none", true, null, "unchanged")]
    [InlineData("none", false, "urn:100009", "unchanged")]
    public async Task The_school_in_their_copy_of_the_request_is_that_of_now_or_none(string theirs, bool showsChild, string? now, string? expected)
    {
        var before = new Agency { Id = Given.Id<AgencyId>("urn:100001"), Name = "The wrong school" };
        var after = now is null ? null : new Agency { Id = Given.Id<AgencyId>(now), Name = "The right school" };
        foreach (var added in new[] { false, true })
        {
            var school = theirs switch { "before" => before, "now" => after, _ => null };
            var request = RequestResources.Of(Given.Ask() with { School = school }, Given.Now).Request;
            (request.Id, request.Meta) = ("r", new Meta { VersionId = "5" });
            if (added)
            {
                request.SupportingInfo.Add(new ResourceReference("DocumentReference/their-own"));
            }

            var (result, patch, ifMatch) = await CorrectRequest(request, Corrected with { School = after }, showsChild);

            Assert.Equal(PushOutcome.Done, result.End);
            if (expected == "unchanged")
            {
                Assert.Null(patch);
                continue;
            }

            Assert.Equal("W/\"5\"", ifMatch);
            Assert.DoesNotContain("100001", patch, StringComparison.Ordinal);
            Assert.Equal(added, patch!.Contains("their-own", StringComparison.Ordinal));
            Assert.Equal(expected is not null, patch.Contains("100009", StringComparison.Ordinal));
            Assert.Equal("/supportingInfo", (string?)Assert.Single(JsonNode.Parse(patch)!.AsArray())!["path"]);
        }
    }

    [Fact]
    public async Task A_request_of_their_own_is_never_written()
    {
        var (result, patch, _) = await CorrectRequest(new ServiceRequest { Id = "r", Status = RequestStatus.Active, Intent = RequestIntent.Order, Subject = new ResourceReference("Patient/p") }, Corrected, showsChild: true);

        Assert.Equal((PushOutcome.NeedsHuman, null), (result.End, patch));
    }

    private static Patient Theirs(RequestForAdvice ask)
    {
        var patient = PatientMapping.ToFhir(ask.Child, ask.Assessment);
        (patient.Id, patient.Meta) = ("p", new Meta { VersionId = "3" });
        return patient;
    }

    private static Patient Applied(Patient patient, string patch)
    {
        var json = JsonNode.Parse(FhirWriter.Write(patient, FhirFormat.Json))!.AsObject();
        foreach (var operation in JsonNode.Parse(patch)!.AsArray())
        {
            var member = ((string)operation!["path"]!)[1..];
            if ((string?)operation["op"] == "remove")
            {
                Assert.True(json.Remove(member));
            }
            else
            {
                json[member] = operation["value"]!.DeepClone();
            }
        }

        return (Patient)FhirReader.Read(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), FhirFormats.Json).Value!;
    }

    private static async Task<(PushResult Result, string? Patch, string IfMatch)> Correct(Patient theirs, bool showsChild)
    {
        var request = RequestResources.Of(Corrected, Given.Now).Request;
        request.Id = "r";
        return await Correct(theirs, request, Corrected, showsChild, "/fhir/Patient/p");
    }

    private static async Task<(PushResult Result, string? Patch, string IfMatch)> CorrectRequest(ServiceRequest theirs, RequestForAdvice ask, bool showsChild)
    {
        var patient = showsChild ? Theirs(ask) : PatientMapping.WithoutChildDetails(ask.Assessment);
        patient.Id = "p";
        return await Correct(patient, theirs, ask, showsChild, "/fhir/ServiceRequest/r");
    }

    private static async Task<(PushResult Result, string? Patch, string IfMatch)> Correct(Patient theirs, ServiceRequest request, RequestForAdvice ask, bool showsChild, string at)
    {
        var task = RequestResources.Of(Given.Ask(), Given.Now).Task;
        (task.Id, task.For, task.Focus) = ("t", new ResourceReference("Patient/p"), new ResourceReference("ServiceRequest/r"));
        await using var body = await BodyServer.Start(async (arrived, http) =>
        {
            http.Response.ContentType = FhirFormats.Json;
            Resource answer = arrived.Path.StartsWith("/fhir/Task?", StringComparison.Ordinal) ? new Bundle { Type = Bundle.BundleType.Searchset, Entry = [new() { Resource = task }] }
                : arrived.Path.StartsWith("/fhir/ServiceRequest", StringComparison.Ordinal) ? request : theirs;
            await http.Response.Body.WriteAsync(FhirWriter.Write(answer, FhirFormat.Json), http.RequestAborted);
        });
        var endpoint = new PushEndpoint { Agency = Given.Ask().Provider.Id, Base = new Uri($"{body.Base}/fhir") };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new PushRetryOptions { Pause = TimeSpan.FromMilliseconds(1) });
        services.AddSingleton(new OutgoingOptions { AllowLoopback = true });
        services.AddFhirPush([endpoint]);
        await using var provider = services.BuildServiceProvider();

        var result = await provider.GetRequiredService<FhirPush>().CorrectAsync(endpoint, ask, showsChild, CallIds.Of("330-0000000000AA/4/1", "case"), Cancel);

        var patched = body.Calls.SingleOrDefault(call => call.Method == "PATCH" && call.Path == at);
        Assert.DoesNotContain(body.Calls, call => call.Method is not ("GET" or "PATCH"));
        return (result, patched?.Body, patched?.Headers.IfMatch.ToString() ?? "");
    }
}
