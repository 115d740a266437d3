using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Contributing.Forms;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Contributing;

/// <summary>A correction on the contributor's page links each outcome and provision to the same lines as the advice that it corrects.</summary>
public sealed class AdviceLinksTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_linked_to_none_to_some_and_to_all_stay_so_in_a_correction()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var form = await FormAsync(hub, "links");

        var draft = form.Begin(new PageDraft());

        AssertSameLinks(form, draft);

        // An outcome is removed by emptying its text.
        var fewer = draft with { Typed = draft.Typed.Where(t => t.Key != "content.outcomes[0].text" && t.Key != "content.provision[2].outcomes").ToDictionary() };
        var (step, problems) = form.Read(fewer);
        Assert.Empty(problems);
        Assert.Equal(["Outcome 2", "Outcome 3"], step!.Content.Outcomes.Select(outcome => outcome.Text));
        Assert.Equal(["o2", "o3"], step.Content.Provision[2].Outcomes);
    }

    [Fact]
    public async Task A_line_linked_to_none_stays_so_in_a_draft_that_an_earlier_version_stored()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var form = await FormAsync(hub, "stored");
        var stored = new PageDraft { Begun = true, Typed = form.Begin(new PageDraft()).Typed.Where(t => t.Value != "none").ToDictionary() };

        var draft = form.Begin(stored);

        AssertSameLinks(form, draft);

        // The adviser can still empty the field, which links the line to all.
        var (step, problems) = form.Read(form.Begin(draft with { Typed = draft.Typed.Where(t => t.Key != "content.outcomes[0].needs").ToDictionary() }));
        Assert.Empty(problems);
        Assert.Equal(["n1", "n2"], step!.Content.Outcomes[0].Needs);
    }

    private static void AssertSameLinks(AdviceForm form, PageDraft draft)
    {
        var (step, problems) = form.Read(draft);

        Assert.Empty(problems);
        Assert.Equal(["", "n2", "n1, n2"], step!.Content.Outcomes.Select(outcome => string.Join(", ", outcome.Needs)));
        Assert.Equal(["", "o3", "o1, o2, o3"], step.Content.Provision.Select(provision => string.Join(", ", provision.Outcomes)));
    }

    private static async Task<AdviceForm> FormAsync(HubUnderTest hub, string name)
    {
        var id = await hub.SeedAsync(name);
        var content = new AdviceContent
        {
            Author = "A. Author",
            AuthorRole = "Paediatrician",
            WrittenOn = new DateOnly(2026, 6, 9),
            Needs = [new("need-1", NeedArea.Health, "Need 1"), new("need-2", NeedArea.Health, "Need 2")],
            Outcomes = [new("outcome-1", "Outcome 1", []), new("outcome-2", "Outcome 2", ["need-2"]), new("outcome-3", "Outcome 3", ["need-1", "need-2"])],
            Provision =
            [
                new() { Id = "provision-1", Kind = ProvisionKind.Health, Text = "Provision 1" },
                new() { Id = "provision-2", Kind = ProvisionKind.Health, Text = "Provision 2", Outcomes = ["outcome-3"] },
                new() { Id = "provision-3", Kind = ProvisionKind.Health, Text = "Provision 3", Outcomes = ["outcome-1", "outcome-2", "outcome-3"] },
            ],
        };
        await hub.SubmitAsync(id, new SubmitAdvice("medical-1", content), new Actor { Role = ActorRole.Agency, Id = "body", Agency = HubUnderTest.Asked });
        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        return new AdviceForm(new OpenedRequest(state, state.Requests.First(r => r.Id == "medical-1"), null, "/c", new DateOnly(2026, 12, 1), hub.Part<RuleBook>().For(id), new DateOnly(2026, 6, 10), null));
    }
}
