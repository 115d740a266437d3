namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The kind of a note.</summary>
public enum CaseNoteKind
{
    /// <summary>An officer's note.</summary>
    Note,

    /// <summary>Somebody called the council.</summary>
    CallReceived,

    /// <summary>The council called somebody.</summary>
    CallMade,

    /// <summary>A meeting for which there is no separate step.</summary>
    Meeting,

    /// <summary>A visit.</summary>
    Visit,
}

/// <summary>A note or a telephone call in the council's own file.</summary>
/// <param name="Id">The id of the note.</param>
/// <param name="Kind">The kind of note.</param>
/// <param name="On">The day of the call, meeting, visit or note.</param>
/// <param name="Text">What was said or noted.</param>
/// <param name="With">The other person in the call, meeting or visit; null for a note.</param>
/// <param name="By">The officer who recorded the note.</param>
public sealed record CaseNote(string Id, CaseNoteKind Kind, DateOnly On, string Text, string? With, string By)
{
    /// <summary>The kind of note as the beginning of a sentence, for example "A telephone call received".</summary>
    public string KindWords => Kind switch
    {
        CaseNoteKind.CallReceived => "A telephone call received",
        CaseNoteKind.CallMade => "A telephone call made",
        CaseNoteKind.Meeting => "A meeting",
        CaseNoteKind.Visit => "A visit",
        _ => "A note",
    };
}
