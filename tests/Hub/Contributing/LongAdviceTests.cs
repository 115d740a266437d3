using System.Security.Cryptography;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Contributing.Forms;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Contributing;

/// <summary>A correction on the contributor's page begins with all of the advice that it corrects, however that advice came.</summary>
public sealed class LongAdviceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_when_long_advice_is_opened_for_correction()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("long");
        var hash = Convert.ToHexStringLower(SHA256.HashData("x"u8));
        var content = new AdviceContent
        {
            Author = "A. Author",
            AuthorRole = "Paediatrician",
            WrittenOn = new DateOnly(2026, 6, 9),
            Needs = [.. Enumerable.Range(1, 45).Select(n => new AdviceNeed($"need-{n}", NeedArea.Health, $"Need {n}"))],
            Outcomes = [new("outcome-1", "Outcome", ["need-44"])],
            Provision = [new() { Id = "provision-1", Kind = ProvisionKind.Health, Text = "Provision", PreparesForAdulthood = true, Outcomes = ["outcome-1"] }],
            Notes = [.. Enumerable.Range(1, 60).Select(n => new AdviceNote("Note", $"Note {n}"))],
            Attachments = [new($"sha256/{hash}", "whole.fhir.json", "application/fhir+json", 1, hash)],
            Whole = hash,
        };
        await hub.SubmitAsync(id, new SubmitAdvice("medical-1", content), new Actor { Role = ActorRole.Agency, Id = "body", Agency = HubUnderTest.Asked });
        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        var opened = new OpenedRequest(state, state.Requests.First(r => r.Id == "medical-1"), null, "/c", new DateOnly(2026, 12, 1), hub.Part<RuleBook>().For(id), new DateOnly(2026, 6, 10), null);
        var form = new AdviceForm(opened);

        var draft = form.Begin(new PageDraft());
        var (step, problems) = form.Read(draft);

        Assert.Empty(problems);
        Assert.Equal(content.Needs.Select(need => need.Text), step!.Content.Needs.Select(need => need.Text));
        Assert.Equal(content.Notes, step.Content.Notes);
        Assert.Equal(["n44"], step.Content.Outcomes[0].Needs);
        Assert.Equal((content.Whole, content.Attachments.Count), (step.Content.Whole, step.Content.Attachments.Count));

        // A browser sends back only the fields that the page has.
        var provision = form.Sections.Single(section => section.Key == "provision");
        Assert.Contains(provision.Fields[0].Element!.Members, member => member.Name == "preparesForAdulthood");
        Assert.All(draft.Typed.Keys, path => Assert.True(form.IsOf(null, path), path));
        Assert.False(form.IsOf(null, "content.notes[60].text"));
    }
}
