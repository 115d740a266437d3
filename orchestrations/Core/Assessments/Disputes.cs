using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Mediation and appeal: noted with their days, so that their limits run; an order to assess sets the assessment going again.</summary>
internal static class Disputes
{
    internal static void Note(Deciding d, NoteMediation input)
    {
        if (IsDisputable(d) && Form.Day(d, input.On, "The day")
            && d.Require((input.Step == MediationStep.Agreed) == input.Remedy.HasValue, "remedy-unclear", "An agreement, and only an agreement, says what it obliges to.")
            && d.Require(d.State.Mediation.All(m => m.Step != input.Step || (m.Step == MediationStep.Agreed && m.Remedy != input.Remedy)), "already-noted", "This step of mediation is on record already."))
        {
            d.Happened(new MediationNoted(input.Step, input.On, input.Remedy, input.OtherDate));
            if (input.Step == MediationStep.Agreed)
            {
                Remedy(d, input.Remedy!.Value, "Agreed in mediation.");
            }
        }
    }

    internal static void Note(Deciding d, NoteAppeal input)
    {
        var obliges = input.Step is AppealStep.Conceded or AppealStep.Ordered;
        if (IsDisputable(d) && Form.Day(d, input.On, "The day")
            && d.Require(obliges == input.Remedy.HasValue, "remedy-unclear", "An order or a concession, and nothing else, says what it obliges to.")
            && d.Require(
                input.Step == AppealStep.Registered || d.State.Appeal.Any(a => a.Step == AppealStep.Registered), "no-appeal", "No appeal is on record.")
            && d.Require(
                d.State.Appeal.All(a => a.Step != input.Step || a.Remedy != input.Remedy), "already-noted", "This step of the appeal is on record already."))
        {
            d.Happened(new AppealNoted(input.Step, input.On, input.Remedy, input.OtherDate));
            if (obliges)
            {
                Remedy(d, input.Remedy!.Value, input.Step == AppealStep.Ordered ? "Ordered by the First-tier Tribunal." : "Conceded in the appeal.");
            }
        }
    }

    private static bool IsDisputable(Deciding d) => d.Require(
        ClockFacts.Of(d.State).AppealableNoticeSent is not null, "nothing-to-appeal", "The family was sent no decision that can be appealed.");

    private static void Remedy(Deciding d, Remedy remedy, string reason)
    {
        switch (remedy)
        {
            case StatutoryClock.Remedy.Assess when d.State.Stage == Stage.RefusedToAssess:
                WhetherToAssess.Agree(d, reason);
                break;
            case StatutoryClock.Remedy.MakePlan when d.State.Stage == Stage.NoPlan:
                d.Happened(new PlanAgreed(d.Today, reason, [], null));
                d.Must(new PublishStatus(d.State.Stage));
                break;
            default:
                d.AskAttention($"remedy-{remedy}", $"{reason} What it obliges to must be carried out by its own limit.");
                break;
        }
    }
}
