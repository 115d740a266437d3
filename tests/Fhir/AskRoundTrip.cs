using CsCheck;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Fhir.Tests;

public sealed class AskRoundTrip
{
    private static readonly Gen<RequestForAdvice> Asks =
        from given in Gen.OneOf("Zoë", "O'Neil", "李", "A B", "\U0001F600x")
        from number in Gen.OneOf<NhsNumber?>(null, Given.Id<NhsNumber>("9449307873"), Given.Id<NhsNumber>("9000000009"))
        from status in Gen.Enum<NhsNumberStatus>()
        from kind in Gen.Enum<AdviceKind>()
        from standing in Gen.Enum<RequestProgress>()
        from school in Gen.Bool
        from received in Gen.Int[0, 9]
        from provider in Gen.OneOf("ods:RX1", "la:330/social-care", "ukprn:10001234")
        let ask = Given.Ask()
        select ask with
        {
            Child = ask.Child with { GivenName = given, NhsNumber = number, NhsNumberStatus = number is null ? null : status },
            Kind = kind,
            Standing = standing,
            School = school ? ask.School : null,
            ReceivedByBodyOn = received > 0 ? ask.RequestedOn.AddDays(received) : null,
            Provider = new Agency { Id = Given.Id<AgencyId>(provider), Name = "Body" },
        };

    [Theory]
    [InlineData(FhirFormat.Json)]
    [InlineData(FhirFormat.Xml)]
    public void An_ask_survives_the_bundle_on_the_wire(FhirFormat format) => Asks.Sample(
        ask =>
        {
            var bytes = FhirWriter.Write(RequestBundle.Transaction(ask, Given.Now), format);
            var read = FhirReader.Read(bytes, format);
            Assert.Empty(read.Problems);
            var back = RequestReading.Read((Bundle)read.Value!);
            Assert.Empty(back.Problems);
            Assert.Equal(ask, back.Value);
        },
        iter: 300,
        seed: "0000KOIPe036",
        threads: 1);

    [Theory]
    [InlineData(FhirFormat.Json)]
    [InlineData(FhirFormat.Xml)]
    public void An_ask_for_a_review_has_a_code_and_a_form_of_its_own_and_survives_the_wire(FhirFormat format)
    {
        var ask = Given.Ask() with
        {
            ReceivedByBodyOn = null,
            Review = new ReviewRequest(2, new DateOnly(2027, 5, 10), [new ReviewedLine("medical-1.1/o1", "E", "Uses the aids."), new ReviewedLine("medical-1.1/p1", "G", "Audiology, \u201ctwice a term\u201d.")]),
        };

        var read = FhirReader.Read(FhirWriter.Write(RequestBundle.Transaction(ask, Given.Now), format), format);

        Assert.Empty(read.Problems);
        var task = ((Bundle)read.Value!).Entry.Select(e => e.Resource).OfType<FhirTask>().Single();
        Assert.Equal(RequestCodes.TaskReviewAdvice, RequestCodes.CodeIn(task.Code, FhirUris.AdviceTaskCodes));
        Assert.Contains(task.Input, input => input.Value is Canonical { Value: ReviewAdviceQuestionnaire.Canonical });
        var back = RequestReading.Read((Bundle)read.Value).Value!;
        Assert.Equal((ask.Review.Number, ask.Review.MeetingOn), (back.Review!.Number, back.Review.MeetingOn));
        Assert.Equal(ask.Review.Lines, back.Review.Lines);
        Assert.Equal(ask with { Review = null }, back with { Review = null });
    }

    [Theory]
    [InlineData(FhirFormat.Json)]
    [InlineData(FhirFormat.Xml)]
    public void Documents_go_along_with_an_address_and_a_size_that_a_strict_reader_takes(FhirFormat format)
    {
        var document = new AttachmentRef("t", "letter.pdf", "application/pdf", 435, new string('a', 64));
        var ask = Given.Ask() with { Documents = [document], HubAddress = "https://hub.example" };

        var read = FhirReader.Read(FhirWriter.Write(RequestBundle.Transaction(ask, Given.Now), format), format);

        Assert.Empty(read.Problems);
        var attachment = ((Bundle)read.Value!).Entry.Select(e => e.Resource).OfType<FhirTask>().Single().Input.Select(i => i.Value).OfType<Attachment>().Single();
        Assert.Equal(($"https://hub.example/v1/cases/{ask.Assessment}/attachments/{document.Sha256}", "435"), (attachment.Url, (attachment["size"] as PrimitiveType)?.ToString()));
    }

