using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Prepare the draft from the advice and send it to the family. A draft that was already served is re-issued, and the 15 days
/// start again.</summary>
public sealed record PrepareDraft : AssessmentInput, IStep<PrepareDraft>
{
    public static StepDefinition<PrepareDraft> Definition { get; } = new("prepare-draft", "Prepare the draft and send it")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss37, 38; SEND Regs 2014 regs 11 to 13",
        Example = """{  }""",
    };

    internal override void Decide(Deciding d)
    {
        if (!InputChecks.At(d, "Preparing a draft", Stage.Drafting, Stage.Consulting))
        {
            return;
        }

        var before = d.State.NewestPlan;
        var draft = Drafting.Assemble(d, PlanKind.Draft);
        if (!d.Require(before is null || !PlanDiff.Between(before, draft).IsEmpty, "nothing-changed", "Nothing has changed since the draft that the family has.")
            || !Drafting.Passes(d, draft, PlanStep.BeforeDraft))
        {
            return;
        }

        var carried = before is not null && d.State.IcbAnswer?.Version == before.Version && Drafting.SameHealthProvision(before, draft) ? d.State.IcbAnswer : null;
        Drafting.Keep(d, draft);
        if (carried is not null)
        {
            // The ICB agreed to exactly this text of section G, so it is not asked again if a re-issue leaves the text unchanged.
            d.Happened(IcbAnswered.With(carried with { Version = draft.Version }));
        }

        Notices.TellAll(d, LegalNotice.DraftPlan, draft.Version);
        if (before is null)
        {
            d.AddEffect(new PublishStatus(d.State.Stage));
        }
    }
}
