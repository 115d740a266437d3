namespace IntegrationHub.Functions.Access;

/// <summary>The names of the roles in tokens.</summary>
public static class RoleNames
{
    private static readonly (CallerRole Role, string Name)[] All =
    [
        (CallerRole.CouncilOfficer, "council-officer"),
        (CallerRole.Agency, "agency"),
        (CallerRole.Family, "family"),
        (CallerRole.OperationsReader, "operations-reader"),
        (CallerRole.Operator, "operator"),
        (CallerRole.EventsReader, "events-reader"),
    ];

    /// <summary>The name of a role.</summary>
    public static string Of(CallerRole role) => All.First(r => r.Role == role).Name;

    /// <summary>The role with this name, or null if no role of the hub has it.</summary>
    public static CallerRole? Find(string name) =>
        All.Where(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase)).Select(r => (CallerRole?)r.Role).FirstOrDefault();
}
