using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Visiting.Opening;

/// <summary>A page for somebody without an account, opened by its link together with a code sent to the address on record.</summary>
public interface IAccessCodePage
{
    /// <summary>The path of the page within the hub; its cookies are limited to this path.</summary>
    string Path { get; }

    /// <summary>Text that identifies the page, without personal data. A code that was sent for one key does not open a page with another
    /// key.</summary>
    string Key { get; }

    /// <summary>The law, the reminder schedule and the facts of the page's council.</summary>
    Rules Rules { get; }

    /// <summary>The reference given in messages with a code.</summary>
    string Reference { get; }

    /// <summary>The role of the person to whom the code is sent, under the name that notices use for it.</summary>
    string Role { get; }

    /// <summary>The address to which the code is sent, or null if no address is on record.</summary>
    NoticeAddress? Address { get; }

    /// <summary>Name of the draft for text typed on the page.</summary>
    string DraftName { get; }

    /// <summary>The case, or null while there is no case.</summary>
    AssessmentId? Case { get; }

    /// <summary>The person who opens the page, for the access log.</summary>
    string Reader { get; }

    /// <summary>The texts of the page that asks for the code.</summary>
    CodeWords Words { get; }

    /// <summary>Writes the message with a code.</summary>
    (string Subject, string Text) Message(string code);

    /// <summary>The step that revokes the page's links, or null if no step revokes them.</summary>
    AssessmentInput? Revoke(string reason);
}

/// <summary>The texts of a page that asks for a code.</summary>
/// <param name="Title">Title of the page.</param>
/// <param name="About">Explains why a code is needed.</param>
/// <param name="Button">Label of the page's button.</param>
public sealed record CodeWords(string Title, string About, string Button);
