namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The dates in an earlier system's SEN2 return, which are imported with a plan that is taken over.</summary>
internal static class EarlierDays
{
    // The import has checked the order of these dates under the rules of the SEN2 return. No decision is based on an earlier system's
    // dates, so they are left unchanged.
    internal static IEnumerable<DateRule> Of(Dates<OpenAssessment> x) =>
    [
        x.ByTheHub("Earlier.Places.From", "The first day at a place", i => i.Earlier?.Places.Min(p => (DateOnly?)p.From)),
        x.ByTheHub("Earlier.Places.To", "The last day at a place", i => i.Earlier?.Places.Min(p => p.To)),
        x.ByTheHub("Earlier.History.Request.On", "The day of the decision whether to assess", i => i.Earlier?.History.Request.On),
        x.ByTheHub("Earlier.History.Assessment.On", "The day of the decision whether to make a plan", i => i.Earlier?.History.Assessment.On),
        x.ByTheHub("Earlier.History.ReviewMeeting", "The day of the review meeting", i => i.Earlier?.History.ReviewMeeting),
        x.ByTheHub("Earlier.History.ReviewDraft", "The day of the draft amended plan", i => i.Earlier?.History.ReviewDraft),
        x.ByTheHub("Earlier.History.PhaseTransferDue", "The day by which the transfer was to be planned", i => i.Earlier?.History.PhaseTransferDue),
        x.ByTheHub("Earlier.History.PhaseTransferFinal", "The day of the plan for the transfer", i => i.Earlier?.History.PhaseTransferFinal),
    ];
}
