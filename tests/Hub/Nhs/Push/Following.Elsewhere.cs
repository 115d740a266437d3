using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs.Push;

/// <summary>What a body writes in other places of its Task, or over what it wrote before.</summary>
public sealed partial class Following
{
    [Fact]
    public async Task A_note_that_is_written_over_is_read_again()
    {
        await using var host = await Answering.Asked();
        var provider = new Provider();
        (provider.Task.Status, provider.Task.Output, provider.Task.Note) = (FhirTask.TaskStatus.Accepted, [], [new Annotation { Text = new Markdown("Seen on Monday.") }]);
        await using var body = await BodyServer.Start(provider.Answer);
        var follower = Follower(host, body);
        await follower.PollAllAsync(Cancel);
        (provider.Task.Note, provider.Task.Meta!.VersionId) = ([new Annotation { Text = new Markdown("The family has moved to Leeds.") }], "8");

        Assert.Equal((1, 0), (await follower.PollAllAsync(Cancel), await follower.PollAllAsync(Cancel)));

        Assert.Contains(host.Exchange.Delivered[^1].Said, one => one.Text == "The family has moved to Leeds.");
    }

    [Fact]
    public async Task Advice_that_is_corrected_or_taken_back_at_the_body_is_read_again()
    {
        await using var host = await Answering.Asked();
        var provider = new Provider();
        await using var body = await BodyServer.Start(provider.Answer);
        var follower = Follower(host, body);
        Assert.Equal((1, 0), (await follower.PollAllAsync(Cancel), await follower.PollEndedAsync(Cancel)));
        Assert.Equal(2, host.Exchange.Delivered.Count);

        // The response is amended where it is; its Task stays as it was.
        provider.Advice.Status = QuestionnaireResponse.QuestionnaireResponseStatus.Amended;
        provider.Advice.Item[2].Item[1].Answer[0].Value = new FhirString("changed");
        Assert.Equal((0, 1, 0), (await follower.PollAllAsync(Cancel), await follower.PollEndedAsync(Cancel), await follower.PollEndedAsync(Cancel)));
        Assert.True(host.Exchange.Delivered[^1].IsCorrection);
        Assert.Equal("changed", host.Exchange.Delivered[^1].Advice!.Views[0].Text);

        provider.Advice.Status = QuestionnaireResponse.QuestionnaireResponseStatus.EnteredInError;
        Assert.Equal((1, 0), (await follower.PollEndedAsync(Cancel), await follower.PollEndedAsync(Cancel)));
        Assert.True(host.Exchange.Delivered[^1] is { IsCorrection: true, Advice: null });
        Assert.Empty(host.Exchange.Troubles);

        // Advice about another child is never taken, and somebody is told.
        provider.Advice.Status = QuestionnaireResponse.QuestionnaireResponseStatus.Amended;
        provider.Advice.Subject = new ResourceReference("Patient/other-child");
        Assert.Equal(0, await follower.PollEndedAsync(Cancel));
        Assert.Single(host.Exchange.Troubles);
    }

    [Fact]
    public async Task A_body_that_refused_and_then_accepts_is_heard()
    {
        await using var host = await Answering.Asked();
        var provider = new Provider();
        (provider.Task.Status, provider.Task.StatusReason, provider.Task.Output) = (FhirTask.TaskStatus.Rejected, new CodeableConcept { Text = "Not known." }, []);
        await using var body = await BodyServer.Start(provider.Answer);
        var follower = Follower(host, body);
        Assert.Equal((1, 0), (await follower.PollAllAsync(Cancel), await follower.PollEndedAsync(Cancel)));

        (provider.Task.Status, provider.Task.StatusReason, provider.Task.Meta!.VersionId) = (FhirTask.TaskStatus.Accepted, null, "8");

        Assert.Equal((0, 1), (await follower.PollAllAsync(Cancel), await follower.PollEndedAsync(Cancel)));
        Assert.Equal([FhirTask.TaskStatus.Rejected, FhirTask.TaskStatus.Accepted], host.Exchange.Delivered.Select(change => change.To));
        Assert.Empty(host.Exchange.Troubles);
    }

    [Theory]
    [InlineData("p", 1)]
    [InlineData("of-another-child", 0)]
    public async Task A_document_inside_an_attachment_names_the_child_by_the_bodys_own_address(string patient, int moved)
    {
        await using var host = await Answering.Asked();
        var provider = new Provider();
        await using var body = await BodyServer.Start(provider.Answer);
        var letter = AdviceLetter.Bundle();
        ((Composition)letter.Entry[0].Resource!).Subject = new ResourceReference($"{body.Base}/fhir/Patient/{patient}");
        provider.Letter = new DocumentReference
        {
            Id = "d",
            Status = DocumentReferenceStatus.Current,
            Subject = new ResourceReference("Patient/p"),
            Content = [new() { Attachment = new Attachment { ContentType = FhirFormats.Json, Data = FhirWriter.Write(letter, FhirFormat.Json), Title = "letter.json" } }],
        };
        provider.Task.Output[0].Value = new ResourceReference("DocumentReference/d");

        Assert.Equal(moved, await Follower(host, body).PollAllAsync(Cancel));

        Assert.Equal((moved * 2, 1 - moved), (host.Exchange.Delivered.Count, host.Exchange.Troubles.Count));
        Assert.Equal(moved, host.Exchange.Delivered.Count(change => change.Advice?.Needs.Any(need => need.Text == "Epilepsy.") == true));
    }

    [Theory]
    [InlineData("modifier", 0)]
    [InlineData("implicit rules", 0)]
    [InlineData("words", 1)]
    [InlineData("contained", 1)]
    [InlineData("extension", 1)]
    public async Task What_stands_elsewhere_in_a_bodys_Task_is_read_or_somebody_is_told(string what, int moved)
    {
        await using var host = await Answering.Asked();
        var provider = new Provider();
        (provider.Task.Status, provider.Task.Output) = (FhirTask.TaskStatus.Accepted, []);
        switch (what)
        {
            case "modifier": provider.Task.ModifierExtension.Add(new Extension("urn:example:not", new FhirBoolean(true))); break;
            case "implicit rules": provider.Task.ImplicitRules = "urn:example:rules"; break;
            case "words": provider.Task.Description = "The family has moved to Leeds."; break;
            case "contained": provider.Task.Contained.Add(new Basic { Id = "b", Code = new CodeableConcept { Text = "The family has moved to Leeds." } }); provider.Task.ReasonReference = new ResourceReference("#b"); break;
            default: provider.Task.Extension.Add(new Extension("urn:example:where", new FhirString("The family has moved to Leeds."))); break;
        }

        await using var body = await BodyServer.Start(provider.Answer);
        var follower = Follower(host, body);

        Assert.Equal((what, moved, 0), (what, await follower.PollAllAsync(Cancel), await follower.PollAllAsync(Cancel)));

        if (moved == 1)
        {
            Assert.Contains(host.Exchange.Delivered[^1].Said, one => one.Text.Contains("The family has moved to Leeds.", StringComparison.Ordinal));
            Assert.Empty(host.Exchange.Troubles);
            return;
        }

        Assert.Empty(host.Exchange.Delivered);
        Assert.NotEmpty(host.Exchange.Troubles);
        Assert.DoesNotContain(host.Exchange.Troubles, trouble => trouble.Detail.Contains("Leeds", StringComparison.Ordinal));
    }
}
