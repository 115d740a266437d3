namespace IntegrationHub.Functions.Workspace.Officers;

/// <summary>The role of somebody at the council who uses the workspace. A person can have several roles.</summary>
public enum OfficerRole
{
    /// <summary>Responsible for cases.</summary>
    CaseOfficer,

    /// <summary>Leads a team of case officers.</summary>
    TeamManager,

    /// <summary>Posts letters and records what arrived by post.</summary>
    BusinessSupport,

    /// <summary>Member of the panel that advises on decisions.</summary>
    PanelMember,

    /// <summary>Designated clinical or social care officer.</summary>
    DesignatedOfficer,

    /// <summary>The educational psychology service.</summary>
    EducationalPsychology,

    /// <summary>Responsible for paying for provision and placements.</summary>
    Finance,

    /// <summary>Can read everything but change nothing.</summary>
    Auditor,
}

/// <summary>The names of the roles, in tokens and on pages.</summary>
public static class OfficerRoles
{
    private static readonly (OfficerRole Role, string Name, string Title)[] All =
    [
        (OfficerRole.CaseOfficer, "case-officer", "Case officer"),
        (OfficerRole.TeamManager, "team-manager", "Team manager"),
        (OfficerRole.BusinessSupport, "business-support", "Business support"),
        (OfficerRole.PanelMember, "panel-member", "Panel member"),
        (OfficerRole.DesignatedOfficer, "designated-officer", "Designated clinical or social care officer"),
        (OfficerRole.EducationalPsychology, "educational-psychology", "Educational psychology service"),
        (OfficerRole.Finance, "finance", "Finance"),
        (OfficerRole.Auditor, "auditor", "Auditor: can read everything but change nothing"),
    ];

    /// <summary>The name of a role in tokens.</summary>
    public static string Name(OfficerRole role) => All.First(r => r.Role == role).Name;

    /// <summary>The title of a role as shown to people.</summary>
    public static string Title(OfficerRole role) => All.First(r => r.Role == role).Title;

    /// <summary>The role with this name, or null if there is none.</summary>
    public static OfficerRole? Find(string? name) => All.Where(r => r.Name == name).Select(r => (OfficerRole?)r.Role).FirstOrDefault();
}
