using System.Xml.Linq;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>
/// Cases that were lived step by step, kept in a store, and the return that is built from it, read from the files as DfE would read them. The census is
/// that of 2027, so the year is 2026, in which <see cref="Cases.Received"/> lies.
/// </summary>
internal sealed class OwnCases
{
    internal const int Year = 2027;

    private readonly MemoryAssessmentStore store = new();

    internal IAssessmentStore Store => store;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The one request in the return of one case.</summary>
    internal static async Task<XElement> RequestOfAsync(Life life, int year = Year) => (await RequestsOfAsync(life, year)).Single();

    /// <summary>The same, where there may be none.</summary>
    internal static async Task<IReadOnlyList<XElement>> RequestsOfAsync(Life life, int year = Year) =>
        [.. (await (await new OwnCases().KeepAsync(life)).PersonsAsync(year)).SelectMany(person => person.Elements("Requests"))];

    /// <summary>The errors and doubts that the return names for one case.</summary>
    internal static async Task<IReadOnlyList<ReturnFault>> FaultsOfAsync(Life life) => (await (await new OwnCases().KeepAsync(life)).BuildAsync()).Faults;

    /// <summary>Keeps a life as the case of this name; what of it is already kept stays.</summary>
    internal async Task<OwnCases> KeepAsync(Life life, string name = "one")
    {
        var state = life.State with { Id = AssessmentId.For(Cases.Council, name) };
        var there = (await store.LoadAsync(state.Id, Stop)).State.Version;
        var turn = new Turn
        {
            Assessment = state.Id,
            ExpectedVersion = there,
            State = state,
            Events = [.. life.Events.Select((what, n) => new RecordedEvent { Sequence = n + 1, At = life.Now, By = Cases.Officer, What = what }).Skip((int)there)],
            Decided = [],
            Effects = [],
            WakeAt = null,
            Summary = Summaries.Of(state, life.Now, life.Rules),
        };
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(turn, Stop));
        return this;
    }

    internal async Task<IReadOnlyList<XElement>> PersonsAsync(int year = Year) => [.. (await XmlAsync(year)).Descendants("Person")];

    /// <summary>Every item that the return has, as <c>Person/Sex</c>.</summary>
    internal async Task<IReadOnlyList<string>> ItemsAsync() =>
        [.. (await XmlAsync(Year)).Descendants().Where(item => !item.HasElements && item.Parent is not null).Select(item => $"{item.Parent!.Name.LocalName}/{item.Name.LocalName}").Distinct()];

    private async Task<XDocument> XmlAsync(int year)
    {
        var folder = Directory.CreateTempSubdirectory("sen2-own-").FullName;
        try
        {
            await ReturnFiles.WriteAsync(new ReturnBuild(store, Sen2Layout.Newest, Cases.Council, year), Sen2Layout.Newest, folder, Built, Stop);
            return XDocument.Load(Path.Combine(folder, ReturnFiles.Xml));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal async Task<(IReadOnlyList<PersonEntry> Persons, IReadOnlyList<ReturnFault> Faults)> BuildAsync(int year = Year)
    {
        var persons = new List<PersonEntry>();
        await foreach (var person in new ReturnBuild(store, Sen2Layout.Newest, Cases.Council, year).PersonsAsync(cancellationToken: Stop))
        {
            persons.Add(person);
        }

        return (persons, [.. persons.SelectMany(person => person.Faults)]);
    }

    /// <summary>The items of a block that are asked for, as <c>Y 2026-01-05 0</c>; a dash where one is missing.</summary>
    internal static string Items(XElement? block, params ReadOnlySpan<string> names)
    {
        var said = new List<string>();
        foreach (var name in names)
        {
            said.Add(block?.Element(name)?.Value ?? "-");
        }

        return string.Join(' ', said);
    }

    /// <summary>A request: its outcome, day, mediation, tribunal.</summary>
    internal static string Request(XElement request) => Items(request, "RequestOutcome", "RequestOutcomeDate", "RequestMediation", "RequestTribunal");

    /// <summary>Its assessment: outcome, day, mediation, tribunal, and both about something else.</summary>
    internal static string Assessment(XElement request) => Items(
        request.Element("Assessment"), "AssessmentOutcome", "AssessmentOutcomeDate", "AssessmentMediation", "AssessmentTribunal", "OtherMediation", "OtherTribunal");

    /// <summary>Its plan: first day, day and reason of ceasing.</summary>
    internal static string Plan(XElement request) => Items(request.Element("Assessment")?.Element("NamedPlan"), "StartDate", "CeaseDate", "CeaseReason");

    private static DateTimeOffset Built => new(2027, 2, 1, 10, 0, 0, TimeSpan.Zero);
}
