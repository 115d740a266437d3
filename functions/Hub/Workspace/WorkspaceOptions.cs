using IntegrationHub.Functions.SignIn;

namespace IntegrationHub.Functions.Workspace;

/// <summary>
/// How the council's officers sign in to their workspace. The roles are <c>case-officer</c>, <c>team-manager</c>, <c>business-support</c>,
/// <c>panel-member</c>, <c>designated-officer</c>, <c>educational-psychology</c>, <c>finance</c>, <c>auditor</c>; a person whose token names no
/// council is not signed in.
/// </summary>
public sealed class WorkspaceOptions : SignInOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Workspace";

    /// <summary>Other names that an issuer uses for the roles of the workspace: the name is that in the token, and the value is the role of
    /// the workspace.</summary>
    public Dictionary<string, string> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>The council's teams: the name is that of the team, and the value lists the ids of its officers, separated by commas or
    /// spaces.</summary>
    public Dictionary<string, string> Teams { get; } = new(StringComparer.Ordinal);

    /// <summary>The officers of every team that a person belongs to, including that person; empty if the person is in no team.</summary>
    public IReadOnlySet<string> ColleaguesOf(string subject) => Teams.Values
        .Select(members => members.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Where(members => members.Contains(subject, StringComparer.Ordinal)).SelectMany(members => members).ToHashSet(StringComparer.Ordinal);
}
