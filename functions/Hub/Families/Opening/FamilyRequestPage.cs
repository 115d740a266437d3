using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Opening;

/// <summary>The pages for asking a council for an assessment.</summary>
/// <param name="Rules">The council's rules.</param>
/// <param name="Mail">The e-mail address to which the code is sent; empty until the person gives it.</param>
/// <param name="Name">The name under which the person's drafts are stored, which reveals nothing about the person.</param>
/// <param name="Today">Today's date in London.</param>
public sealed record FamilyRequestPage(Rules Rules, string Mail, string Name, DateOnly Today) : IAccessCodePage
{
    /// <inheritdoc/>
    public string Path => $"/ask/{Rules.Council.Code}";

    /// <inheritdoc/>
    public string Key => $"ask/{Name}";

    /// <inheritdoc/>
    public string Reference => $"ask/{Name}";

    /// <inheritdoc/>
    public string Role => "family";

    /// <inheritdoc/>
    public NoticeAddress? Address => Mail.Length > 0 ? new NoticeAddress { Mail = Mail } : null;

    /// <inheritdoc/>
    public string DraftName => $"contributions/{Rules.Council.Code}/ask-{Name}.json";

    /// <inheritdoc/>
    public AssessmentId? Case => null;

    /// <inheritdoc/>
    public string Reader => "family/";

    /// <inheritdoc/>
    public CodeWords Words => new(
        "Ask for an assessment",
        "You do not need an account. We will send a code to your e-mail address, so that nobody else can ask in your name. Use the same address to come back to what you have written.", "Continue");

    /// <inheritdoc/>
    public (string Subject, string Text) Message(string code) => NoticeWording.Default.CodeToAsk(code);

    /// <inheritdoc/>
    public AssessmentInput? Revoke(string reason) => null;

    /// <summary>The id of the case that a request opens, which stays the same if the request is sent several times.</summary>
    /// <param name="before">The number of requests that the person has already sent.</param>
    public AssessmentId CaseOf(int before) => AssessmentId.For(Rules.Council.Code, FormattableString.Invariant($"ask/{Name}/{before}"));
}
