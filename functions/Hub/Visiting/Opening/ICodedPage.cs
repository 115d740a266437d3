using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Visiting.Opening;

/// <summary>A page for somebody without an account: opened by its link together with a code that is sent to the address on record.</summary>
public interface ICodedPage
{
    /// <summary>The path within the hub below which the page and its cookies live.</summary>
    string Path { get; }

    /// <summary>What the code is for: a code for one key does not open another. It contains no personal data.</summary>
    string Key { get; }

    /// <summary>The council's rules.</summary>
    Rules Rules { get; }

    /// <summary>The reference that messages with a code name.</summary>
    string Reference { get; }

    /// <summary>The role under which notices list the person who is sent the code.</summary>
    string Role { get; }

    /// <summary>Where the code is sent; null where no address is on record.</summary>
    NoticeAddress? Address { get; }

    /// <summary>Name of the draft of what is typed.</summary>
    string DraftName { get; }

    /// <summary>The case; null while there is none.</summary>
    AssessmentId? Case { get; }

    /// <summary>The reader, for the access log.</summary>
    string Reader { get; }

    /// <summary>The words of the page that asks for the code.</summary>
    CodeWords Words { get; }

    /// <summary>The message with a code.</summary>
    (string Subject, string Text) Message(string code);

    /// <summary>The step that ends the page's links; null where it has none.</summary>
    AssessmentInput? Revoke(string reason);
}

/// <summary>The words of the page that asks for a code.</summary>
/// <param name="Title">What it opens.</param>
/// <param name="About">Why a code is asked for.</param>
/// <param name="Button">The label of its button.</param>
public sealed record CodeWords(string Title, string About, string Button);
