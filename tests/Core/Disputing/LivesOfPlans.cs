using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Disputing;

/// <summary>Plans whose ICB changes, and plans with direct payments: each limit in time, late, not at all, and no longer due.</summary>
internal static class LivesOfPlans
{
    internal static IEnumerable<Life> OfIcbs(Action<Life> look)
    {
        foreach (var (move, wait) in from move in new[] { false, true } from wait in new[] { 0, 60 } select (move, wait))
        {
            var life = Changed(move);
            look(life);
            life.Do(Says(life, IcbStatement.Cannot));
            look(life);
            life.On(life.Today.AddDays(wait));
            look(life);
            life.Do(new RecordAct(Act.NewIcbTold, life.Today, "By letter.")).Do(Says(life, IcbStatement.AsksToReview));
            look(life);
            yield return life.Do(new ArrangeReview(life.Today.AddDays(60), ReviewArranger.School, Reviewed.Everyone));
            yield return Died(Changed(move));
            yield return Died(SaysOf(Changed(move), IcbStatement.Cannot));
            yield return Died(SaysOf(Changed(move), IcbStatement.AsksToAssess));
        }
    }

    internal static IEnumerable<Life> OfBudgets(Action<Life> look)
    {
        foreach (var wait in new[] { 0, 120 })
        {
            var life = Paid();
            look(life);
            Review(life.On(life.Today.AddDays(wait)), look);
            Reviewed.Held(Reviewed.Arranged(life));
            look(life);
            Review(life.On(life.Today.AddDays(wait)), look);
            yield return Died(Held());

            var again = Paid().Do(new AgreeReassessment("New needs."));
            look(again);
            Review(again.On(again.Today.AddDays(wait)), look);
            yield return Died(Paid().Do(new AgreeReassessment("New needs.")));
        }
    }

    /// <summary>Plans that were kept in a detention and are reviewed after the release, or cease before that.</summary>
    internal static IEnumerable<Life> OfDetentions(Action<Life> look)
    {
        var life = Released();
        look(life);
        life.Do(new ArrangeReview(life.Today, ReviewArranger.School, Reviewed.Everyone));
        yield return Reviewed.Decided(life.Do(Reviewed.Meeting(life)), ReviewChoice.Keep, 5);
        yield return Died(Released());

        static Life Released()
        {
            var life = Detained.From(Disputed.Issued().On(new DateOnly(2026, 9, 1)));
            return life.Do(new RecordRelease(life.Today));
        }
    }

    private static Life Changed(bool move)
    {
        var life = Disputed.Issued().On(new DateOnly(2026, 9, 1));
        if (move)
        {
            life.Do(new MoveToAnotherCouncil(Cases.Parse<LocalAuthorityCode>("331"), life.Today, life.Today));
        }

        return life.Do(new RecordIcbChange(Cases.Hospital, life.Today, life.Today));
    }

    private static RecordIcbRequest Says(Life life, IcbStatement word) => new(word, life.Today, life.State.IcbChange!.On, "No therapist.");

    private static Life SaysOf(Life life, IcbStatement word) => life.Do(Says(life, word));

    private static Life Paid()
    {
        var life = Disputed.Issued().On(new DateOnly(2026, 9, 1));
        return Budgeted.Paid(life, life.Today);
    }

    private static Life Held() => Reviewed.Held(Reviewed.Arranged(Paid()));

    private static void Review(Life life, Action<Life> look)
    {
        look(life);
        look(life.Do(new RecordPaymentReview(life.Today, "Nothing changes.")));
    }

    private static Life Died(Life life) => life.Do(new RecordPlanCeased(life.Today, Died: true));
}
