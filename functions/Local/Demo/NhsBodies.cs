using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Local.Hosting;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// The NHS bodies of the demonstration, which use only FHIR. The hub pushes Tasks to the community trust's own FHIR server, and follows
/// them there. The occupational therapists have no server, so they fetch their Tasks from the hub.
/// </summary>
internal sealed class NhsBodies : IAsyncDisposable
{
    private readonly FakeFhirServer? server;
    private readonly Uri trustsServer;
    private readonly List<HttpClient> connections = [];

    private NhsBodies(FakeFhirServer? server, Uri trustsServer) => (this.server, this.trustsServer) = (server, trustsServer);

    /// <summary>How the hub reaches each NHS body.</summary>
    internal IReadOnlyList<AgencyEntry> Agencies =>
    [
        new AgencyEntry { Id = Cast.Trust.Id, Reach = Reach.FhirPush, FhirEndpoint = trustsServer },
        new AgencyEntry { Id = Cast.OccupationalTherapy.Id, Reach = Reach.FhirPull },
    ];

    /// <summary>Starts the NHS bodies.</summary>
    /// <param name="pushTo">The trust's FHIR server, or null to start a server here.</param>
    /// <param name="cancellationToken">Stops starting the bodies.</param>
    internal static async Task<NhsBodies> StartAsync(Uri? pushTo, CancellationToken cancellationToken)
    {
        var server = pushTo is null ? await FakeFhirServer.StartAsync(null, cancellationToken) : null;
        return new NhsBodies(server, pushTo ?? server!.Base);
    }

    /// <summary>The bodies as participants that work day by day, once the hub is running.</summary>
    internal IReadOnlyList<IDemoPartner> Partners(WebApplication hub)
    {
        var token = hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.Agency, "system-occupational-therapy", Agency: Cast.OccupationalTherapy.Id));
        return
        [
            // This answer is late enough for three reminders and every level of escalation.
            new Followed(new FakeNhsBody(Connection(trustsServer), null, "paediatrician", afterDays: 65), hub.Services.GetRequiredService<TaskFollower>()),
            new FakeNhsBody(Connection(new Uri(LocalHub.AddressOf(hub), "fhir")), token, "occupational-therapist", afterDays: 30),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        connections.ForEach(connection => connection.Dispose());
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private HttpClient Connection(Uri endpoint)
    {
        var connection = new HttpClient { BaseAddress = new Uri($"{endpoint.ToString().TrimEnd('/')}/") };
        connections.Add(connection);
        return connection;
    }

    /// <summary>The clock is virtual, so the hub's check of the body's Tasks is started explicitly, like the hub's engine.</summary>
    private sealed class Followed(IDemoPartner body, TaskFollower follower) : IDemoPartner
    {
        public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken)
        {
            await body.WorkDayAsync(assessment, today, cancellationToken);
            await follower.PollAllAsync(cancellationToken);
        }
    }
}
