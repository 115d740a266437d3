using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>Kind of case note.</summary>
[JsonConverter(typeof(CamelCaseEnum<CaseNoteKind>))]
public enum CaseNoteKind
{
    /// <summary>An officer's note.</summary>
    Note,

    /// <summary>Somebody called the council.</summary>
    CallReceived,

    /// <summary>The council called somebody.</summary>
    CallMade,

    /// <summary>A meeting that no step records.</summary>
    Meeting,

    /// <summary>A visit.</summary>
    Visit,
}

/// <summary>A note or a telephone call in the council's own file.</summary>
/// <param name="Id">Id of the note.</param>
/// <param name="Kind">Kind of note.</param>
/// <param name="On">Day of the note or call.</param>
/// <param name="Text">What was said or noted.</param>
/// <param name="With">The other person; absent for a note.</param>
/// <param name="By">The officer who recorded the note.</param>
public sealed record CaseNote(string Id, CaseNoteKind Kind, DateOnly On, string Text, string? With, string By);
