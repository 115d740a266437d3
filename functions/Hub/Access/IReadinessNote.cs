namespace IntegrationHub.Functions.Access;

/// <summary>
/// A problem for an operator that does not stop the process from serving requests. <c>/health/ready</c> shows the problem and stays ready,
/// because removing the process from a load balancer would not help. Anybody can read the note, so it names no case and no person.
/// </summary>
public interface IReadinessNote
{
    /// <summary>
    /// The lines of the note, each beginning with "degraded:"; empty while all is well. Reading the property never blocks.
    /// </summary>
    IReadOnlyList<string> Lines { get; }
}
