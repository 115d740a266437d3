namespace IntegrationHub.Functions.Monitoring;

/// <summary>How the monitor is entered and what it shows.</summary>
public sealed class MonitorOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Monitor";

    /// <summary>OpenID Connect issuer (Entra ID: <c>https://login.microsoftonline.com/TENANT/v2.0</c>); null for the development sign-in.</summary>
    public string? Authority { get; set; }

    /// <summary>The application that signs people in.</summary>
    public string? ClientId { get; set; }

    /// <summary>Its secret; null where the application has none, and then the identity token comes back with the sign-in itself.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Claim with the roles; the values are <c>operations-reader</c> and <c>operator</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Claim with the code of the council that a person is limited to; without it they see all councils.</summary>
    public string CouncilClaim { get; set; } = "council";

    /// <summary>Claim with the person's stable id.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>Allows the development sign-in, which asks for no password: for one machine, never for a hub with real cases.</summary>
    public bool DevelopmentSignIn { get; set; }

    /// <summary>Directory with the keys of cookies and family links; null to leave them to the host.</summary>
    public string? KeyDirectory { get; set; }

    /// <summary>How often the board is read, by the wall clock.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Makes each page once before the host says that it is ready.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>Whom a family may call, as its page shows it; null to name only its own council.</summary>
    public string? FamilyContact { get; set; }
}
