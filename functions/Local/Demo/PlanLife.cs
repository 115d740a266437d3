using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// The plan's first two years: the annual review, whose report is late; the amendment of the plan after that review; and the transfer to
/// post-16, before which three institutions are consulted. The officer, the family and the institutions send their inputs as real systems
/// would.
/// </summary>
internal sealed class PlanLife(HubClient officer, HubClient family, Func<Agency, HubClient> institution, AssessmentId assessment)
{
    internal const string Review = "First annual review", Amendment = "Amendment", Transfer = "Transfer to post-16";

    private const string GroupWork = "Support in group work";

    private static readonly DateOnly NewPhase = new(2028, 9, 4);
    private static readonly ReviewInvitee[] Everybody = Enum.GetValues<ReviewInvitee>();

    /// <summary>The actions, day by day, each with the part of the plan's life that it belongs to.</summary>
    internal IReadOnlyList<(DateOnly On, string Part, Func<DateOnly, CancellationToken, Task> Do)> Days =>
    [
        (new(2027, 3, 22), Review, (_, cancellationToken) => SendAsync(cancellationToken, new ArrangeReview(new(2027, 4, 26), ReviewArranger.School, Everybody))),
        (new(2027, 4, 8), Review, (today, cancellationToken) => SendAsync(cancellationToken, new RecordReviewInvitations(today), new RecordReviewPapers(today, "The school's report, the therapist's report and the views of Alex and Maria Doyle."))),
        (new(2027, 4, 26), Review, async (today, cancellationToken) => await SendAsync(cancellationToken, Meeting(await PlanAsync(cancellationToken), today, "The personal assistant for the Saturday club left in January."))),

        // The report of the review meeting was due on 10 May.
        (new(2027, 5, 13), Review, (today, cancellationToken) => SendAsync(cancellationToken, new RecordReviewReport(today, ReviewChoice.Amend, "More support in group work, and outcomes for another year."))),
        (new(2027, 5, 14), Review, async (_, cancellationToken) => await SendAsync(
            cancellationToken,
            MoreSupport(await PlanAsync(cancellationToken)),
            new DecideAfterReview(ReviewChoice.Amend, "The school's report says that the support in group work helps and should be given more often.", "Section E: outcomes for another year. Section F: support in group work for 14 hours a week."))),
        (new(2027, 5, 24), Amendment, (today, cancellationToken) => family.SendAsync(assessment, new RecordRepresentations(3, today, "We agree with the changes.", Agrees: true), cancellationToken)),
        (new(2027, 6, 1), Amendment, (_, cancellationToken) => SendAsync(cancellationToken, new FinaliseAmendedPlan("J. Farrow, SEND officer"))),
        (new(2027, 6, 2), Amendment, (_, _) => Task.CompletedTask),
        (new(2027, 9, 13), Transfer, (today, cancellationToken) => SendAsync(cancellationToken, new RecordPhaseTransfer(TransferOfPhase.SecondaryToPost16, NewPhase, today))),
        (new(2027, 10, 4), Transfer, (_, cancellationToken) => SendAsync(
            cancellationToken,
            new RecordPhaseTransfer(TransferOfPhase.SecondaryToPost16, NewPhase, new(2027, 9, 13), "Riverside College, for the course in catering."),
            new ArrangeReview(new(2027, 11, 8), ReviewArranger.Council, Everybody, EarlyBecause: "The transfer to post-16.", Place: "10 am at Hillside Special School"))),
        (new(2027, 10, 5), Transfer, (_, cancellationToken) => SendAsync(cancellationToken, new RecordReviewInvitations(new(2027, 10, 4)))),
        (new(2027, 10, 20), Transfer, (today, cancellationToken) => SendAsync(cancellationToken, new RecordReviewPapers(today, "The school's report, the careers adviser's report and Alex's own views."))),
        (new(2027, 11, 8), Transfer, async (today, cancellationToken) => await SendAsync(cancellationToken, Meeting(await PlanAsync(cancellationToken), today, null))),
        (new(2027, 11, 19), Transfer, (today, cancellationToken) => SendAsync(cancellationToken, new RecordReviewReport(today, ReviewChoice.Amend, "Travel training before the move, and a college that teaches catering."))),
        (new(2027, 11, 24), Transfer, async (_, cancellationToken) => await SendAsync(
            cancellationToken,
            TravelTraining(await PlanAsync(cancellationToken)),
            new DecideAfterReview(ReviewChoice.Amend, "The transfer to post-16.", "Section F: travel training. Section I names the place from September 2028."))),
        (new(2027, 11, 25), Transfer, (today, cancellationToken) => SendAsync(cancellationToken, new ConsultInstitution(Cast.Riverside, today, [Cast.College, Cast.Fairmead]))),
        (new(2027, 12, 1), Transfer, (today, cancellationToken) => family.SendAsync(assessment, new RecordRepresentations(4, today, "We ask for Riverside College.", Cast.Riverside), cancellationToken)),
        (new(2027, 12, 3), Transfer, (today, cancellationToken) => AnswerAsync(new RecordInstitutionAnswer(Cast.Riverside.Id, today, true, "One of our learning mentors knows Alex from the link course.", Place: "One place on the catering course from September 2028", AnnualCostPounds: 14_200), cancellationToken)),
        (new(2027, 12, 6), Transfer, (today, cancellationToken) => AnswerAsync(new RecordInstitutionAnswer(Cast.College.Id, today, true, "Alex can stay in our sixth form; we teach no catering.", Place: "One place from September 2028", AnnualCostPounds: 31_500), cancellationToken)),
        (new(2027, 12, 8), Transfer, (today, cancellationToken) => AnswerAsync(new RecordInstitutionAnswer(Cast.Fairmead.Id, today, false, "A third student with epilepsy cannot be kept safe at night by our staff.", [PlacementObjection.Unsuitable, PlacementObjection.EducationOfOthers], "None in September 2028"), cancellationToken)),
        (new(2027, 12, 13), Transfer, (_, cancellationToken) => SendAsync(
            cancellationToken, new NamePlacement("Further education college", Cast.Riverside, null, NewPhase), new FinaliseAmendedPlan("J. Farrow, SEND officer"))),

        // By this day everybody has received the amended plan.
        (new(2027, 12, 14), Transfer, (_, _) => Task.CompletedTask),
    ];

