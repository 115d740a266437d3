using System.Reflection;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.Functions.Access;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Sqlite;

namespace IntegrationHub.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public class DependencyTests
{
    internal static readonly Assembly Messages = typeof(AssessmentId).Assembly;
    internal static readonly Assembly Api = typeof(ApiAddress).Assembly;
    internal static readonly Assembly Fhir = typeof(RequestForAdvice).Assembly;
    internal static readonly Assembly Core = typeof(Assessment).Assembly;
    internal static readonly Assembly Embedded = typeof(EmbeddedEngine).Assembly;
    internal static readonly Assembly AzureStorage = typeof(AzureAssessmentStore).Assembly;
    internal static readonly Assembly Hub = typeof(Caller).Assembly;
    internal static readonly Assembly Files = typeof(DataFile).Assembly;
    internal static readonly Assembly Bus = typeof(BusServer).Assembly;
    internal static readonly Assembly Local = typeof(LocalHub).Assembly;

    public static TheoryData<string, string[]> Rooms => new()
    {
        { Messages.GetName().Name!, [] },
        { Fhir.GetName().Name!, [Messages.GetName().Name!] },
        { Api.GetName().Name!, [Messages.GetName().Name!] },
        { Core.GetName().Name!, [Messages.GetName().Name!] },
        { Embedded.GetName().Name!, [Messages.GetName().Name!, Core.GetName().Name!] },
        { AzureStorage.GetName().Name!, [Messages.GetName().Name!, Core.GetName().Name!] },
        { Hub.GetName().Name!, [Messages.GetName().Name!, Api.GetName().Name!, Fhir.GetName().Name!, Core.GetName().Name!] },
        { Files.GetName().Name!, [] },
        { Bus.GetName().Name!, [Messages.GetName().Name!, Core.GetName().Name!, Hub.GetName().Name!, Files.GetName().Name!] },
        {
            Local.GetName().Name!,
            [
                Messages.GetName().Name!, Api.GetName().Name!, Fhir.GetName().Name!, Core.GetName().Name!, Embedded.GetName().Name!,
                AzureStorage.GetName().Name!, Hub.GetName().Name!, Bus.GetName().Name!, Files.GetName().Name!,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_it_may_know(string room, string[] mayKnow)
    {
        var known = Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("IntegrationHub", StringComparison.Ordinal));
        Assert.Empty(known.Except(mayKnow));
    }

    [Fact]
    public void Contracts_and_Core_stand_on_the_base_library_alone()
    {
        foreach (var room in new[] { Messages, Api, Core })
        {
            var others = room.GetReferencedAssemblies().Select(a => a.Name!)
                .Where(n => !n.StartsWith("System", StringComparison.Ordinal) && n is not ("netstandard" or "IntegrationHub.Contracts"));
            Assert.Empty(others);
        }
    }

    [Fact]
    public void The_process_itself_knows_no_library_of_the_outside()
    {
        string[] never = ["System.Net", "Microsoft.Data.Sqlite", "Hl7.Fhir", "Amqp", "Azure.", "Microsoft.AspNetCore", "System.Diagnostics.Process"];
        Assert.DoesNotContain(
            Core.GetReferencedAssemblies().Select(a => a.Name!), name => Array.Exists(never, n => name.StartsWith(n, StringComparison.Ordinal)));
    }
}
