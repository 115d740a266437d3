using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Families.Asking;
using IntegrationHub.Functions.Families.Forms;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Hub.Tests.Families;

/// <summary>A family's request that was interrupted after its case was opened, and changed before it is sent again.</summary>
public sealed class InterruptedRequestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("worries", "Loud rooms are too much. He has stopped eating.", true)]
    [InlineData("givenName", "Barnabus", false)]
    [InlineData("address", "9 Other Row\nExampleton\nEX2 2AB", false)]
    [InlineData("worries", "Loud rooms are too much.", true)]
    public async Task What_was_changed_is_in_the_case_or_refused_and_no_other_child_comes_into_it(string field, string typed, bool isTaken)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var rules = hub.Part<RuleBook>().For(await hub.SeedAsync("rules"));
        rules = rules with { Council = rules.Council with { Icb = new Agency { Id = HubUnderTest.Parse<AgencyId>("ods:QHL"), Name = "An ICB" } } };
        var page = new FamilyRequestPage(rules, "asks@family.example", "name", new DateOnly(2026, 6, 10));
        var id = page.CaseOf(0);
        var isDown = true;
        var take = hub.Part<TakeInput>();
        TakeInput interrupted = (delivery, onlyAt, cancellationToken) =>
            isDown && delivery.MessageId.EndsWith("/link", StringComparison.Ordinal) ? throw new IOException("The hub was stopped.") : take(delivery, onlyAt, cancellationToken);
        var submission = ActivatorUtilities.CreateInstance<FamilyRequestSubmission>(hub.Part<IServiceProvider>(), interrupted);
        await Assert.ThrowsAsync<IOException>(() => SendAsync(1, "worries", "Loud rooms are too much."));
        isDown = false;

        var refusal = await SendAsync(2, field, typed);

        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        Assert.Equal(("Zephyrine", isTaken ? null : "sent-otherwise"), (state.Facts!.Child.GivenName, refusal?.Code));
        var texts = new List<string>();
        foreach (var document in state.FamilyEvidence.SelectMany(evidence => evidence.Documents!))
        {
            texts.Add(System.Text.Encoding.UTF8.GetString((await hub.Part<AttachmentStore>().LookAtAsync(AttachmentStore.FolderOf(id), document.Sha256, Stop)).Value!));
        }

        Assert.Equal(isTaken, texts.Exists(text => text.Contains(typed, StringComparison.Ordinal)));
        Assert.Contains(texts, text => text.Contains("Loud rooms are too much.", StringComparison.Ordinal));

        Task<Refusal?> SendAsync(int saves, string name, string text)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ask.givenName"] = "Zephyrine",
                ["ask.familyName"] = "Quibbleton",
                ["ask.born/day"] = "3",
                ["ask.born/month"] = "9",
                ["ask.born/year"] = "2017",
                ["ask.name"] = "Ottoline Quibbleton",
                ["ask.who"] = "Parent",
                ["ask.address"] = "5 Invented Row\nExampleton\nEX2 2AB",
                ["ask.mail"] = "true",
                ["ask.worries"] = "Loud rooms are too much.",
                [$"ask.{name}"] = text,
            };
            var draft = new PageDraft { Saves = saves, Typed = values };
            var (step, problems) = FamilyRequestForm.Read(page, draft);
            Assert.Empty(problems);
            return submission.OpenAsync(page, id, step!, draft, Stop);
        }
    }
}
