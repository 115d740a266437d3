using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Local.Tests.Contributing;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>
/// A parent in headless Chromium, without an account, without script, with the keyboard alone: asks, answers the draft and later changes, prefers a school,
/// reads every letter: tests/peers/family.mjs. Pages and fields are counted, as docs/families.md says them. Pictures go to SCREENSHOTS where that is set.
/// </summary>
public sealed class FamilyBrowserTests
{
    private static readonly Agency Foxglove = new() { Id = AgencyId.TryParse("urn:100005", out var id, out _) ? id : default, Name = "Foxglove Hill School" };

    [Fact]
    public async Task A_family_asks_answers_the_draft_and_prefers_a_school_and_every_page_is_open_to_everybody()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var hub = await LetterHub.StartAsync();
        AssessmentId? opened = null;

        var said = await PeerBrowser.RunAsync("family.mjs", new Dictionary<string, string> { ["HUB"] = hub.Address.ToString().TrimEnd('/') }, async line =>
        {
            switch (line.Split(' '))
            {
                case ["code", var mail]:
                    return School.CodeTo(hub, mail);
                case ["draft", var reference] when AssessmentId.TryParse(reference, out var id, out _):
                    opened = id;
                    await hub.SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 10), "They wish for it."));
                    await hub.SubmitAsync(id, new DecideWhetherToAssess(true, "Advice is needed."));
                    await Parent.DraftAsync(hub, id);
                    await hub.SubmitAsync(id, FamilyCaseTests.Schools("Foxglove Hill School"));
                    return "drafted";
                case ["changes", var reference] when AssessmentId.TryParse(reference, out var id, out _):
                    await hub.SubmitAsync(id, new RecordMeetingHeld(new DateOnly(2026, 6, 13)));
                    await hub.SubmitAsync(id, new SettlePersonalBudget(false, new DateOnly(2026, 6, 13), "Nothing in the plan can be paid for in this way."));
                    await Parent.IssueAsync(hub, id, Foxglove);
                    await Parent.WriteRegisterAsync(hub);
                    await Parent.ProposeAsync(hub, id);
                    await Parent.AskPreferenceAsync(hub, id);
                    return "proposed";
                default:
                    return null;
            }
        });

        Assert.Contains("asked 3 12", said);
        Assert.Contains("answered 3 4", said);
        var words = await File.ReadAllTextAsync(Path.Combine(PeerBrowser.Root(), "docs", "families.md"), stop);
        Assert.Contains("**3 pages** and 12 fields", words, StringComparison.Ordinal);
        Assert.Contains("**3 pages** and 4 fields", words, StringComparison.Ordinal);
        var state = await hub.StateAsync(opened!.Value);
        Assert.Equal("St Ann's School", Assert.Single(PhaseTransfers.Current(state)!.Answers!).Place);
        Assert.Equal([(1, false), (3, false)], state.Representations.Select(r => (r.Version, r.LateAfter is not null)));
        var answer = state.Representations[0];
        Assert.Equal(("Foxglove Hill School, Exampleton", true), (answer.PreferredPlace, answer.Agrees));
        Assert.Equal("Read Aloud Together, daily.", Assert.Single(answer.Comments!).Proposed);
        // That the family asked for the meeting is held by recording that it took place, which is refused otherwise; a later proposal begins anew.
        Assert.Equal((true, 2), (state.BudgetAskedOn is not null, state.FamilyEvidence.Count));
        Assert.Equal("Ash Helper", Assert.Single(state.People).Name);
    }
}
