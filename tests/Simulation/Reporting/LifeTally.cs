using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Reporting;

/// <summary>What is counted of a plan's life, each thing once for every time that it happened.</summary>
internal static class LifeTally
{
    internal static IEnumerable<string> Of(Retelling story)
    {
        var life = story.Life;
        var since = story.FinalSentOn;
        foreach (var review in life.Reviews.Where(r => r.DecidedOn is not null))
        {
            var told = LifeByHand.ToldOn(story, review);
            yield return "reviews";
            yield return review.Decided switch { ReviewChoice.Keep => "reviews that keep the plan", ReviewChoice.Amend => "reviews that amend the plan", _ => "reviews that cease the plan" };
            if (told < since?.AddYears(1))
            {
                yield return "reviews within 12 months";
            }

            if (told <= review.HeldOn?.AddDays(28))
            {
                yield return "reviews decided within 4 weeks";
            }

            since = told;
        }

        foreach (var amendment in life.Amendments)
        {
            yield return amendment.Outcome switch
            {
                AmendmentOutcome.NotAmended => "amendments given up",
                AmendmentOutcome.Amended => amendment.Review is null ? "amended plans without review" : "amended plans after review",
                _ => "amendments not finished",
            };
        }

        if (life.HandedOn is not null)
        {
            yield return "plans handed on";
        }

        if (life.TakenOn is not null)
        {
            yield return "plans taken over";
        }

        foreach (var transfer in life.Transfers)
        {
            yield return transfer.Kind == TransferOfPhase.Stays ? "phase transfers: the child stays" : "phase transfers";
            if (transfer.Version is { } version && TransfersByHand.SentOn(story, transfer) <= TransfersByHand.DueOf(transfer))
            {
                yield return "phase transfers placed in time";
            }
            else if (transfer.Version is not null)
            {
                yield return "phase transfers placed late";
            }
        }

        foreach (var what in Later(story))
        {
            yield return what;
        }

        if (life.CeasedOn is not null)
        {
            yield return "plans ceased";
        }
    }

    private static IEnumerable<string> Later(Retelling story)
    {
        foreach (var one in story.Later.Reassessments)
        {
            yield return one.AskedOn is null ? "re-assessments begun by the council" : "re-assessments asked for";
            if (one.DecidedOn is not null && !one.Agreed)
            {
                yield return "re-assessments refused";
            }
            else if (one.Ended is { } ended)
            {
                yield return ended.Amend ? "re-assessments that amend the plan" : "re-assessments that leave the plan";
            }
        }

        foreach (var answer in story.Life.Transfers.SelectMany(transfer => transfer.Answers))
        {
            yield return answer.Said.On > answer.By ? "answers on a transfer, late" : "answers on a transfer, in time";
        }

        foreach (var change in story.Later.Boards)
        {
            yield return change.ByMove ? "changes of ICB by a move" : "changes of ICB";
            if (change.RequestedOn is not null)
            {
                yield return change.Said == IcbStatement.AsksToAssess ? "assessments asked for by a new ICB" : "reviews asked for by a new ICB";
            }
        }

        foreach (var step in story.Later.Budget)
        {
            yield return $"lines of a budget {step.Kind.ToString().ToLowerInvariant()}";
        }

        foreach (var _ in story.Later.PaymentsReviewedOn)
        {
            yield return "reviews of direct payments";
        }
    }
}
