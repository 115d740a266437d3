using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Interfaces;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation;

/// <summary>
/// Chooses what is looked at through the hub's interfaces, and when: some cases, at some of the times at which something was done in them and
/// when they are over; and the lists of two councils on three days. The choice follows from the seed and the size of the year alone.
/// </summary>
internal sealed class InterfaceWatch : IAsyncDisposable
{
    private const int CasesOfACouncil = 40;
    private const double ShareOfLooks = 0.2;
    private static readonly DateOnly[] Days = [new(2026, 5, 20), new(2026, 9, 20), new(2027, 2, 1)];

    private readonly double share;
    private readonly TimeProvider time;
    private readonly IAssessmentStore store;
    private readonly List<SimulatedCouncil> listed;
    private readonly List<Person> arrived = [];
    private readonly Queue<DateOnly> days = new(Days);
    private readonly HubInterfaces? interfaces;

    internal InterfaceWatch(SimulationOptions options, Cohort cohort, SimulatedHub hub, TimeProvider time)
    {
        this.time = time;
        share = (double)options.LookedAt / options.Requests;
        var weights = cohort.Councils.Sum(c => c.Weight);
        listed = [.. cohort.Councils.OrderBy(c => Math.Abs((options.Requests * c.Weight / weights) - CasesOfACouncil)).Take(2).OrderBy(c => c.Profile.Code.Value, StringComparer.Ordinal)];
        store = options.AroundInterfaces(new ReadOnlyStore(() => hub.Untroubled, [.. listed.Select(c => c.Profile.Code)]));
        interfaces = options.LookedAt == 0 ? null : new HubInterfaces(store, hub.Rules, time, options.AroundCallers);
    }

    private DateOnly Today => Calendar.Day(time.GetUtcNow());

    /// <summary>Somebody's request has come.</summary>
    internal void Arrives(Person person)
    {
        if (listed.Exists(c => c.Profile.Code == person.Council.Profile.Code))
        {
            arrived.Add(person);
        }
    }

    /// <summary>Something was done in a case; it is looked at now and then.</summary>
    internal async Task<Verdict?> PassAsync(CaseLedger ledger) =>
        ledger.Person.Draw.Chance("looked at in between", ShareOfLooks, Today.DayNumber) && ledger.FirstTime($"looked at {Today:yyyy-MM-dd}") ? await LookAsync(ledger) : null;

    /// <summary>A case is looked at, if it is one of those that are.</summary>
    internal async Task<Verdict?> LookAsync(CaseLedger ledger)
    {
        var person = ledger.Person;
        if (interfaces is null || person.From is not null || person.Moves || !person.Draw.Chance("looked at", share) || await StoryAsync(person.Id, ledger) is not { Events: > 0 } story)
        {
            return null;
        }

        var verdict = new Verdict();
        await new SightCheck(interfaces, person, (await store.LoadAsync(person.Id)).State, story, Today, verdict).AskAsync();
        return verdict;
    }

    /// <summary>The lists of each planned day that has come, or of all that are left.</summary>
    internal async Task ListAsync(bool rest, Verdict verdict)
    {
        while (interfaces is not null && days.TryPeek(out var day) && (rest || day <= Today))
        {
            days.Dequeue();
            foreach (var council in listed)
            {
                var cases = new List<(AssessmentId Id, SightStory Story)>();
                foreach (var person in arrived.Where(p => p.Council.Profile.Code == council.Profile.Code))
                {
                    if (await StoryAsync(person.Id, null) is { Events: > 0 } story)
                    {
                        cases.Add((person.Id, story));
                    }
                }

                if (cases.Count > 0)
                {
                    await new ListCheck(interfaces, council.Profile.Code, cases, Today, verdict).AskAsync(council.Profile, council.Trust.Id);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (interfaces is not null)
        {
            await interfaces.DisposeAsync();
        }
    }

    private async Task<SightStory> StoryAsync(AssessmentId id, CaseLedger? ledger)
    {
        var story = new SightStory(ledger);
        foreach (var recorded in await store.EventsAsync(id))
        {
            story.Hear(recorded);
        }

        return story;
    }
}
