using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the ones asked answer.</summary>
internal static class Answering
{
    private const int MostLines = 500;

    internal static void Acknowledge(Deciding d, AcknowledgeAdviceRequest input)
    {
        if (Find(d, input.RequestId) is { } request && May(d, request, RequestStatus.Acknowledged)
            && (input.ReceivedOn is not { } on
                || (Form.NotInFuture(d, on, "The day of receipt") && d.Require(on >= request.RequestedOn, "received-before-asked", "The request cannot have arrived before it was sent."))))
        {
            // The body's own day of receipt is what its six weeks run from (reg 8(1)); ours of delivery stands in until it says so.
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Acknowledged, d.Today, null, input.ReceivedOn ?? request.ReceivedByBodyOn ?? d.Today));
        }
    }

    internal static void Accept(Deciding d, AcceptAdviceRequest input)
    {
        if (Find(d, input.RequestId) is { } request && May(d, request, RequestStatus.Accepted))
        {
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Accepted, d.Today, null, request.ReceivedByBodyOn ?? d.Today));
        }
    }

    internal static void Decline(Deciding d, DeclineAdviceRequest input)
    {
        if (Find(d, input.RequestId) is { } request && May(d, request, RequestStatus.Declined) && Form.Text(d, input.Reason, "The reason for declining"))
        {
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Declined, d.Today, input.Reason, request.ReceivedByBodyOn));
            d.AskAttention($"declined-{request.Id}", $"{Capital(Words.Of(request.Kind))} was declined: ask again, ask another adviser, or commission a report.");
        }
    }

    internal static void Submit(Deciding d, SubmitAdvice input)
    {
        if (Find(d, input.RequestId) is not { } request || !May(d, request, RequestStatus.Received) || !IsWellFormed(d, input.Content))
        {
            return;
        }

        var advice = new ReceivedAdvice
        {
            Id = FormattableString.Invariant($"{request.Id}.{d.State.Advice.Count(a => a.RequestId == request.Id) + 1}"),
            RequestId = request.Id,
            Kind = request.Kind,
            LegalBasis = request.LegalBasis,
            Agency = request.Agency,
            ReceivedOn = d.Today,
            Content = input.Content,
        };
        d.Happened(new AdviceReceived(advice));
        d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Received, d.Today, null, request.ReceivedByBodyOn ?? d.Today));
        AfterAdvice(d, advice);
    }

    internal static void MissedAppointment(Deciding d, RecordMissedAppointment input)
    {
        if (Find(d, input.RequestId) is not { } request
            || !Form.NotInFuture(d, input.On, "The day of the appointment")
            || !d.Require(request.Duty == AnswerDuty.Section31Body, "not-a-section-31-body", "Missed appointments matter only for bodies bound by reg 8(1).")
            || !d.Require(!request.MissedAppointments.Contains(input.On), "already-recorded", "This missed appointment is on record already.")
            || !d.Require(
                request.ReceivedByBodyOn is { } received && input.On >= received && input.On <= received.AddDays(42),
                "outside-the-six-weeks",
                "The appointment was not within the body's own six weeks, so reg 8(2)(c) does not reach it."))
        {
            return;
        }

        d.Happened(new AppointmentMissed(request.Id, input.On));
    }

    internal static void Return(Deciding d, ReturnAdvice input)
    {
        var advice = d.State.Advice.FirstOrDefault(a => a.Id == input.AdviceId);
        var request = d.State.Requests.FirstOrDefault(r => r.Id == advice?.RequestId);
        if (!d.Require(advice is not null, "unknown-advice", "There is no such advice in this assessment.")
            || !d.Require(request is not null, "relied-on", "Existing advice that all three parties found sufficient cannot be returned.")
            || !d.Require(!advice!.Returned && request!.CanBecome(RequestStatus.ReturnedInsufficient), "already-returned", "This advice was returned already.")
            || !Form.At(d, "Returning advice", Stage.Assessing, Stage.Drafting, Stage.Consulting)
            || !Form.Text(d, input.Reason, "What is missing"))
        {
            return;
        }

        d.Happened(new AdviceReturned(advice!.Id, d.Today, input.Reason));
        d.Happened(new AdviceRequestMoved(request!.Id, RequestStatus.ReturnedInsufficient, d.Today, input.Reason, null));
        if (request.Agency is { } agency)
        {
            d.Must(new ReturnAdviceToAuthor(request.Id, agency.Id));
        }
    }

    // Also after the assessment has ended: that advice came too late is for a person to know, and to tell the body.
    internal static void NotTaken(Deciding d, NoteAnswerNotTaken input)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == input.RequestId);
        if (d.Require(request is not null, "unknown-request", "There is no such request in this assessment.") && Form.Text(d, input.Detail, "What stood in the way"))
        {
            d.AskAttention($"not-taken-{request!.Id}", $"{Capital(Words.Of(request.Kind))}: what the one asked did with its request could not be taken in. Speak to them. {input.Detail}");
        }
    }

    /// <summary>Form of advice: every line has its words and its own id, and points only to lines that are there.</summary>
    internal static bool IsWellFormed(Deciding d, AdviceContent content)
    {
        var lines = new List<(string Id, string Text)>(content.Views.Count + content.Needs.Count + content.Outcomes.Count + content.Provision.Count);
        lines.AddRange(content.Views.Select(v => (v.Id, v.Text)));
        lines.AddRange(content.Needs.Select(n => (n.Id, n.Text)));
        lines.AddRange(content.Outcomes.Select(o => (o.Id, o.Text)));
        lines.AddRange(content.Provision.Select(p => (p.Id, p.Text)));
        var needs = content.Needs.Select(n => n.Id).ToHashSet(StringComparer.Ordinal);
        var outcomes = content.Outcomes.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        return Form.Text(d, content.Author, "The author")
            && Form.Text(d, content.AuthorRole, "The author's profession or relation")
            && Form.NotInFuture(d, content.WrittenOn, "The day on which it was written")
            && d.Require(lines.Count + content.Attachments.Count > 0, "advice-empty", "The advice has neither a line nor a document.")
            && d.Require(lines.Count <= MostLines, "advice-too-long", $"The advice has more than {MostLines} lines.")
            && lines.TrueForAll(l => Form.Id(d, l.Id, "A line's id") && Form.Line(d, l.Text, l.Id))
            && d.Require(lines.DistinctBy(l => l.Id).Count() == lines.Count, "line-id-twice", "Two lines of the advice have the same id.")
            && d.Require(content.Outcomes.All(o => o.Needs.All(needs.Contains)), "unknown-need", "An outcome points to a need that is not in the advice.")
            && d.Require(content.Provision.All(p => p.Outcomes.All(outcomes.Contains)), "unknown-outcome", "Provision points to an outcome that is not in the advice.");
    }

    /// <summary>What a person must know when advice has come in.</summary>
    internal static void AfterAdvice(Deciding d, ReceivedAdvice advice)
    {
        if (advice.Content.IsDocumentOnly)
        {
            d.AskAttention($"read-in-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} came as a document only: read its content into the plan.");
        }

        if (d.State.Stage == Stage.Consulting)
        {
            d.AskAttention($"after-draft-{advice.Id}", $"{Capital(Words.Of(advice.Kind))} came after the draft: a change that rests on it needs a re-issued draft (Code 9.125).");
        }
    }

    private static AdviceRequest? Find(Deciding d, string requestId)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == requestId);
        return d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            && d.Require(IsTheirs(d, request!), "not-asked", "This request was made to somebody else.")
            && d.Require(!d.State.Stage.HasEnded(), "ended", $"The assessment has ended: {Words.Of(d.State.Stage)}. The advice was not taken in; it may be sent to the council directly.")
                ? request
                : null;
    }

    private static bool IsTheirs(Deciding d, AdviceRequest request) => d.By.Role switch
    {
        ActorRole.Agency => request.Agency is { } asked && asked.Id == d.By.Agency,
        ActorRole.Family => request.Agency is null,
        _ => true,
    };

    private static bool May(Deciding d, AdviceRequest request, RequestStatus to) =>
        d.Require(request.CanBecome(to), "request-not-there", $"The request stands at: {StatusWords(request.Status)}. This step cannot follow it.");

    private static string StatusWords(RequestStatus status) => status switch
    {
        RequestStatus.ReturnedInsufficient => "returned as insufficient",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
