using IntegrationHub.Contracts.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record a note or a telephone call for the council's own file. A note is not a legal act, and neither the family nor an agency
/// can ever read notes here.</summary>
/// <param name="NoteId">Id of the note, chosen by the sender and unique in the assessment.</param>
/// <param name="Kind">Kind of note.</param>
/// <param name="On">Day of the note, call, meeting or visit.</param>
/// <param name="Text">What was said or noted.</param>
/// <param name="With">The other person, for a call, a meeting or a visit.</param>
public sealed record RecordNote(string NoteId, CaseNoteKind Kind, DateOnly On, string Text, string? With = null) : AssessmentInput, IStep<RecordNote>
{
    // No real case has that many notes. The number is limited because the state lists all notes.
    private const int MaxNotes = 1000;

    public static StepDefinition<RecordNote> Definition { get; } = new("record-note", "Record a note or a telephone call")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """
            {
              "noteId": "note-1",
              "kind": "callReceived",
              "on": "2026-06-03",
              "text": "Asked when the educational psychologist will come.",
              "with": "Sam Example"
            }
            """,
        Days = x => [x.Past("On", "The day of the note", i => i.On, (s, _) => DatedFacts.Birth(s))],
    };

    // Notes can also be added after the case has ended, because people still call.
    internal override void Decide(Deciding d)
    {
        if (InputChecks.Id(d, NoteId, "The note's id")
            && InputChecks.Text(d, Text, "What was said or noted")
            && d.Require(With is null || AdviceFaults.Fits(With), "text-too-long", "The name of the other person is too long.")
            && d.Require(d.State.CaseNotes.All(one => one.Id != NoteId), "already-recorded", "A note with this id is already on record.")
            && d.Require(d.State.CaseNotes.Count < MaxNotes, "too-many-notes", $"A case can have at most {MaxNotes} notes."))
        {
            d.Happened(new NoteRecorded(new CaseNote(NoteId, Kind, On, Text, With, d.By.Id)));
        }
    }
}

/// <summary>A note or a telephone call was recorded.</summary>
public sealed record NoteRecorded(CaseNote Recorded) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("noteRecorded", "A note or a telephone call was recorded.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { CaseNotes = With(state.CaseNotes, Recorded) };

    public override string Describe(TimelineContext context) => $"{Recorded.KindWords} of {Day(Recorded.On)} was recorded.";

    public override string? Note() => Recorded.With is { } with ? $"With {with}: {Recorded.Text}" : Recorded.Text;
}
