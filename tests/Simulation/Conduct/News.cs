using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>What an agency sends when its entry in the diary comes up.</summary>
/// <param name="Message">The message, for the ledger.</param>
/// <param name="By">Who sends it.</param>
/// <param name="Input">What it says.</param>
/// <param name="OverQueue">It goes into the inbox, as from a queue, and is decided later; otherwise it is decided at once, as over HTTP.</param>
public sealed record News(Message Message, Actor By, AssessmentInput Input, bool OverQueue);

/// <summary>Writes what agencies send.</summary>
public static class NewsWriting
{
    private const int CorrectedEdition = 100;

    /// <summary>The news of an entry; null when there is nothing to be sent: the case does not know such a request.</summary>
    public static News? Of(CaseLedger ledger, Entry entry, AssessmentState state, DateOnly today)
    {
        var request = state.Requests.FirstOrDefault(r => r.Id == entry.Request);
        if (request is null)
        {
            return null;
        }

        var person = ledger.Person;
        var by = Actors.Of(request.Agency);
        var queue = person.Draw.Chance($"over the queue {request.Id}", 0.6);
        News Say(string id, IdentityMatch said, AssessmentInput input, Actor? other = null, DateOnly? bodyReceivedOn = null) =>
            new(new Message(id, said, request.Id, today, bodyReceivedOn), other ?? by, input, queue);
        News Write(string id, int edition, DateOnly on, Actor? other = null)
        {
            // What is sent again says what it said.
            on = ledger.Messages.GetValueOrDefault(id)?.Day ?? on;
            var letter = new Letter(request.Kind, edition);
            return new(new Message(id, IdentityMatch.Advised, request.Id, on, Letter: letter), other ?? by, new SubmitAdvice(request.Id, Letters.Advice(person, request.Id, letter, on)), queue);
        }

        var advice = $"advice-{request.Id}-{entry.Round}";
        switch (entry.Matter)
        {
            case Matter.Acknowledge:
                var asked = request.RequestedOn;
                DateOnly? on = person.Draw.Chance($"tells its day {request.Id}", 0.5) && today > asked ? asked.AddDays(1) : null;
                return Say($"ack-{request.Id}", IdentityMatch.Acknowledged, new AcknowledgeAdviceRequest(request.Id, on), bodyReceivedOn: on);
            case Matter.Accept:
                return Say($"accept-{request.Id}", IdentityMatch.Accepted, new AcceptAdviceRequest(request.Id));
            case Matter.Decline:
                return Say($"decline-{request.Id}", IdentityMatch.Declined, new DeclineAdviceRequest(request.Id, "The child is not known here."));
            case Matter.Advise or Matter.Repeat when entry.Matter == Matter.Advise || ledger.IsAnswered(advice):
                return Write(advice, entry.Round, today);
            case Matter.AdviseTwice when ledger.IsAnswered(advice):
                return Write($"{advice}-again", entry.Round, ledger.Messages[advice].Day);
            case Matter.Correct when ledger.IsAnswered(advice):
                return Write($"{advice}-corrected", entry.Round + CorrectedEdition, today);
            case Matter.Retract when ledger.IsAnswered(advice):
                return Say($"retract-{request.Id}", IdentityMatch.Retracted, new RetractAdvice(request.Id, "It was written about another child."));
            case Matter.AdviseWrongly:
                return Say($"wrong-{request.Id}", IdentityMatch.Advised, new SubmitAdvice(request.Id, Letters.Empty(today)));
            case Matter.AdviseUnasked:
                return Write($"unasked-{request.Id}", entry.Round, today, Actors.Of(England.College(person.Council)));
            case Matter.MissAppointment:
                return Say($"missed-{request.Id}", IdentityMatch.Other, new RecordMissedAppointment(request.Id, today));
            default:
                return null;
        }
    }
}
