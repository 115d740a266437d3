using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>An assessment under way in an earlier system, to be taken over. The six weeks end on 16 February 2026.</summary>
internal static class Continued
{
    internal static readonly DateOnly DecidedOn = new(2026, 1, 20);
    internal static readonly DateOnly AskedOn = new(2026, 1, 21);
    internal static readonly DateOnly TakenOn = new(2026, 2, 20);

    /// <summary>Asked of everybody on 21 January; with the hospital since 22 January, so that its six weeks end on 5 March.</summary>
    internal static readonly RequestUnderWay[] Requests =
    [
        new(AdviceKind.FamilyViews, AskedOn),
        new(AdviceKind.Educational, AskedOn, Cases.School),
        new(AdviceKind.Medical, AskedOn, Cases.Hospital, ArrivedOn: AskedOn.AddDays(1)),
        new(AdviceKind.Psychological, AskedOn, Cases.Psychology),
        new(AdviceKind.SocialCare, AskedOn, Cases.SocialCare),
    ];

    internal static TakeOverAssessment Undecided => new(Cases.Facts, "The old system, case 4711.", new(2026, 1, 12), "Wants an assessment.", new(2026, 1, 7));

    internal static TakeOverAssessment Decided => Undecided with { DecidedOn = DecidedOn, Reasons = "May be necessary.", FamilyToldOn = AskedOn, Requests = Requests };

    internal static Life Life(TakeOverAssessment step, DateOnly? on = null) => new Life().StoodStillUntil(on ?? TakenOn).Do(step).On(on ?? TakenOn);

    /// <summary>The decided case in which the advice of this kind had come on that day.</summary>
    internal static TakeOverAssessment With(AdviceKind kind, DateOnly cameOn) =>
        Decided with { Requests = [.. Requests.Select(r => r.Kind == kind ? r with { CameOn = cameOn } : r)] };
}
