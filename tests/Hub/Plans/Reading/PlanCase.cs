using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Plans.Reading;

/// <summary>An assessment brought to a draft and to a final plan.</summary>
internal static class PlanCase
{
    internal static readonly Agency Named = new() { Id = HubUnderTest.Parse<AgencyId>("urn:100002"), Name = "Riverside Example School" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Everything has come and version 1 is put together, not kept and not served.</summary>
    internal static async Task<AssessmentId> DraftedAsync(HubUnderTest hub, AttachmentRef? attachment = null)
    {
        var id = await hub.SeedAsync("a");
        await hub.SubmitAsync(id, new SubmitAdvice("medical-1", Advice("Dr Robin", NeedArea.Health, ProvisionKind.Health, "Hearing aids are checked.") with { Attachments = attachment is null ? [] : [attachment] }), new Actor { Role = ActorRole.Agency, Id = "x", Agency = HubUnderTest.Asked });
        await hub.SubmitAsync(id, new SubmitAdvice("educational-1", Advice("Head Teacher", NeedArea.Education, ProvisionKind.Education, "Small group teaching.")));
        await hub.SubmitAsync(id, new SubmitAdvice("familyViews-1", new AdviceContent { Author = "Sam Example", AuthorRole = "mother", WrittenOn = new DateOnly(2026, 6, 9), Views = [new AdviceView("v1", "To read.")] }), new Actor { Role = ActorRole.Family, Id = "x" });
        await hub.SubmitAsync(id, new DecideWhetherToIssuePlan(true, "A plan is necessary.", ["psychological-1", "socialCare-1"], "They come while the draft is written."));
        foreach (var awaited in new[] { "psychological-1", "socialCare-1" })
        {
            await hub.SubmitAsync(id, new SubmitAdvice(awaited, Advice("Author", NeedArea.Education, ProvisionKind.Education, "Small group teaching.")));
        }

        await hub.SubmitAsync(id, new PrepareDraft());
        return id;
    }

    /// <summary>The draft was served, the institution named, the ICB has agreed and version 2, the final, is put together and kept.</summary>
    internal static async Task FinalisedAsync(HubUnderTest hub, AssessmentId id)
    {
        await hub.SubmitAsync(id, new RecordNoticeSent("draftPlan-1-family", new DateOnly(2026, 6, 10), NoticeChannel.ByHand));
        await hub.SubmitAsync(id, new RecordIcbAgreement(true, "Commissioner", new DateOnly(2026, 6, 10)));
        await hub.SubmitAsync(id, new ConsultInstitution(Named, new DateOnly(2026, 6, 10)));
        await hub.SubmitAsync(id, new NamePlacement("Mainstream school", Named));
        hub.Time.Advance(TimeSpan.FromDays(20));
        await hub.SubmitAsync(id, new FinalisePlan("Director"));
        await KeepAsync(hub);
    }

    /// <summary>Tries what is due of the keeping of plans, and lets the assessments hear of it.</summary>
    internal static async Task KeepAsync(HubUnderTest hub)
    {
        var runner = new EffectRunner(hub.Store, [Keeping(hub)], hub.Time);
        foreach (var due in await DueAsync(hub))
        {
            await runner.RunAsync(due, Stop);
            await hub.TakeAsync(due.Effect.Assessment);
        }
    }

    internal static PlanKeeping Keeping(HubUnderTest hub) => new(hub.Store, hub.Part<PlanStore>(), hub.Part<RuleBook>());

    internal static async Task<IReadOnlyList<PendingEffect>> DueAsync(HubUnderTest hub) =>
        [.. (await hub.Store.DueEffectsAsync(hub.Time.GetUtcNow(), 1000, Stop)).Where(e => e.Effect.Effect is StorePlan)];

    internal static async Task<AssessmentState> StateAsync(HubUnderTest hub, AssessmentId id) => (await hub.Store.LoadAsync(id, Stop)).State;

    internal static async Task<IReadOnlyList<AssessmentEvent>> EventsAsync(HubUnderTest hub, AssessmentId id) =>
        [.. (await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(e => e.What)];

    private static AdviceContent Advice(string author, NeedArea area, ProvisionKind kind, string provision) => new()
    {
        Author = author,
        AuthorRole = "author",
        WrittenOn = new DateOnly(2026, 6, 9),
        Needs = [new AdviceNeed("n1", area, "A need.")],
        Outcomes = [new AdviceOutcome("o1", "By July 2027 follows a lesson.", ["n1"])],
        Provision = [new AdviceProvision { Id = "p1", Kind = kind, Text = provision, Who = "Teacher", HowOften = "5 times a week", HowLong = "45 minutes", Outcomes = ["o1"] }],
    };
}