    /// <summary>R4 has no number that is written as a string; the SDK shares types with R5, which has.</summary>
    [Fact]
    public void No_number_is_written_as_a_string()
    {
        // The strict reader knows each number of R4 by its kind: it refuses whatever is written in another.
        foreach (var size in (long[])[0, 1, int.MaxValue])
        {
            var json = System.Text.Encoding.UTF8.GetString(FhirWriter.Write(new DocumentReference { Content = [new() { Attachment = new Attachment { Size = size } }] }, FhirFormat.Json));
            Assert.Contains($"\"size\":{size}}}", json, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_entry_is_conditional_and_every_reference_points_into_the_bundle()
    {
        var bundle = RequestBundle.Transaction(Given.Ask(), Given.Now);

        var urls = bundle.Entry.Select(entry => entry.FullUrl).ToHashSet();
        Assert.Equal(["Patient", "Organization", "Organization", "Organization", "ServiceRequest", "Task"], bundle.Entry.Select(entry => entry.Resource!.TypeName));
        Assert.All(bundle.Entry, entry => Assert.StartsWith("identifier=https%3A%2F%2F", entry.Request!.IfNoneExist, StringComparison.Ordinal));
        var task = bundle.Entry.Select(entry => entry.Resource).OfType<FhirTask>().Single();
        Assert.All(new[] { task.Focus, task.For, task.Owner, task.Requester }, reference => Assert.Contains(reference!.Reference, urls));
        Assert.Equal("2026-03-03", task.Restriction!.Period!.Start);
        Assert.Equal("2026-04-14", task.Restriction.Period.End);
    }

    [Fact]
    public void The_same_request_always_has_the_same_urls()
    {
        var first = RequestBundle.Transaction(Given.Ask(), Given.Now);
        var again = RequestBundle.Transaction(Given.Ask(), Given.Now.AddDays(3));

        Assert.Equal(first.Entry.Select(entry => entry.FullUrl), again.Entry.Select(entry => entry.FullUrl));
    }

    [Fact]
    public void Only_a_verified_nhs_number_joins_an_existing_patient()
    {
        var ask = Given.Ask();
        var unverified = ask with { Child = ask.Child with { NhsNumberStatus = NhsNumberStatus.PresentNotTraced } };

        Assert.Contains("nhs-number", RequestBundle.Transaction(ask, Given.Now).Entry[0].Request!.IfNoneExist!, StringComparison.Ordinal);
        Assert.Contains("assessment-subject", RequestBundle.Transaction(unverified, Given.Now).Entry[0].Request!.IfNoneExist!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_without_a_number_says_so_and_the_upn_stays_home()
    {
        var ask = Given.Ask();
        var child = ask.Child with { NhsNumber = null, NhsNumberStatus = null, Upn = Given.Id<Upn>("B801200005001") };

        var patient = PatientMapping.ToFhir(child, ask.Assessment);

        Assert.NotNull(patient.GetExtension(FhirUris.NhsNumberUnavailableReason));
        Assert.DoesNotContain(patient.Identifier, identifier => identifier.System is FhirUris.NhsNumber or FhirUris.Upn);
    }

    [Fact]
    public void A_bundle_that_is_no_ask_is_refused_with_every_reason()
    {
        var bundle = RequestBundle.Transaction(Given.Ask(), Given.Now);
        var task = bundle.Entry.Select(entry => entry.Resource).OfType<FhirTask>().Single();
        task.For = new ResourceReference("urn:uuid:00000000-0000-0000-0000-000000000000");
        task.GroupIdentifier = null;

        var read = RequestReading.Read(bundle);

        Assert.Null(read.Value);
        Assert.Equal(["Task.for", "Task.groupIdentifier"], read.Problems.Select(problem => problem.Path));
    }
}
