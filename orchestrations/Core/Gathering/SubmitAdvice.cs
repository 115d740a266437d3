using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// An adviser gives the advice. If the adviser sends advice again with a different text, it replaces the earlier text; both are stored.
/// </summary>
/// <param name="RequestId">The request that the advice answers.</param>
/// <param name="Content">The advice itself.</param>
/// <param name="Correction">Why this advice replaces the earlier advice.</param>
/// <param name="Person">Who gave the family's views; null for the first contact.</param>
public sealed record SubmitAdvice(string RequestId, AdviceContent Content, string? Correction = null, string? Person = null) : AssessmentInput, IStep<SubmitAdvice>
{
    public static StepDefinition<SubmitAdvice> Definition { get; } = new("submit-advice", "Submit advice")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Agency, ActorRole.Family],
        Law = "SEND Regs 2014 regs 6, 8",
        Example = """
            {
              "requestId": "medical-1",
              "content": {
                "author": "Dr Robin Example",
                "authorRole": "Consultant community paediatrician",
                "writtenOn": "2026-06-20",
                "needs": [{"id": "n1", "area": "health", "text": "Moderate bilateral hearing loss."}],
                "outcomes": [
                  {
                    "id": "o1",
                    "text": "By the end of Year 6 Alex follows a lesson with hearing aids.",
                    "needs": ["n1"]
                  }
                ],
                "provision": [
                  {
                    "id": "p1",
                    "kind": "health",
                    "text": "Audiology review.",
                    "who": "Audiologist",
                    "howOften": "every six months",
                    "howLong": "45 minutes",
                    "outcomes": ["o1"]
                  }
                ]
              }
            }
            """,
        CarriesAdvice = true,
        ForAgency = (i, agency) => agency.MustHave(i.RequestId),
        ForFamily = (i, state) => FamilyViews.MustBeTheirs(state, i.RequestId),
        Days = x => [x.Past(
            "Content.WrittenOn", "The day on which the advice was written", i => i.Content.WrittenOn,
            (s, _) => DatedFacts.Birth(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (Answering.Find(d, RequestId) is not { } request)
        {
            return;
        }

        var corrects = AdviceCorrections.IsCorrection(d, request, Content);

        // The same advice can come over two channels, for example by message and then in the browser.
        if (!d.Require(
                request.Status != RequestStatus.Received || corrects || AdviceCorrections.Standing(d, request) is null,
                "request-not-there", "The same advice has already been received for this request, so it need not be sent again. To correct the advice, send the corrected text."))
        {
            return;
        }

        if ((!corrects && !Answering.May(d, request, RequestStatus.Received)) || !Answering.IsWellFormed(d, Content)
            || (Correction is not null && !InputChecks.Text(d, Correction, "The reason for the correction"))
            || !FamilyViews.MayGive(d, request, Person))
        {
            return;
        }

        // If an officer enters advice that came to the earlier system, it gets the day on which it came. Advice that an adviser sends now
        // gets today's date.
        var cameOn = request is { IsToBeEntered: true, CameElsewhereOn: { } day } && d.By.Role == ActorRole.CouncilOfficer ? day : d.Today;
        var advice = new ReceivedAdvice
        {
            Id = FormattableString.Invariant($"{request.Id}.{d.State.Advice.Count(a => a.RequestId == request.Id) + 1}"),
            RequestId = request.Id,
            Review = request.Review,
            Reassessment = request.Reassessment,
            Kind = request.Kind,
            LegalBasis = request.LegalBasis,
            Agency = request.Agency,
            Person = Person,
            ReceivedOn = cameOn,
            Content = Content,
        };
        if (corrects)
        {
            AdviceCorrections.Replace(d, AdviceCorrections.Standing(d, request)!, advice, Correction);
            return;
        }

        d.Happened(new AdviceReceived(advice));

        // If the earlier system sent the request, the day of the answer says nothing about the day on which the request arrived.
        d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Received, cameOn, null, request.ReceivedByBodyOn ?? (request.TakenOverOn is null ? d.Today : null)));
        Answering.Entered(d, request);
        Answering.AfterAdvice(d, advice);
    }
}
