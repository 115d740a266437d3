namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The rules for the dates of an assessment that is taken over while it is under way.</summary>
internal static class UnderWayDays
{
    internal const string Asked = "The day on which advice was asked for";
    internal const string Arrived = "The day on which a request reached the adviser";
    internal const string Came = "The day on which advice came";

    internal static DateRule[] Of(Dates<TakeOverAssessment> x) =>
    [
        x.Past("Facts.Child.DateOfBirth", "The child's date of birth", i => i.Facts.Child.DateOfBirth),
        x.Past("Facts.ReceivedOn", "The day on which the request was received", i => i.Facts.ReceivedOn, (_, i) => DatedFacts.Birth(i.Facts)),
        x.Past("Facts.Family.ElectronicServiceAgreedOn", "The day on which the family agreed to electronic service", i => i.Facts.Family.ElectronicServiceAgreedOn),
        x.Past("Facts.Capacity.AssessedOn", "The day of the capacity assessment", i => i.Facts.Capacity?.AssessedOn, (_, i) => DatedFacts.Birth(i.Facts)),
        x.Past("ConsultedOn", "The day of the consultation", i => i.ConsultedOn, [(_, i) => Received(i)], [(_, i) => Decided(i)]),
        x.Past("PartnersToldOn", "The day on which the partners were told", i => i.PartnersToldOn, (_, i) => Received(i)),
        x.Past("DecidedOn", "The day of the decision", i => i.DecidedOn, (_, i) => Received(i)),
        x.Past("FamilyToldOn", "The day on which the family was sent the decision", i => i.FamilyToldOn, (_, i) => Decided(i)),

        // A rule can check only one day, so the step itself compares the days of each request, and refuses a plan that was issued
        // elsewhere.
        x.ByTheHub("Requests.AskedOn", Asked, i => i.Requests?.Min(r => (DateOnly?)r.AskedOn)),
        x.ByTheHub("Requests.ArrivedOn", Arrived, i => i.Requests?.Min(r => r.ArrivedOn)),
        x.ByTheHub("Requests.CameOn", Came, i => i.Requests?.Min(r => r.CameOn)),
        x.ByTheHub("Facts.TakenOver.IssuedOn", "The day on which the plan was issued", i => i.Facts.TakenOver?.IssuedOn),
        x.ByTheHub("Facts.TakenOver.TransferredOn", "The day of the transfer", i => i.Facts.TakenOver?.TransferredOn),
        x.ByTheHub("Facts.TakenOver.LastReviewedOn", "The day of the last review", i => i.Facts.TakenOver?.LastReviewedOn),
        x.ByTheHub("Facts.TakenOver.Placement.From", "The first day at the place that the plan names", i => i.Facts.TakenOver?.Placement?.From),
    ];

    /// <summary>Checks the days of one request: none is in the future, and the days of asking, arrival and answer are in this order, after
    /// the receipt.</summary>
    internal static bool AreInOrder(Deciding d, RequestUnderWay request, DateOnly receivedOn) =>
        IsPast(d, Asked, request.AskedOn, receivedOn, DatedFacts.TheRequest)
        && IsPast(d, Arrived, request.ArrivedOn, request.AskedOn, "the day on which the advice was asked for")
        && IsPast(d, Came, request.CameOn, request.ArrivedOn ?? request.AskedOn, "the day on which the adviser had the request");

    private static bool IsPast(Deciding d, string name, DateOnly? day, DateOnly notBefore, string what) =>
        d.Require(!(day > d.Today), "day-in-future", $"{name} is in the future.")
        && d.Require(
            !(day < notBefore), what == DatedFacts.TheRequest ? "day-before-request" : "day-out-of-order",
            $"{name} ({Shown(day)}) is before {what} ({Words.Day(notBefore, true)}).");

    private static string Shown(DateOnly? day) => day is { } on ? Words.Day(on, true) : "";

    private static DatedFact Received(TakeOverAssessment i) => new(i.Facts.ReceivedOn, DatedFacts.TheRequest);

    private static DatedFact Decided(TakeOverAssessment i) => new(i.DecidedOn, "the day of the decision");
}