    private static RecordReviewMeeting Meeting(PlanDocument plan, DateOnly today, string? undelivered)
    {
        var outcomes = plan.Section(PlanSectionLetter.E).Lines;
        var provision = plan.Sections.Where(section => PlanLinks.IsProvision(section.Letter)).SelectMany(section => section.Lines.Select(line => (section.Letter, line.Id))).ToList();
        return new RecordReviewMeeting(
            today,
            "Alex and Maria Doyle, the head of Hillside Special School, the council's officer, the therapist and social care.",
            [.. outcomes.Select((line, n) => new OutcomeReviewed(line.Id, n == 0 ? OutcomeStatus.Met : OutcomeStatus.OnTrack))],
            [.. provision.Select(one => undelivered is not null && one.Letter == PlanSectionLetter.H2 ? new ProvisionReviewed(one.Id, false, undelivered) : new ProvisionReviewed(one.Id, true))],
            "Maria Doyle is content with the school.",
            "Alex wants to cook for a living.",
            "A course in catering, and travelling alone.");
    }

    /// <summary>Continues this year's outcomes for another year, and increases the support.</summary>
    private static EditPlan MoreSupport(PlanDocument plan)
    {
        const string Recommended = "The report of the review recommends it.";
        var support = plan.Section(PlanSectionLetter.F).Lines.First(line => line.Text.StartsWith(GroupWork, StringComparison.Ordinal));
        return new EditPlan(
            "review-1-support", Recommended, PlanEditCause.Officer, support.Id, HowOften: "Every lesson with group work, 14 hours a week",
            Also: [.. plan.Section(PlanSectionLetter.E).Lines.Where(line => line.Text.Contains("2027", StringComparison.Ordinal)).Select((line, n) => new EditPlan(
                FormattableString.Invariant($"review-1-outcome-{n + 1}"), Recommended, PlanEditCause.Officer, line.Id, NewText: line.Text.Replace("2027", "2028", StringComparison.Ordinal)))]);
    }

    private static EditPlan TravelTraining(PlanDocument plan) => new(
        "review-2-travel", "The report of the review recommends it.", PlanEditCause.Officer, Section: PlanSectionLetter.F, NewText: "Travel training on the way to the college.",
        Who: "A travel trainer of the council", HowOften: "Once a week from April to July 2028", HowLong: "2 hours", Answers: [plan.Section(PlanSectionLetter.E).Lines[0].Id], PreparesForAdulthood: true);

    /// <summary>The plan in force, as recorded in the case's events.</summary>
    private async Task<PlanDocument> PlanAsync(CancellationToken cancellationToken)
    {
        var events = await officer.GetAsync($"/v1/cases/{assessment}/events", cancellationToken);
        var prepared = events.EnumerateArray().Select(one => one.GetProperty("what")).Last(what => what.GetProperty("type").GetString() == "planPrepared");
        return prepared.GetProperty("document").Deserialize(AssessmentJson.Default.PlanDocument)!;
    }

    private async Task SendAsync(CancellationToken cancellationToken, params IReadOnlyList<AssessmentInput> steps)
    {
        foreach (var step in steps)
        {
            await officer.SendAsync(assessment, step, cancellationToken);
        }
    }

    private Task AnswerAsync(RecordInstitutionAnswer answer, CancellationToken cancellationToken) =>
        institution(Cast.Consulted.First(one => one.Id == answer.Institution)).SendAsync(assessment, answer, cancellationToken);
}
