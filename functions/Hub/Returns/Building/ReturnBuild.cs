using System.Globalization;
using System.Runtime.CompilerServices;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>
/// Builds a council's SEN2 return from its cases. Only one child is held in memory at a time, so that a return of any size needs little memory.
/// </summary>
/// <param name="store">The store of cases.</param>
/// <param name="layout">Names, codes and rules.</param>
/// <param name="council">The council.</param>
/// <param name="year">Year of the census.</param>
/// <param name="schools">Numbers in the register of schools, or null if numbers are not checked against the register.</param>
public sealed class ReturnBuild(IAssessmentStore store, Sen2Layout layout, LocalAuthorityCode council, int year, IReadOnlySet<string>? schools = null)
{
    private const int PageSize = 500;
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private readonly ReturnPeriod period = ReturnPeriod.Of(year, layout);

    /// <summary>The header of the return.</summary>
    /// <param name="now">The time at which the return is built.</param>
    /// <param name="number">Number of the return among the stored returns of its year, starting at 1.</param>
    public IReadOnlyList<Sen2Item> Header(DateTimeOffset now, int number = 1)
    {
        var collection = Block("CollectionDetails", ("Collection", "SEN2"), ("Year", Number(period.Year)), ("ReferenceDate", period.Census.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var source = Block(
            "Source", ("SourceLevel", "L"), ("LEA", council.Value), ("SoftwareCode", "IntegrationHub"), ("SerialNo", Number(number)),
            ("DateTime", TimeZoneInfo.ConvertTime(now, London).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)));
        return [collection, source];

        Sen2Item Block(string name, params (string Name, string Value)[] values)
        {
            var item = new Sen2Item(layout.Block(name), $"Header/{name} 1");
            Array.ForEach(values, value => item.Values[value.Name] = value.Value);
            return item;
        }
    }

    /// <summary>Every person in the return, sorted by the id of the person's first case.</summary>
    /// <param name="mayTell">Returns whether a case may be included; null to include all cases.</param>
    /// <param name="cancellationToken">Stops building the return.</param>
    public async IAsyncEnumerable<PersonEntry> PersonsAsync(Func<AssessmentState, bool>? mayTell = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var making = new PersonMaking(layout, period);
        var header = Header(DateTimeOffset.UnixEpoch);
        var number = 0;
        var (children, sharing) = await ChildrenAsync(mayTell, cancellationToken);
        foreach (var child in children)
        {
            var cases = new List<ReturnCase>();
            foreach (var id in child)
            {
                var state = await StateAsync(id, cancellationToken);
                var history = CaseHistory.Of(state, await store.EventsAsync(id, cancellationToken: cancellationToken), period, layout);
                if (ReturnPopulation.Holds(state, history, period, layout))
                {
                    cases.Add(new(state, history));
                }
            }

            if (cases.Count > 0)
            {
                IReadOnlyList<ReturnCase> inOrder = [.. cases.OrderBy(one => one.State.Facts!.ReceivedOn)];
                var made = making.Make(inOrder, ++number);
                if (child.Exists(sharing.Contains))
                {
                    made = made with { LeftOut = [.. made.LeftOut, NumberOfTwo(made.Item)] };
                }

                yield return new(made.Item, Faults(made, header, inOrder), [.. cases.Select(one => one.State.Id)]);
            }
        }
    }

    /// <summary>
    /// One of the two children must have another number. The error is named for each of them, because nobody knows for which the number is wrong.
    /// </summary>
    private static Sen2Finding NumberOfTwo(Sen2Item person) => new(
        person.Place, "UPN", "number-given-twice", Sen2Severity.Error,
        "Another child's case has the same UPN or ULN. An officer recorded that the two cases are about two children, so correct the number in one of them.");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Checks one person by the rules that also apply to a return that is imported. Known details for which the return has no field are
    /// listed together with what the checks found.
    /// </summary>
    private List<ReturnFault> Faults(MadePerson made, IReadOnlyList<Sen2Item> header, IReadOnlyList<ReturnCase> cases)
    {
        var alone = new Sen2File(layout, header, [made.Item], []);
        var found = Sen2Forms.Check(alone).Where(finding => !finding.Place.StartsWith("Header", StringComparison.Ordinal)).Concat(new Sen2Rules(alone, schools).Check()).Concat(made.LeftOut);
        return [.. found.Select(finding =>
        {
            var (request, block) = Where(finding.Place);
            var (about, history) = cases[Math.Clamp(request - 1, 0, cases.Count - 1)];
            return new ReturnFault(about.Id, about.CaseOfficer, history.WithdrewRefusal ? Explained(finding) : finding, ReturnFault.StepFor(block, finding.Item));
        })];
    }

    /// <summary>
    /// A later step after a refusal is not an error if the council withdrew the refusal, because nothing in the return shows the
    /// withdrawal.
    /// </summary>
    private static Sen2Finding Explained(Sen2Finding finding) => finding.Code != Sen2Rules.AfterTheEndCode ? finding
        : finding with { Severity = Sen2Severity.Doubt, Words = $"{finding.Words} The council withdrew its refusal, for which the return has no item, so DfE may ask about it." };

    /// <summary>
    /// Reads the number of the request and the name of the last block from a finding's place: 2 and Assessment from
    /// <c>Person 12/Requests 2/Assessment 1</c>. If the place names no request, the finding is about the child and is corrected in the
    /// newest case.
    /// </summary>
    private static (int Request, string Block) Where(string place)
    {
        var parts = place.Split('/');
        return (parts.Length > 1 ? int.Parse(parts[1].Split(' ')[1], CultureInfo.InvariantCulture) : int.MaxValue, parts[^1].Split(' ')[0]);
    }

    /// <summary>
    /// The ids of each child's cases, and the cases that share a number with another child's. Only the numbers and names used for matching are
    /// held in memory for all children at once.
    /// </summary>
    private async Task<(IReadOnlyList<List<AssessmentId>> Children, HashSet<AssessmentId> SharingNumber)> ChildrenAsync(Func<AssessmentState, bool>? mayTell, CancellationToken cancellationToken)
    {
        var children = new SameChildren();
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { Council = council, After = after, Limit = PageSize }, cancellationToken);
            foreach (var summary in page.Items)
            {
                if (await StateAsync(summary.Id, cancellationToken) is { Facts: not null } state && mayTell?.Invoke(state) != false)
                {
                    children.Add(state);
                }
            }

            after = page.Next;
        }
        while (after is not null);
        List<List<AssessmentId>> each = [.. children.Each()];
        return (each, children.SharingNumber(each));
    }

    private async ValueTask<AssessmentState> StateAsync(AssessmentId id, CancellationToken cancellationToken) =>
        store is IUncachedReader passing ? await passing.ReadAsync(id, cancellationToken) : (await store.LoadAsync(id, cancellationToken)).State;
}
