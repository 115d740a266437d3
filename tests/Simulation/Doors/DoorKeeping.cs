using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Doors;

/// <summary>What stands behind the doors and outlives the hub's process, and who is reached through which.</summary>
internal sealed class DoorKeeping : IDisposable
{
    private readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("hub-doors-");

    /// <param name="councils">The councils.</param>
    /// <param name="reaches">Which share of agencies is reached how.</param>
    /// <param name="seed">The seed of the year.</param>
    internal DoorKeeping(IEnumerable<SimulatedCouncil> councils, Reaches reaches, ulong seed)
    {
        var draw = new Draw(seed).For("reach");
        var agencies = councils.SelectMany(England.AskedBy).DistinctBy(a => a.Id).ToList();
        Directory = new AgencyDirectory(agencies.Select(a => new AgencyEntry { Id = a.Id, Reach = ReachOf(reaches.Of(draw, a)) }));
        Contacts = new NoticeDirectory(Directory.Entries.Where(e => e.Reach == Reach.Web).Select(e => new NoticeContact(e.Id.Value, NoticeDirectory.Contributor, MailOf(e.Id.Value))));
    }

    /// <summary>Who is reached how.</summary>
    internal AgencyDirectory Directory { get; }

    /// <summary>The mail addresses of those who answer on pages.</summary>
    internal NoticeDirectory Contacts { get; }

    /// <summary>Keys and the book of notices.</summary>
    internal string Folder => folder.FullName;

    internal MemoryDocuments Documents { get; } = new();

    internal InMemoryFhirStore Fhir { get; } = new();

    internal PostBox Post { get; } = new();

    internal Topics Topics { get; } = new();

    internal Readings Readings { get; } = new();

    public void Dispose() => folder.Delete(recursive: true);

    private static Reach ReachOf(ReachedBy by) => by switch { ReachedBy.Bus => Reach.Bus, ReachedBy.Fhir => Reach.FhirPull, _ => Reach.Web };

    private static string MailOf(string agency) => $"advice@{agency.Replace(':', '-').Replace('/', '-')}.example";
}
