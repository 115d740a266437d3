namespace IntegrationHub.Contracts.Api;

/// <summary>A person who works for no organisation.</summary>
public sealed record PersonAsked
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Profession.</summary>
    public required string Profession { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Mail { get; init; }

    /// <summary>Registration number in a public register of the profession.</summary>
    public string? Registration { get; init; }
}
