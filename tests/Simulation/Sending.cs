using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation;

/// <summary>How the world sends: again and again under the same id, until it was answered.</summary>
internal sealed class Sending(SimulatedHub hub, TimeProvider time)
{
    private const int MaxTries = 100;

    /// <summary>Sends what was not answered when the hub died.</summary>
    internal async Task SendAgainAsync(CaseLedger ledger)
    {
        if (ledger.Unanswered is var (message, by, input, overQueue))
        {
            await SendAsync(ledger, message, by, input, overQueue);
        }
    }

    /// <summary>Sends one message.</summary>
    /// <exception cref="ProcessDiedException">The hub died; the sender tries again when it is back.</exception>
    internal async Task SendAsync(CaseLedger ledger, Message message, Actor by, AssessmentInput input, bool overQueue)
    {
        var known = ledger.Sending(message);
        ledger.Unanswered = (message, by, input, overQueue);
        var delivery = new Delivery
        {
            Assessment = ledger.Person.Id,
            MessageId = message.Id,
            By = by,
            ReceivedAt = time.GetUtcNow(),
            Input = input,
        };
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (known.Door != Door.Inbox)
                {
                    if (known.ReceiptAt is not null || known.Accepted is not null)
                    {
                        await hub.Doors.AgainAsync(ledger, known, by, input);
                    }
                    else if (!await hub.Doors.GiveAsync(ledger, known, by, input))
                    {
                        ledger.NotSent(known.Id);
                    }
                }
                else if (overQueue)
                {
                    await hub.Store.PutAsync(delivery);
                }
                else
                {
                    var accepted = (await hub.Engine.SubmitAsync(delivery)).Accepted;
                    known.AnsweredOtherwise |= known.Accepted is { } before && before != accepted;
                    known.Accepted ??= accepted;
                }

                known.Acknowledged = true;
                ledger.Unanswered = null;
                return;
            }
            catch (StoreUnavailableException refused) when (tries < MaxTries && refused.Reason != StoreFault.Closed)
            {
                if (refused.Reason is StoreFault.DiskFull or StoreFault.ReadOnly)
                {
                    // Somebody puts the disk right, which takes a new start here.
                    hub.SawAilment = true;
                    throw new ProcessDiedException();
                }
            }
        }
    }
}
