using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>When an agency answers a request, if at all.</summary>
internal enum Punctuality
{
    Prompt,
    OnceReminded,
    OnceOverdue,
    OnceEscalated,
    OnceItsLastEscalation,
    Never,
}

/// <summary>
/// How agencies go about requests: on time, once reminded, once escalated, or never; and, where faults are on, wrongly, twice and out of
/// order. What moves them is the hub's own messages, so a reminder that is lost here shows as advice that never comes.
/// </summary>
public sealed class AgencyConduct(Diary diary, bool faulty)
{
    // Prompt, once reminded, once overdue, once escalated, at the last escalation, never. No national figures for advice are published;
    // chosen so that, with what councils add, fewer than half of the plans come within 20 weeks, as in England in 2024 (46.4 %).
    private static readonly double[] Nhs = [36, 16, 17, 18, 9, 4];
    private static readonly double[] Setting = [60, 18, 10, 7, 3, 2];
    private static readonly double[] Psychology = [30, 13, 17, 22, 14, 4];
    private static readonly double[] SocialCare = [48, 15, 14, 14, 6, 3];
    private const int RoundAfterRetraction = 50;

    private static readonly double[] Commissioned = [100, 0, 0, 0, 0, 0];

    /// <summary>A message of the hub reached an agency for the first time.</summary>
    public void Hears(CaseLedger ledger, AgencyMessage message, DateTimeOffset now)
    {
        var request = message.Request;
        var draw = ledger.Person.Draw;
        switch (message.Kind)
        {
            case AgencyMessageKind.Request when ledger.FirstTime($"{request.Id} asked"):
                Asked(ledger, request, draw, now);
                break;
            case AgencyMessageKind.Return:
                var round = 2;
                while (!ledger.FirstTime($"{request.Id} returned {round}"))
                {
                    round++;
                }

                if (!draw.Chance($"gives up {request.Id}", 0.1, round))
                {
                    Enter(ledger, now.AddDays(draw.Between($"advises again {request.Id}", 3, 25, round)), Matter.Advise, request.Id, round);
                }

                break;
            case AgencyMessageKind.Reminder or AgencyMessageKind.Escalation when Moves(PunctualityOf(request, draw), message) && ledger.FirstTime($"{request.Id} moved"):
                Enter(ledger, now.AddDays(draw.Between($"moved {request.Id}", 1, 11)), Matter.Advise, request.Id, 1);
                break;
        }
    }

    private static bool Moves(Punctuality punctuality, AgencyMessage message) => punctuality switch
    {
        Punctuality.OnceReminded => message.Step == "remind-2-weeks-before",
        Punctuality.OnceOverdue => message.Step == "remind-overdue",
        Punctuality.OnceEscalated => message.Kind == AgencyMessageKind.Escalation,
        Punctuality.OnceItsLastEscalation => message.Step == "escalate-send-lead",
        _ => false,
    };

    private static Punctuality PunctualityOf(AdviceRequest request, Draw draw) =>
        (Punctuality)draw.Among($"punctuality {request.Id}", request.Agency!.Id switch
        {
            { Scheme: Contracts.Identifiers.AgencyScheme.Ods } => Nhs,
            { Scheme: Contracts.Identifiers.AgencyScheme.La, Code: var code } => code.EndsWith("social-care", StringComparison.Ordinal) ? SocialCare : Psychology,
            _ when request.Agency.Name == England.OwnAccount => Commissioned,
            _ => Setting,
        });

    private void Asked(CaseLedger ledger, AdviceRequest request, Draw draw, DateTimeOffset now)
    {
        var id = request.Id;
        var punctuality = PunctualityOf(request, draw);
        if (draw.Chance($"acknowledges {id}", 0.6) && punctuality != Punctuality.Never)
        {
            Enter(ledger, now.AddHours(draw.Between($"acknowledged after {id}", 2, 120)), Matter.Acknowledge, id, 1);
        }

        if (draw.Chance($"accepts {id}", 0.3))
        {
            Enter(ledger, now.AddHours(draw.Between($"accepted after {id}", 24, 240)), Matter.Accept, id, 1);
        }

        if (punctuality != Punctuality.Prompt || !draw.Chance($"declines {id}", 0.02))
        {
            if (punctuality == Punctuality.Prompt)
            {
                Enter(ledger, now.AddDays(draw.Between($"advised after {id}", 6, 34)), Matter.Advise, id, 1);
            }
        }
        else
        {
            Enter(ledger, now.AddDays(draw.Between($"declined after {id}", 2, 20)), Matter.Decline, id, 1);
        }

        if (request.Duty == AnswerDuty.Section31Body && draw.Chance($"misses {id}", 0.04))
        {
            Enter(ledger, now.AddDays(draw.Between($"missed after {id}", 10, 40)), Matter.MissAppointment, id, 1);
        }

        if (faulty)
        {
            Wrongly(ledger, id, draw, now);
        }
    }

    private void Wrongly(CaseLedger ledger, string id, Draw draw, DateTimeOffset now)
    {
        foreach (var (name, matter, share, from, to) in new[]
        {
            ("wrong", Matter.AdviseWrongly, 0.05, 3, 30),
            ("repeats", Matter.Repeat, 0.15, 1, 90),
            ("twice", Matter.AdviseTwice, 0.05, 20, 100),
            ("unasked", Matter.AdviseUnasked, 0.03, 2, 40),
            ("corrects", Matter.Correct, 0.04, 15, 120),
            // Out of order: an acknowledgement that was stuck in a queue until long after the advice.
            ("stuck", Matter.Acknowledge, 0.04, 30, 90),
        })
        {
            if (draw.Chance($"{name} {id}", share))
            {
                Enter(ledger, now.AddDays(draw.Between($"{name} after {id}", from, to)), matter, id, 1);
            }
        }

        if (draw.Chance($"retracts {id}", 0.02))
        {
            var on = now.AddDays(draw.Between($"retracts after {id}", 15, 110));
            Enter(ledger, on, Matter.Retract, id, 1);
            Enter(ledger, on.AddDays(draw.Between($"advises anew {id}", 2, 20)), Matter.Advise, id, RoundAfterRetraction);
        }
    }

    private void Enter(CaseLedger ledger, DateTimeOffset at, Matter matter, string request, int round) =>
        diary.Enter(ledger, at, new Entry(ledger.Person.Id, matter, request, round));
}
