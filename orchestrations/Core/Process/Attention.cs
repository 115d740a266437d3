namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A matter that an officer must deal with.</summary>
/// <param name="Id">An id, unique within the assessment.</param>
/// <param name="Text">What the officer must do, without personal data.</param>
/// <param name="Since">The day on which the matter arose.</param>
public sealed record Attention(string Id, string Text, DateOnly Since)
{
    /// <summary>The id of the task about letters that give a wrong day of a detention.</summary>
    internal const string WrongDayOfDetention = "wrong-day-detention";

    /// <summary>The id of the task about a detention or a release that did not happen.</summary>
    internal const string UntrueDetention = "untrue-detention";

    /// <summary>The only people who can read about a task that says that somebody is or was detained, or null for any other task.</summary>
    internal static Audience? OnlyTold(string id) => id is WrongDayOfDetention or UntrueDetention ? Audience.Council : null;
}
