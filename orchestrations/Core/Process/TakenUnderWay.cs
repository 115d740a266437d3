namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The takeover of an assessment that was under way in the council's earlier system.</summary>
/// <param name="On">Day of the takeover. Nothing that fell due before is sent or chased.</param>
/// <param name="Source">Where the facts come from.</param>
/// <param name="IsDecided">Whether it had been decided to assess.</param>
public sealed record TakenUnderWay(DateOnly On, string Source, bool IsDecided)
{
    /// <summary>Id of the task to find out whether a notice was sent before the takeover.</summary>
    internal static string UnknownId(string noticeId) => $"told-{noticeId}";

    /// <summary>Id of the task to enter advice that came before the takeover.</summary>
    internal static string EnterId(string requestId) => $"enter-{requestId}";
}
