namespace IntegrationHub.Functions.Access;

/// <summary>
/// Something that a person must look at while the process still serves: <c>/health/ready</c> says it and stays ready, because a load
/// balancer that removed the process would help nobody. Anybody may read it, so it names no case and no person.
/// </summary>
public interface IReadinessNote
{
    /// <summary>One line each, beginning with "degraded:"; none while all is well. Returns at once.</summary>
    IReadOnlyList<string> Lines { get; }
}
