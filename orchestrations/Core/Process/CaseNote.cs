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

    /// <summary>A meeting that no step records.</summary>
    Meeting,

    /// <summary>A visit.</summary>
    Visit,
}

/// <summary>A note or a telephone call in the council's own file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="On">The day.</param>
/// <param name="Text">What was said or noted.</param>
/// <param name="With">With whom; null for a note.</param>
/// <param name="By">Who recorded it.</param>
public sealed record CaseNote(string Id, CaseNoteKind Kind, DateOnly On, string Text, string? With, string By)
{
    /// <summary>What it is, as the beginning of a sentence.</summary>
    public string KindWords => Kind switch
    {
        CaseNoteKind.CallReceived => "A telephone call received",
        CaseNoteKind.CallMade => "A telephone call made",
        CaseNoteKind.Meeting => "A meeting",
        CaseNoteKind.Visit => "A visit",
        _ => "A note",
    };
}
