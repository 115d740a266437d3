using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>Cases whose plan is amended, or ceases.</summary>
internal static class Amended
{
    private static int edits;

    /// <summary>An officer changes the first line of a section.</summary>
    internal static Life Edited(Life life, string how = "every week", PlanSectionLetter section = PlanSectionLetter.F, PlanEditCause cause = PlanEditCause.Officer) => life.Do(new EditPlan(
        $"amend-{Interlocked.Increment(ref edits)}", "The new report says so.", cause, life.State.NewestPlan!.Section(section).Lines[0].Id, HowOften: how));

    /// <summary>An officer adds a line of health provision, named <c>health</c>.</summary>
    internal static Life WithHealth(Life life) => life.Do(new EditPlan(
        "health", "The trust's report.", PlanEditCause.Officer, Section: PlanSectionLetter.G, NewText: "Speech and language therapy.", Who: "A therapist", HowOften: "every two weeks", HowLong: "45 minutes",
        Answers: [life.State.NewestPlan!.Section(PlanSectionLetter.E).Lines[0].Id]));

    /// <summary>An officer adds provision of social care for somebody under 18, section H1; it prepares for adulthood.</summary>
    internal static EditPlan OfSocialCare(Life life) => new(
        "care", "The social worker's report.", PlanEditCause.Officer, Section: PlanSectionLetter.H1, NewText: "A place at the Saturday club.", Who: "A support worker", HowOften: "every week", HowLong: "3 hours",
        Answers: [life.State.NewestPlan!.Section(PlanSectionLetter.E).Lines[0].Id], PreparesForAdulthood: true);

    /// <summary>Amendments are proposed this many days after the plan was issued, and handed to everybody.</summary>
    internal static Life Proposed(Life issued, int daysAfterPlan = 100)
    {
        issued.On(issued.Today.AddDays(daysAfterPlan));
        return Edited(issued).Do(new ProposeAmendments("A new report.", "Therapy each week.")).HandOverAll();
    }

    /// <summary>An amendment is proposed on the next day, and the school consulted and named from the first day of the new phase.</summary>
    internal static Life Placed(Life life, DateOnly from)
    {
        life.On(life.Today.AddDays(1)).Do(new ProposeAmendments("The phase transfer.", "Section I names the place.")).HandOverAll();
        return life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool, null, from));
    }

    /// <summary>The amended plan is finalised this many days later, and handed to everybody.</summary>
    internal static Life Finalised(Life life, int daysLater = 16, bool icb = false)
    {
        life.On(life.Today.AddDays(daysLater));
        if (icb)
        {
            life.Do(new RecordIcbAgreement(true, "Designated clinical officer", life.Today));
        }

        return life.Do(new FinaliseAmendedPlan("Officer One")).HandOverAll();
    }

    /// <summary>Ceasing is considered this many days after the plan was issued; both were sent the letter.</summary>
    internal static Life Considered(Life issued, CeasingReason reason = CeasingReason.HigherEducation, int daysAfterPlan = 100)
    {
        issued.On(issued.Today.AddDays(daysAfterPlan));
        return issued.Do(new ConsiderCeasing(reason, "A place was taken up.", issued.Today.AddDays(21))).HandOverAll();
    }

    /// <summary>It was decided to cease the plan once the time for views had ended, and everybody was told.</summary>
    internal static Life ToCease(Life issued)
    {
        var life = Considered(issued);
        life.On(life.Today.AddDays(22));
        return life.Do(new DecideOnCeasing(true, "The needs are met without a plan.")).HandOverAll();
    }
}
