namespace IntegrationHub.Contracts.Api;

/// <summary>A colleague at an agency to whom a request was passed on.</summary>
public sealed record Colleague
{
    /// <summary>Id, unique within the request.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Work e-mail address.</summary>
    public required string Mail { get; init; }

    /// <summary>Day on which the request was passed on.</summary>
    public required DateOnly On { get; init; }
}
